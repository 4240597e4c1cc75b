"""What every command that opens backends does first: resolve the profile, check the GPU, see to the weights."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile

T = TypeVar("T")

ProfileOption = Annotated[
    str, typer.Option("--profile", "-p", help="Name or path of a profile.", envvar="SWV6_PROFILE", show_default=True)
]
SetOption = Annotated[
    list[str], typer.Option("--set", metavar="KEY.PATH=VALUE", help="Change one value of the profile; repeatable.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Pull missing models without asking.")]


def prepare(profile: str, overrides: Sequence[str], kinds: tuple[str, ...], yes: bool) -> tuple[Profile, Store]:
    """Resolve a profile, check its GPU before any CUDA library is imported, pull the weights it needs first."""
    from swv6.cli.models import ensure
    from swv6.models.store import Store
    from swv6.profiles import resolve
    from swv6.stages.opening import needed

    resolved = resolve(profile, overrides)
    if resolved.gpu is not None:
        from swv6.profiles.gpu import prepare as prepare_gpu

        prepare_gpu(resolved.gpu)
    ensure(needed(resolved, kinds), yes)
    return resolved, Store()


def run(main: Callable[[], Awaitable[T]]) -> T:
    """Run an asynchronous command; of a group of errors, raise the one that explains it."""
    import anyio

    from swv6.cli.app import leaves, rank

    try:
        return anyio.run(main)
    except BaseExceptionGroup as group:
        raise min(leaves(group), key=rank) from group
