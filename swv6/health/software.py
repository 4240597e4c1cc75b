"""Python, the system, swv6 itself and its extras."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, version
from typing import TYPE_CHECKING

from swv6.health.findings import Finding, Level

if TYPE_CHECKING:
    from swv6.health.machine import Machine

OLDEST = (3, 11)
"""The oldest Python that pyproject.toml allows."""


def python() -> Iterator[Finding]:
    """Look at the interpreter and the system."""
    level: Level = "ok" if sys.version_info[:2] >= OLDEST else "problem"
    command = "" if level == "ok" else f"install Python {OLDEST[0]}.{OLDEST[1]} or newer"
    yield Finding("python", level, f"{platform.python_version()} on {platform.platform(terse=True)}", command)


def packages() -> Iterator[Finding]:
    """Look at swv6 and at each of its extras."""
    from packaging.requirements import Requirement

    yield Finding("swv6", "ok", version("swv6"))
    found = distribution("swv6")
    wanted = [Requirement(text) for text in found.requires or []]
    for extra in found.metadata.get_all("Provides-Extra") or []:
        mine = [r for r in wanted if r.marker and r.marker.evaluate({"extra": extra}) and not _always(r)]
        absent = [r.name for r in mine if not _installed(r)]
        if not absent:
            yield Finding(f"extra {extra}", "ok", "installed" if mine else "nothing to install on this system")
        else:
            level: Level = "warning" if extra == "embedded" else "ok"
            text = f"not installed: {', '.join(absent)}"
            yield Finding(f"extra {extra}", level, text, f'pip install "swv6[{extra}]"')


def _always(requirement: object) -> bool:
    marker = getattr(requirement, "marker", None)
    return bool(marker is None or marker.evaluate({"extra": ""}))


def _installed(requirement: object) -> bool:
    name, specifier = getattr(requirement, "name"), getattr(requirement, "specifier")  # noqa: B009 (packaging is untyped)
    try:
        return bool(specifier.contains(version(name), prereleases=True))
    except PackageNotFoundError:
        return False


def windows(machine: Machine) -> Iterator[Finding]:
    """Look at what only Windows has: long paths, and voices of its own."""
    if machine.platform != "win32":
        return
    if machine.long_paths():
        yield Finding("long paths", "ok", "allowed")
    else:
        command = (
            r"reg add HKLM\SYSTEM\CurrentControlSet\Control\FileSystem /v LongPathsEnabled /t REG_DWORD /d 1 /f"
            " (as administrator)"
        )
        yield Finding("long paths", "warning", "paths end at 260 characters: deep folders fail", command)
    count = machine.voices()
    if count:
        yield Finding("windows voices", "ok", f"{count} of SAPI")
    else:
        where = "Settings > Time & language > Speech > Add voices"
        yield Finding("windows voices", "warning", "SAPI has none: the backend sapi stays silent", where)
