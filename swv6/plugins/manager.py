"""Find plugins through entry points and keep the broken ones from breaking the rest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from time import perf_counter
from typing import Any, TypeAlias

import pluggy

from swv6.plugins import hookspecs, sources
from swv6.plugins.offers import Backend, Command, ProfileOffer
from swv6.plugins.sources import Distribution, Source

GROUP = "swv6"
"""The entry-point group that builtins and strangers share."""
SLOW = 0.1
"""Seconds of import after which a plugin is shown as slow: about one whole `swv6 --help`."""
DISABLE = "SWV6_DISABLE_PLUGINS"
"""Environment variable: names of plugins, separated by commas, that are not loaded."""

AnyOffer: TypeAlias = "Backend[Any] | Command | ProfileOffer"


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point and what became of it."""

    name: str
    package: str = ""
    version: str = ""
    seconds: float = 0.0
    """Import time, seconds."""
    error: str = ""
    """The last line of the traceback, empty when it loaded."""
    disabled: bool = False


@dataclass(slots=True)
class Plugins:
    """Every plugin found, and what each offers."""

    found: dict[str, Plugin] = field(default_factory=dict)
    offers: dict[str, dict[str, AnyOffer]] = field(default_factory=lambda: {kind: {} for kind in hookspecs.KINDS})
    """Kind -> offer name -> offer."""
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, offer name) -> plugin name."""

    @property
    def broken(self) -> dict[str, str]:
        """Plugin name -> why it is broken."""
        return {p.name: p.error for p in self.found.values() if p.error}

    def backends(self, kind: str) -> dict[str, Backend[Any]]:
        """Give the backends of one kind by name."""
        return {name: offer for name, offer in self.offers[kind].items() if isinstance(offer, Backend)}

    def commands(self) -> dict[str, Command]:
        """Give the subcommands that plugins offer."""
        return {name: offer for name, offer in self.offers["command"].items() if isinstance(offer, Command)}

    def profiles(self) -> dict[str, ProfileOffer]:
        """Give the profiles that plugins offer."""
        return {name: offer for name, offer in self.offers["profile"].items() if isinstance(offer, ProfileOffer)}

    def without(self, disabled: Iterable[str]) -> Plugins:
        """Return the same plugins less the ones a profile disables."""
        off = set(disabled)
        kept = {key: owner for key, owner in self.owners.items() if owner not in off}
        return Plugins(
            {n: _replace(p, disabled=p.disabled or n in off) for n, p in self.found.items()},
            {k: {n: o for n, o in offers.items() if (k, n) in kept} for k, offers in self.offers.items()},
            kept,
        )


def _replace(plugin: Plugin, **changes: Any) -> Plugin:
    from dataclasses import replace

    return replace(plugin, **changes)


def load(found: Iterable[Source] | None = None) -> Plugins:
    """Load every plugin; a broken one is recorded, never raised."""
    pm = pluggy.PluginManager(GROUP)
    pm.add_hookspecs(hookspecs)
    plugins = Plugins()
    off = {name.strip() for name in os.environ.get(DISABLE, "").split(",") if name.strip()}
    for source in sources.installed(GROUP) if found is None else found:
        _admit(plugins, pm, source, off)
    return plugins


@cache
def installed() -> Plugins:
    """Load the installed plugins once per process."""
    return load()


@cache
def _package(dist: Distribution | None) -> tuple[str, str]:
    """Give a package's name and version; cached because each look parses the package's whole metadata."""
    return (dist.name, dist.version) if dist else ("", "")


def _admit(plugins: Plugins, pm: pluggy.PluginManager, source: Source, off: set[str]) -> None:
    package, version = _package(source.dist)
    name = source.name
    if name in plugins.found:
        other = plugins.found[name].package
        name = f"{name} ({package})"
        error = f"duplicate: {other} and {package} both call a plugin {source.name!r}"
        plugins.found[name] = Plugin(name, package, version, error=error)
        return
    if name in off:
        plugins.found[name] = Plugin(name, package, version, disabled=True)
        return
    began, error, module = perf_counter(), "", None
    try:
        module = source.load()
        pm.register(module, name=name)
        pm.check_pending()
        _take(plugins, _offers(pm, module), name, package)
    except (Exception, SystemExit) as problem:  # noqa: BLE001 - a plugin's border: whatever it raises is its own
        error = _last_line(problem)
        if module is not None and pm.is_registered(module):  # else its unknown hook would fail every later check
            pm.unregister(module)
    plugins.found[name] = Plugin(name, package, version, perf_counter() - began, error)


def _offers(pm: pluggy.PluginManager, module: object) -> Iterator[tuple[str, AnyOffer]]:
    """Call one plugin's hooks and yield (kind, offer)."""
    for kind, hook in hookspecs.KINDS.items():
        shape = _SHAPES.get(kind, Backend)
        for impl in getattr(pm.hook, hook).get_hookimpls():
            if impl.plugin is not module:
                continue
            offers = impl.function()
            if not isinstance(offers, Iterable):
                raise TypeError(f"{hook} must return an iterable of {shape.__name__} offers, not {offers!r}")
            for offer in offers:
                if not isinstance(offer, shape):
                    raise TypeError(f"{hook} must return {shape.__name__} offers, not {offer!r}")
                yield kind, offer


def _take(plugins: Plugins, offers: Iterable[tuple[str, AnyOffer]], plugin: str, package: str) -> None:
    """Take in what one plugin offers, all of it or nothing."""
    new: dict[tuple[str, str], AnyOffer] = {}
    for kind, offer in offers:
        key = (kind, offer.name)
        if key in new or key in plugins.owners:
            other = package if key in new else plugins.found[plugins.owners[key]].package
            raise LookupError(f"duplicate: {other} and {package} both offer the {kind} {offer.name!r}")
        new[key] = offer
    for (kind, offered), offer in new.items():
        plugins.offers[kind][offered] = offer
        plugins.owners[kind, offered] = plugin


_SHAPES: dict[str, type[Command] | type[ProfileOffer]] = {"command": Command, "profile": ProfileOffer}


def _last_line(problem: BaseException) -> str:
    import traceback

    from swv6.telemetry.secrets import own_secrets, without_secrets

    last = "".join(traceback.format_exception_only(problem)).strip().splitlines()[-1]
    return without_secrets(last, own_secrets())
