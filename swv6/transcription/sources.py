"""From what the user names to recordings: files, folders, patterns, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from swv6.errors import AudioError, UsageError
from swv6.transcription.jobs import Source

SOUND = "aac ac3 aif aifc aiff amr au caf flac m4a m4b mka mp1 mp2 mp3 oga ogg opus ra snd spx w64 wav wave weba wma wv"
VIDEO = "3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg mts ogm ogv vob webm wmv"
SUFFIXES = frozenset(f".{suffix}" for suffix in f"{SOUND} {VIDEO}".split())
"""What is taken from a folder; a file that is named is read whatever it is called. `.ts` is TypeScript far more often
than a film."""


def refuse_empty(inputs: Sequence[str]) -> None:
    """Raise UsageError for a name without a character: a path would take it for the folder we are in."""
    if "" in inputs:
        raise UsageError("an empty name", "is a variable of the shell not set? swv6 transcribe . is this whole folder")


def found(argument: str) -> list[Source]:
    """Give the recordings that one argument names, those of a folder in order. Raises AudioError when it names none.

    A path that does not exist is given as it is: whoever reads it says so, and names the nearest.
    """
    hits = [Source(path, visible(str(path)), root) for path, root in _paths(argument)]
    if not hits:
        raise _nothing(argument)
    for hit in hits:
        if hit.path.is_char_device() or hit.path.is_block_device() or hit.path.is_socket():
            raise AudioError(f"{hit.name}: is a device, not a recording", "swv6 listen takes a microphone")
    return hits


def visible(name: str) -> str:
    """Write what no line can hold, ends of lines and bytes that are no text, as Python does: `\\n`, `\\udcff`."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in name)


def _paths(argument: str) -> Iterator[tuple[Path, Path]]:
    """Give each file of one argument with the folder it is counted from."""
    path = Path(argument).expanduser()
    if path.is_dir():
        yield from ((file, path) for file in _inside(path))
    elif path.exists() or not has_magic(argument):
        yield path, path.parent
    else:
        root = _root(path)
        for hit in sorted(Path(hit) for hit in glob(str(path), recursive=True)):  # noqa: PTH207 - takes any path
            if hit.is_dir():
                yield from ((file, root) for file in _inside(hit) if "**" not in argument)
            else:
                yield hit, root


def _inside(folder: Path) -> Iterator[Path]:
    """Walk a folder in order; what is hidden, or no sound or video by its suffix, is left out."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(at, name)


def _root(pattern: Path) -> Path:
    """Give the part of a pattern before its first part with a wildcard."""
    fixed = Path()
    for part in pattern.parts:
        if has_magic(part):
            break
        fixed /= part
    return fixed


def _nothing(argument: str) -> AudioError:
    if Path(argument).expanduser().is_dir():
        return AudioError(f"{argument}: no sound or video file in this folder", "name the file itself if it is one")
    return AudioError(f"{argument}: no file matches this pattern", "check the path")
