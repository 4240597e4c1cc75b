"""Measurements on disk: sections -> JSON and back, and the folder where every run is kept."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from swv6.bench.comparing import comparable, different
from swv6.bench.machine import engines, fingerprint, machine
from swv6.bench.series import Asked, Section, Series
from swv6.errors import UsageError
from swv6.profiles import Profile

FORMAT = 1
"""Raised when a report can no longer be compared with older ones."""
LAST = "last"
"""In the place of an older report's name: the newest of the folder."""


def default_folder() -> Path:
    """Where runs are kept: `bench` in the user's state folder."""
    from platformdirs import user_state_path

    return user_state_path("swv6", appauthor=False) / "bench"


def report(sections: Sequence[Section], profile: Profile, failed: Sequence[str] = ()) -> dict[str, Any]:
    """Give a whole run as JSON values, seconds everywhere; `failed` says which parts could not be measured, and why."""
    from importlib.metadata import version

    return {
        "format": FORMAT,
        "swv6": version("swv6"),
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "engines": engines(),
        "profile": {"name": profile.name, "hash": fingerprint(profile)},
        "failed": list(failed),
        "sections": [_section(section) for section in sections],
    }


def joined(own: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Give what a measurement says in its own words and as sections, which can be compared, as one report."""
    return {**own, **found, "machine": {**own["machine"], **found["machine"]}}


def _section(section: Section) -> dict[str, Any]:
    ratios = {one.name: section.ratio(one) for one in section.series}
    return {
        "name": section.name,
        "title": section.title,
        "notes": list(section.notes),
        "asked": section.asked and section.asked.as_dict(),
        "control": section.control and section.control.as_dict(),
        "series": [{**one.as_dict(), "ratio": _rounded(ratios[one.name])} for one in section.series],
    }


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 4)


def sections(found: dict[str, Any]) -> list[Section]:
    """Give the sections of a report; raises KeyError, TypeError and AttributeError for what is none."""
    if found["format"] != FORMAT:
        raise TypeError(f"format {found['format']}")
    return [
        Section(
            one["name"],
            one["title"],
            tuple(_series(s) for s in one["series"]),
            _series(one["control"]) if one["control"] else None,
            tuple(one["notes"]),
            Asked(**of) if (of := one.get("asked", found.get("asked"))) else None,  # once it stood beside the sections
        )
        for one in found["sections"]
    ]


def _series(said: dict[str, Any]) -> Series:
    names = ("name", "label", "unit", "beside", "better", "group")
    return Series(values=tuple(map(float, said["values"])), **{name: said[name] for name in names})


def read(path: Path, part: str = "all") -> tuple[dict[str, Any], list[Section]]:
    """Read an older report, written by `bench` and the name of `part`; raises UsageError."""
    writes = f"swv6 bench {part} --json {path if not path.exists() else 'FILE'} writes one"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return found, sections(found)
    except OSError as error:
        hint = f"{writes}; --compare {LAST} takes the newest that was kept"
        raise UsageError(f"--compare {path}: {error.strerror or error}", hint) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{path}: is no report of `swv6 bench` that can be compared ({type(error).__name__}: {error})"
        raise UsageError(what, writes) from None


def older(named: str, folder: Path, wanted: Mapping[str, Asked | None]) -> Path:
    """Find the report to compare with: a path, or the newest of `folder` with all of the `wanted` sections, or some.

    A section that was asked something else does not count, where it is known what is to be asked. Raises UsageError.
    """
    if named != LAST:
        return Path(named)
    some: Path | None = None
    for path in sorted(folder.glob("*.json"), reverse=True):
        there = {one.name for one in read(path)[1] if one.name in wanted and comparable(one.asked, wanted[one.name])}
        if len(there) == len(wanted):
            return path
        some = some or (path if there else None)
    if some is None:
        what = f"{folder}: holds no earlier run of {', '.join(wanted)} like this one"
        raise UsageError(what, "run it once without --compare last")
    return some


def fitting(there: Sequence[Section], wanted: Mapping[str, Asked | None], path: Path, part: str) -> None:
    """See that something of a report can be compared; raises UsageError."""
    known = [section for section in there if section.name in wanted]
    if any(comparable(section.asked, wanted[section.name]) for section in known):
        return
    why = [different(one.asked, of) for one in known if one.asked and (of := wanted[one.name])]
    what = "; ".join(why) or f"it holds {', '.join(section.name for section in there)}, nothing of {', '.join(wanted)}"
    raise UsageError(f"--compare {path}: {what}", f"swv6 bench {part} --json FILE writes one that can be compared")


def opened(folder: Path) -> None:
    """Make the folder, and see that files can be made in it; raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _closed(folder, error) from None


def _closed(folder: Path, error: OSError) -> UsageError:
    return UsageError(f"{folder}: {error.strerror or error}", "name a folder with --out")


def keep(found: dict[str, Any], folder: Path) -> Path:
    """Write a run into the folder under its date, whole or not at all; raises UsageError."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path, number = folder / f"{stamp}.json", 1
        while path.exists():
            path, number = folder / f"{stamp}-{number}.json", number + 1
        part = path.with_suffix(".part")
        part.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(part, path)  # noqa: PTH105 (atomic)
    except OSError as error:
        raise _closed(folder, error) from None
    return path
