"""Where each recording's text goes below the output folder: the tree of the recordings, mirrored."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from swv6.errors import UsageError
from swv6.transcription.jobs import Job, Source


def placed(sources: Sequence[Source]) -> list[Job]:
    """Give each recording its place, counted from the folder that all the arguments' folders share.

    Raises UsageError when two recordings would have the same place, on disks that ignore case too.
    """
    base = _shared([source.root for source in sources if source.root])
    jobs = [Job(source, _place(source, base)) for source in sources]
    owners = dict[str, Job]()
    for job in jobs:
        other = owners.setdefault(job.place.casefold(), job)
        if other is not job:
            raise UsageError(
                f"{other.source.name} and {job.source.name} would both be written to {job.place}.*",
                "rename one, or transcribe them into different folders",
            )
    return jobs


def _shared(roots: Sequence[Path]) -> Path | None:
    """Give the deepest folder that holds all of them; None where there is none (two Windows drives)."""
    try:
        return Path(os.path.commonpath([root.resolve() for root in roots]))
    except ValueError:
        return None


def _place(source: Source, base: Path | None) -> str:
    path = source.path.parent.resolve() / source.path.name  # a linked file keeps its own name
    inside = source.root and base and path.is_relative_to(base)
    inner = path.relative_to(base) if base and inside else Path(source.path.name)
    return inner.with_suffix("").as_posix()
