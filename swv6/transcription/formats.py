"""Which formats a run writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from swv6.errors import UsageError
from swv6.transcription.jobs import Job
from swv6.transcription.outputs import FORMATS, Layout, render
from swv6.types import Transcript

ALONE = ("srt", "vtt", "tsv")
"""Formats of which a file holds one: two behind each other are no such file any more."""


def chosen(text: str, folder: Path | None, as_json: bool) -> tuple[str, ...]:
    """Read `--format`; raise UsageError for an unknown one, and for several where there are no files to hold them."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise UsageError(f"--format {text}: {', '.join(unknown) or 'nothing'} is no format", ", ".join(FORMATS))
    if len(names) > 1 and folder is None:
        raise UsageError(f"--format {text}: standard output takes one format", "--output-dir FOLDER writes files")
    if as_json and (folder is not None or names != ("txt",)):
        raise UsageError("--json prints on standard output", "--format json --output-dir FOLDER writes files")
    return names


def single(name: str, recordings: int) -> None:
    """Raise UsageError for several recordings in a format that holds one, on standard output."""
    if name in ALONE and recordings > 1:
        raise UsageError(f"--format {name}: {recordings} recordings need {recordings} files", "--output-dir FOLDER")


def writer(name: str, layout: Layout) -> Callable[[Transcript, Job], bytes]:
    """Give the function that makes a file's content."""
    return partial(_content, name, layout)


def _content(name: str, layout: Layout, transcript: Transcript, job: Job) -> bytes:
    return render(name, transcript, layout).encode()
