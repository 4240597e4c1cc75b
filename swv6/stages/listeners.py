"""The listeners of a conversation: those of the profile, and those that the environment asks for."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from swv6.models.store import Store
from swv6.plugins.manager import installed
from swv6.profiles import Choice, Profile
from swv6.stages.fallback import one_line
from swv6.stages.listening import Fanout
from swv6.stages.naming import named
from swv6.stages.opening import opened

log = logging.getLogger("swv6.listening")


@asynccontextmanager
async def attended(fanout: Fanout, profile: Profile, store: Store, live: bool) -> AsyncIterator[None]:
    """Let listeners hear what happens, until the block ends.

    Raises what opening one that the profile names raises; one that only the environment asks for is done without.
    """
    async with AsyncExitStack() as stack:
        for name, choice in named(profile.listeners):
            fanout.add(name, await stack.enter_async_context(opened(choice, store, live)))
        for choice in _asked_for(profile):
            try:
                fanout.add(choice.backend, await stack.enter_async_context(opened(choice, store, live)))
            except Exception as error:  # noqa: BLE001 - a plugin's border
                hint = getattr(error, "hint", "") or "swv6 plugins"
                log.warning("the environment asks for %s: %s -> %s", choice.backend, one_line(error), hint)
        yield


def _asked_for(profile: Profile) -> list[Choice]:
    """Give the listeners that a variable of the environment asks for, with their own defaults."""
    chosen = {choice.backend for choice in profile.listeners}
    offers = installed().without(profile.plugins.disable).backends("listener").values()
    wanted = [o for o in offers if o.name not in chosen and any(os.environ.get(name) for name in o.environment)]
    return [Choice(backend=offer.name, options=offer.options_model()(), offer=offer) for offer in wanted]
