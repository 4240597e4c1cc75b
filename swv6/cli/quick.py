"""`swv6 say TEXT -o FILE.wav` when all of it was said before: no profile is read, no library loaded.

What a command line comes to (whose voice, from which weights) is noted after it has run, with the size and time of
every file that this was read from; while all of those are as they were, its kept clauses are joined as they lie.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

_TAKE = {"-p": "profile", "--profile": "profile", "--set": "set", "--voice": "", "--backend": "", "--speed": ""}
"""Options that decide who speaks; a command line with any other one but -o and -y takes the long way."""
_NOTES = 64
"""Command lines that are remembered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command line that may be answered at once."""

    text: str
    output: Path
    choices: tuple[tuple[str, str], ...]

    @property
    def profile(self) -> str:
        """Its profile, by name or path."""
        return dict(self.choices).get("profile") or os.environ.get("SWV6_PROFILE") or "default"

    @property
    def note(self) -> Path | None:
        """Where it is noted what it comes to; None when nothing is kept."""
        from swv6.stages.cache_folder import folder

        root, own = folder(), {k: v for k, v in os.environ.items() if k.startswith(("SWV6_", "XDG_"))}
        about = repr((self.choices, sorted(own.items()), str(Path.cwd()), str(Path.home()), sys.prefix, sys.path))
        return root / "lines" / f"{blake2b(about.encode(), digest_size=16).hexdigest()}.json" if root else None


@dataclass(frozen=True, slots=True)
class Note:
    """What a command line comes to."""

    language: str
    about: str
    """The first voice's identity, hexadecimal."""
    max_bytes: float
    ttl: float
    """Seconds."""
    files: dict[str, list[int] | None]
    """What that was read from: size and time in nanoseconds; None for what was not there."""


def asked(arguments: list[str]) -> Asked | None:
    """Understand the arguments of `say`; None when they ask for more than a WAV file."""
    words, choices, output, rest = list[str](), list[tuple[str, str]](), "", iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if name in _TAKE or name in ("-o", "--output"):
            value = value if equals else next(rest, "")
            if name in _TAKE:
                choices.append((_TAKE[name] or name, value))
            else:
                output = value
        elif word.startswith("-") and word not in ("-y", "--yes"):
            return None
        elif not word.startswith("-"):
            words.append(word)
    fits = len(words) == 1 and output.lower().endswith(".wav")
    return Asked(words[0], Path(output), tuple(choices)) if fits else None


def said(arguments: list[str]) -> bool:
    """Write the file if every clause is kept; False when the long way has to be taken."""
    try:
        order = asked(arguments)
        return order is not None and _said(order)
    except Exception:  # noqa: BLE001 - whatever is wrong, the long way explains it
        return False


def _said(order: Asked) -> bool:
    path = order.note
    if path is None or not path.is_file():
        return False
    note = Note(**json.loads(path.read_text(encoding="utf-8")))
    if any(_stat(file) != was for file, was in note.files.items()):
        return False
    found = _sounds(order, note)
    if not found or len({rate for rate, _ in found}) > 1:
        return False
    _write(order.output, found[0][0], [data for _, data in found])
    return True


def _sounds(order: Asked, note: Note) -> list[tuple[int, bytes]]:
    """Find every clause; empty when one is not kept."""
    from swv6.stages.cache_codec import pcm
    from swv6.stages.cache_disk import Disk
    from swv6.stages.cache_folder import folder, path_of
    from swv6.stages.cache_sql import digest
    from swv6.text.sentences import Clauses
    from swv6.text.spoken import spoken

    splitter, sounds = Clauses(), list[tuple[int, bytes]]()
    words = [spoken(clause, note.language) for clause in (*splitter.feed(order.text), *splitter.flush())]
    disk = Disk(path_of("tts", folder() or Path()), note.max_bytes, note.ttl)
    for clause in filter(None, words):
        if (data := disk.get(digest(bytes.fromhex(note.about), clause))) is None:
            return []
        sounds += pcm(data)
    disk.close()
    return sounds


def _write(path: Path, rate: int, sounds: list[bytes]) -> None:
    import wave

    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with wave.open(str(part), "wb") as file:
            file.setparams((1, 2, rate, 0, "NONE", ""))
            file.writeframes(b"".join(sounds))
        part.replace(path)
    except BaseException:  # Ctrl-C and cancels too; raised again
        part.unlink(missing_ok=True)
        raise


def remember(order: Asked, language: str, about: bytes, limits: tuple[float, float], files: Iterable[Path]) -> None:
    """Note what a command line came to; what cannot be noted is not."""
    if (path := order.note) is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime)[:-_NOTES]:
            old.unlink(missing_ok=True)
        note = Note(language, about.hex(), *limits, {str(file): _stat(file) for file in files})
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(asdict(note)), encoding="utf-8")
        draft.replace(path)


def _stat(file: str | Path) -> list[int] | None:
    try:
        stat = Path(file).stat()
    except OSError:
        return None
    return [stat.st_size, stat.st_mtime_ns]
