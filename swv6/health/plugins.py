"""Plugins that are broken, there twice, or switched off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from swv6.health.findings import Finding

if TYPE_CHECKING:
    from swv6.plugins.manager import Plugins
    from swv6.profiles import Profile


def plugins(found: Plugins) -> Iterator[Finding]:
    """Look for plugins that do not load."""
    off = [p.name for p in found.found.values() if p.disabled]
    for plugin in found.found.values():
        if not plugin.error:
            continue
        twice = plugin.error.partition("duplicate: ")[2]
        package = plugin.package or "PACKAGE"
        mend = f"pip uninstall {package}" if twice else f"swv6 plugins show {plugin.name.partition(' (')[0]}"
        yield Finding(f"plugin {plugin.name}", "problem", f"there twice: {twice}" if twice else plugin.error, mend)
    for name in off:
        yield Finding(f"plugin {name}", "ok", "disabled by SWV6_DISABLE_PLUGINS")
    working = len(found.found) - len(found.broken) - len(off)
    yield Finding("plugins", "ok", f"{working} working, {len(found.broken)} broken, {len(off)} disabled")


def disabled(profile: Profile) -> Iterator[Finding]:
    """Name what the profile itself switches off."""
    if profile.plugins.disable:
        yield Finding("plugins off", "ok", f"{', '.join(profile.plugins.disable)}: plugins.disable of the profile")
