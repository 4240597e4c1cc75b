"""What `swv6 doctor` looks at: one function a subject, each yielding lines."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from typing import TYPE_CHECKING, Literal

from swv6.errors import Swv6Error

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.plugins.manager import Plugins
    from swv6.profiles import Profile

Status = Literal["ok", "warning", "problem"]
OLDEST = (3, 11)
"""The oldest Python that pyproject.toml allows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    subject: str
    status: Status
    what: str
    hint: str = ""
    """The command that mends it."""
    code: int = 1
    """What `swv6 doctor` exits with when it is a problem."""


def python() -> Iterator[Finding]:
    """Look at the interpreter and the system."""
    status: Status = "ok" if sys.version_info[:2] >= OLDEST else "problem"
    hint = "" if status == "ok" else f"install Python {OLDEST[0]}.{OLDEST[1]} or newer"
    yield Finding("python", status, f"{platform.python_version()} on {platform.platform(terse=True)}", hint)


def packages() -> Iterator[Finding]:
    """Look at swv6 itself and at each of its extras."""
    from packaging.requirements import Requirement

    yield Finding("swv6", "ok", version("swv6"))
    found = distribution("swv6")
    for extra in found.metadata.get_all("Provides-Extra") or []:
        wanted = [Requirement(text) for text in found.requires or []]
        mine = [r for r in wanted if r.marker and r.marker.evaluate({"extra": extra}) and not _always(r)]
        absent = [r.name for r in mine if not _installed(r)]
        if not absent:
            yield Finding(f"extra {extra}", "ok", "installed" if mine else "nothing to install on this system")
        else:
            status: Status = "warning" if extra == "embedded" else "ok"
            yield Finding(
                f"extra {extra}", status, f"not installed: {', '.join(absent)}", f'pip install "swv6[{extra}]"'
            )


def _always(requirement: object) -> bool:
    marker = getattr(requirement, "marker", None)
    return bool(marker is None or marker.evaluate({"extra": ""}))


def _installed(requirement: object) -> bool:
    name, specifier = getattr(requirement, "name"), getattr(requirement, "specifier")  # noqa: B009 (packaging is untyped)
    try:
        return bool(specifier.contains(version(name), prereleases=True))
    except PackageNotFoundError:
        return False


def plugins(found: Plugins) -> Iterator[Finding]:
    """Look for broken plugins."""
    for name, error in found.broken.items():
        yield Finding(f"plugin {name}", "problem", error, f"swv6 plugins show {name}")
    working = sum(not p.error and not p.disabled for p in found.found.values())
    yield Finding("plugins", "ok", f"{working} working, {len(found.broken)} broken")


def gpu(profile: Profile) -> Iterator[Finding]:
    """Check the graphics card that the profile asks for."""
    if profile.gpu is None:
        yield Finding("gpu", "ok", "the profile asks for none")
        return
    from swv6.profiles.gpu import prepare

    try:
        prepare(profile.gpu)
        yield Finding("gpu", "ok", f"{profile.gpu.name or 'any card'} is there")
    except Swv6Error as error:
        yield Finding("gpu", "problem", error.what, error.hint)


def backends(profile: Profile) -> Iterator[Finding]:
    """Say of each chain which backends can be opened here."""
    from swv6.profiles.schema import CHAINS

    for kind in CHAINS:
        choices = getattr(profile, kind)
        usable = dict.fromkeys(c.backend for c in choices if not c.offer.missing(c.options))
        unusable = {c.backend: (r, c.offer.install) for c in choices if (r := c.offer.missing(c.options))}
        for name, (reason, install) in unusable.items():
            what, _, how = reason.partition(": ")  # nothing to install is no cure for the wrong system
            yield Finding(f"{kind} {name}", "warning", what, install if how else "")
        if choices:
            status: Status = "ok" if usable else "problem"
            yield Finding(kind, status, f"usable here: {', '.join(usable) or 'none'}")


async def servers(profile: Profile) -> list[Finding]:
    """Ask the backends that are on another machine whether they would answer."""
    from swv6.profiles.schema import CHAINS
    from swv6.stages.fallback import one_line

    found = list[Finding]()
    for kind in CHAINS:
        for choice in getattr(profile, kind):
            if choice.offer.missing(choice.options) or (probe := choice.offer.prober()) is None:
                continue
            try:
                problem = await probe(choice.options)
            except Exception as error:  # noqa: BLE001 (a plugin border)
                problem = one_line(error)
            found.append(Finding(f"{kind} {choice.backend}", "warning" if problem else "ok", problem or "answers"))
    return found


def models(profile: Profile, store: Store) -> Iterator[Finding]:
    """Check the weights that the profile's backends name."""
    from swv6.models import catalog
    from swv6.profiles.schema import CHAINS
    from swv6.stages.opening import needed, weights

    first = needed(profile, tuple(CHAINS))
    named = [(v, m.format) for kind in CHAINS for c in getattr(profile, kind) for _, v, m in weights(c.options)]
    for name, format in dict.fromkeys(named):
        try:
            yield Finding(f"model {name}", "ok", str(store.find(name, format)))
        except Swv6Error as error:
            bad = name in first or (name in catalog.load() and store.folder(name).exists())
            yield Finding(f"model {name}", "problem" if bad else "warning", error.what, error.hint)
