"""Every check, in the order of the report: the machine, the profile, its weights, chains, devices and speed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from swv6.errors import Swv6Error
from swv6.health import chains, cuda, hardware, plugins, software, sound, weights
from swv6.health.findings import Finding, contained, contained_async
from swv6.health.machine import Machine
from swv6.health.redacting import of_a_terminal
from swv6.models.store import Store
from swv6.plugins.manager import Plugins, installed

if TYPE_CHECKING:
    from swv6.profiles import Profile

SELFTEST = 300.0
"""Seconds after which the whole self-test is given up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at, and how closely."""

    profile: str = "default"
    overrides: tuple[str, ...] = ()
    deep: bool = False
    """Hash every model."""
    quick: bool = False
    """Load no model: leave the self-test out."""
    machine: Machine = field(default_factory=Machine)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, and the profile where it could be read."""

    findings: tuple[Finding, ...]
    profile: Profile | None = None

    @property
    def problems(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level == "problem")


async def look(asked: Asked, before: Iterable[Finding] = ()) -> Looked:
    """Run every check; one that raises becomes a line and keeps no other from its own. No line holds a secret."""
    found, profile = await _looked(asked, before)
    secrets = of_a_terminal(profile.model_dump(mode="json") if profile else {})
    return Looked(tuple(line.without(secrets) for line in found), profile)


async def _looked(asked: Asked, before: Iterable[Finding]) -> tuple[list[Finding], Profile | None]:
    machine, found, store = asked.machine, [*before], Store()
    available = installed()
    for name, check in _of_the_machine(machine, available):
        found += contained(name, check)
    profile, wrong = resolved(asked)
    found.append(wrong if profile is None else Finding(f"profile {profile.name}", "ok", profile.summary or "valid"))
    if profile is None:
        return found, None
    for name, check in _of_the_profile(profile, machine, store, asked.deep):
        found += contained(name, check)
    for name, ask in _to_be_awaited(profile, machine, store):
        found += await contained_async(name, ask)
    if not asked.quick:
        from swv6.health.selftest import selftest

        found += await contained_async("self-test", partial(selftest, profile, store), SELFTEST)
    return found, profile


def resolved(asked: Asked) -> tuple[Profile | None, Finding]:
    """Read the profile, or say what is wrong with it; that exits as everywhere."""
    from swv6.profiles import resolve

    try:
        return resolve(asked.profile, asked.overrides), Finding("profile", "ok", "valid")
    except Swv6Error as error:
        command = error.hint or "swv6 profiles list"
        return None, Finding(f"profile {asked.profile}", "problem", error.what, command, error.exit_code)


Checks = list[tuple[str, Callable[[], Iterable[Finding]]]]


def _of_the_machine(machine: Machine, available: Plugins) -> Checks:
    return [
        ("python", software.python),
        ("packages", software.packages),
        ("windows", partial(software.windows, machine)),
        ("cores", partial(hardware.cores, machine)),
        ("plugins", partial(plugins.plugins, available)),
    ]


def _of_the_profile(profile: Profile, machine: Machine, store: Store, deep: bool) -> Checks:
    """Give what is read at once; the card comes first, as its environment must be set before anything is loaded."""
    return [
        ("plugins off", partial(plugins.disabled, profile)),
        ("gpu", partial(cuda.gpu, profile, machine)),
        ("cuda", partial(cuda.libraries, profile, machine)),
        ("compute types", partial(cuda.compute_types, profile, machine)),
        ("memory", partial(hardware.memory, profile, machine)),
        ("disk", partial(hardware.disk, profile, machine, store)),
        ("metrics port", partial(hardware.ports, profile, machine)),
        ("models", partial(weights.models, profile, store, deep)),
        ("downloads", partial(weights.leftovers, store)),
        ("devices", partial(sound.devices, profile, machine)),
    ]


def _to_be_awaited(
    profile: Profile, machine: Machine, store: Store
) -> list[tuple[str, Callable[[], Awaitable[list[Finding]]]]]:
    return [
        ("chains", partial(chains.chains, profile, store)),
        ("devices", partial(sound.opens, profile, store, machine)),
    ]
