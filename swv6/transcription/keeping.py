"""Keeping texts in files: whole or not there, made once, never over somebody else's work."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from swv6.errors import Swv6Error
from swv6.transcription.jobs import Job
from swv6.transcription.ledger import Entry, Ledger
from swv6.transcription.refusals import unwritten
from swv6.types import Transcript

log = logging.getLogger("swv6.transcribe")
Writer = Callable[[Transcript, Job], bytes]
"""Gives a file's whole content."""
_PIECE = 1 << 20
OLD = "old:"
"""Stands before the digest of a file that another recording or other options made: known, but to be written again."""


class Keeping(Protocol):
    """Says what is done and keeps what is heard; called on threads."""

    def done(self, job: Job, /) -> float | None:
        """Give the seconds of sound of a job that needs not be done again, or None."""

    def keep(self, job: Job, transcript: Transcript, /) -> None:
        """Keep a finished transcript. Raises Swv6Error."""


class Nothing:
    """Keeps nothing: the text goes to standard output."""

    def done(self, job: Job, /) -> float | None:
        return None

    def keep(self, job: Job, transcript: Transcript, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Files:
    """Writes each transcript as files below a folder and writes them down in its ledger."""

    folder: Path
    writers: Mapping[str, Writer]
    """By suffix, with its dot."""
    options: str
    """Digest of what the texts depend on besides the recordings."""
    ledger: Ledger
    resume: bool = True
    """Skip what is done and unchanged."""
    overwrite: bool = False
    """Replace files that are not in the ledger, or were changed since."""
    _sounds: dict[str, str] = field(default_factory=dict)

    def done(self, job: Job, /) -> float | None:
        """Compare recording, options and files with the ledger; raise at once what would keep them from being written.

        A file that somebody edited since counts as done, unless such files are to be replaced: its recording and
        options are what they were.
        """
        _writable(job)
        sound = self._sounds[job.place] = digest(_read(job.source.path, job.source.name))
        entry, names = self.ledger[job.place], self._names(job)
        same = entry is not None and entry.whole and self._same(entry, sound)
        if entry and same and self.resume and all(self._made(name, entry) for name in names):
            return entry.seconds
        if not self.overwrite:
            for name in names:
                self._refuse_foreign(name, entry)
        return None

    def keep(self, job: Job, transcript: Transcript, /) -> None:
        """Note what will be there, write all files beside their places, then put each in its place.

        Raises Swv6Error naming the files that are missing; then there is no part of them, and what was there stays.
        """
        texts = [write(transcript, job) for write in self.writers.values()]
        contents = dict(zip(self._names(job), texts, strict=True))
        files = {name: digest([content]) for name, content in contents.items()}
        before, sound = self.ledger[job.place], self._sounds.pop(job.place)
        entry = Entry(sound, self.options, files, transcript.duration, whole=False)
        missing = list(contents)
        try:
            self.ledger.put(job.place, entry)
            for name, content in contents.items():
                _write(_part(self.folder / name), content)
            for name in contents:
                os.replace(_part(self.folder / name), self.folder / name)  # noqa: PTH105 - Path.replace says the same
                missing.remove(name)
        except (OSError, Swv6Error) as error:
            self._remove_parts(contents)
            if before is not None and len(missing) == len(contents):
                with suppress(Swv6Error):  # or it is done again
                    self.ledger.put(job.place, before)
            raise unwritten(job.source.name, [self.folder / name for name in missing], error) from error
        try:
            self.ledger.put(job.place, replace(entry, files={**self._earlier(before, sound), **files}, whole=True))
        except Swv6Error as error:  # the texts are there: a run that finds them unnoted makes them again
            log.warning("%s: is written, but not noted: %s", job.source.name, error.what)

    def tidy(self) -> None:
        """Remove what a killed run left behind; whatever it had not finished is done again."""
        for _, entry in self.ledger.unfinished():
            self._remove_parts(entry.files)

    def _made(self, name: str, entry: Entry) -> bool:
        """Say whether a file is there that need not be written again."""
        made = entry.files.get(name, OLD)
        if made.startswith(OLD) or not (self.folder / name).is_file():
            return False
        return not self.overwrite or not self._edited(name, made)

    def _edited(self, name: str, made: str) -> bool:
        path = self.folder / name
        return not path.is_file() or digest(_read(path, str(path))) != made.removeprefix(OLD)

    def _same(self, entry: Entry, sound: str) -> bool:
        return (entry.sound, entry.options) == (sound, self.options)

    def _earlier(self, entry: Entry | None, sound: str) -> dict[str, str]:
        """Give the files of other formats that are known, as old ones where they would be written otherwise now."""
        if entry is None or not entry.whole:
            return {}
        if self._same(entry, sound):
            return entry.files
        return {name: OLD + made.removeprefix(OLD) for name, made in entry.files.items()}

    def _names(self, job: Job) -> list[str]:
        return [job.place + suffix for suffix in self.writers]

    def _remove_parts(self, names: Mapping[str, object]) -> None:
        for name in names:
            with suppress(OSError):
                _part(self.folder / name).unlink(missing_ok=True)

    def _refuse_foreign(self, name: str, entry: Entry | None) -> None:
        """Raise Swv6Error for a file that no run made, or that was changed since."""
        path = self.folder / name
        if not path.exists() or (entry and name in entry.files and not entry.whole):
            return
        made = entry.files.get(name) if entry else None
        if made is None:
            raise Swv6Error(f"{path}: exists already, and was not made by swv6 transcribe", "--overwrite replaces it")
        if self._edited(name, made):
            raise Swv6Error(f"{path}: was changed since it was written", "--overwrite replaces it")


def digest(pieces: Iterator[bytes] | list[bytes]) -> str:
    """Hash content, piece by piece."""
    hashed = blake2b(digest_size=20)
    for piece in pieces:
        hashed.update(piece)
    return hashed.hexdigest()


def _read(path: Path, name: str) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except FileNotFoundError:
        return  # whoever decodes it says so, and what is near
    except OSError as error:
        raise Swv6Error(f"{name}: cannot be read: {error.strerror or error}", "check who may read it") from error


def _writable(job: Job) -> None:
    """Raise Swv6Error for a name with bytes that are no text: neither ledgers nor other systems can hold it."""
    try:
        job.place.encode()
    except UnicodeEncodeError as error:
        raise Swv6Error(f"{job.source.name}: its name is no UTF-8", "rename it") from error


def _part(path: Path) -> Path:
    """Where a file is written before it is whole: one name, because one process writes in a folder."""
    return path.with_name(f".{path.name}.part")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
