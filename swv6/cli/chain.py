"""What every command that opens backends does first: resolve the profile, check the GPU, see to the weights."""

from __future__ import annotations

import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from swv6.cli.profiles import complete_profile
from swv6.errors import ModelError, Swv6Error

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile
    from swv6.profiles.logs import Log

T = TypeVar("T")

ProfileOption = Annotated[
    str,
    typer.Option(
        "--profile", "-p", help="Name or path of a profile.", envvar="SWV6_PROFILE", autocompletion=complete_profile
    ),
]
SetOption = Annotated[
    list[str], typer.Option("--set", metavar="KEY.PATH=VALUE", help="Change one value of the profile; repeatable.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Pull missing models without asking.")]


def prepare(
    profile: str,
    overrides: Sequence[str],
    kinds: tuple[str, ...],
    yes: bool,
    change: Callable[[Profile], Profile] = lambda profile: profile,
) -> tuple[Profile, Store]:
    """Resolve a profile, check its GPU before any CUDA library is imported, pull the weights it needs first."""
    from swv6.profiles import resolve

    resolved = change(resolve(profile, overrides))
    return resolved, equipped(resolved, kinds, yes)


def equipped(resolved: Profile, kinds: tuple[str, ...], yes: bool) -> Store:
    """Begin a profile's log, check its GPU, pull the weights it needs first, and give the store they are in."""
    from swv6.cli.models import ensure
    from swv6.models.store import Store
    from swv6.stages.opening import needed

    _log(resolved.log)
    if resolved.gpu is not None:
        from swv6.profiles.gpu import prepare as prepare_gpu

        prepare_gpu(resolved.gpu)
    store = Store()
    try:
        ensure(needed(resolved, kinds), yes)
    except ModelError as error:
        if not all(_ready(resolved, kind, store) for kind in kinds):
            raise
        print(f"swv6: {error}", file=sys.stderr)
    return store


def _log(wanted: Log) -> None:
    """Write a log file where the profile asks for one; the place that the command line names comes first."""
    from swv6.telemetry import log

    if path := log.kept() or wanted.path:
        log.keep(path, logging.getLevelNamesMapping()[wanted.level.upper()], wanted.size, wanted.keep)


def _ready(profile: Profile, kind: str, store: Store) -> bool:
    """Say whether a chain has a backend that can be opened as things are."""
    from swv6.stages.opening import weights

    for choice in getattr(profile, kind):
        try:
            choice.offer.check(choice.options)
            for _, value, mark in weights(choice.options):
                store.find(value, mark.format)
        except Swv6Error:
            continue
        return True
    return False


def run(main: Callable[[], Awaitable[T]]) -> T:
    """Run an asynchronous command; of a group of errors, raise the one that explains it.

    A Ctrl-C cancels it, closes what is open and leaves with 130.
    """
    import anyio

    from swv6.cli.app import leaves, rank
    from swv6.cli.interrupting import INTERRUPTED, interruptible

    done: list[T] = []

    async def cancellable() -> None:
        import asyncio

        loop, scope = asyncio.get_running_loop(), anyio.CancelScope()
        with interruptible(partial(loop.call_soon_threadsafe, scope.cancel)), scope:
            done.append(await main())

    try:
        anyio.run(cancellable)
    except BaseExceptionGroup as group:
        raise min(leaves(group), key=rank) from group
    if not done:
        sys.exit(INTERRUPTED)
    return done[0]
