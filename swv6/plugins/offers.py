"""What a hook returns: a described offer that imports nothing until it is opened."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from swv6.errors import MissingExtra
from swv6.plugins.programs import find_program

if TYPE_CHECKING:
    from swv6.plugins.devices import DeviceInfo
    from swv6.plugins.options import Options
    from swv6.plugins.voices import VoiceInfo

S = TypeVar("S")


def load(reference: str) -> Any:
    """Import what `module:attribute` names."""
    module, _, attribute = reference.partition(":")
    return getattr(import_module(module), attribute)


@dataclass(frozen=True, slots=True)
class Backend(Generic[S]):
    """A stage, device or filter that can be opened later.

    `open` and `options` are `module:attribute` references (or the objects themselves), so that listing plugins imports
    no engine. `open` takes a validated instance of `options` and returns an async context manager of the stage:
    heavy imports, loading, warm-up and release all live inside it.
    """

    name: str
    summary: str
    open: str | Callable[[Any], AbstractAsyncContextManager[S]]
    options: str | type[Options]
    requires: tuple[str, ...] = ()
    """Modules that must be importable."""
    install: str = ""
    """The command that brings them, e.g. `pip install "swv6[embedded]"`."""
    platforms: tuple[str, ...] = ()
    """Prefixes of `sys.platform` it works on; empty means all."""

    warning: str = ""
    """What the user is told when it is the one in use, for last resorts."""
    devices: str | Callable[[bool], list[DeviceInfo]] = ""
    """Lists the devices it can use; called with whether to look anew, which may end open streams."""
    voices: str | Callable[[], list[VoiceInfo]] = ""
    """Lists the voices it has besides those of the catalog."""
    programs: tuple[str, ...] = ()
    """Programs that must be on the PATH or beside this Python; an option named `program` takes their place."""
    probe: str | Callable[[Any], Awaitable[str]] = ""
    """For what is on another machine: takes the options, says within seconds and one line what is wrong, or nothing."""
    serves: str | Callable[[Any], Awaitable[Sequence[str]]] = ""
    """For what is on another machine: takes the options, names within seconds the models that it offers."""
    environment: tuple[str, ...] = ()
    """Environment variables of which any asks for it, of a listener that the profile does not name."""

    def missing(self, options: Options | None = None) -> str:
        """Say in one line why it cannot be opened here (with these options), or return an empty string."""
        if self.platforms and not sys.platform.startswith(self.platforms):
            return f"works on {', '.join(self.platforms)} only"
        absent = [name for name in self.requires if not _importable(name)]
        chosen = getattr(options, "program", "")
        programs = (chosen,) if self.programs and chosen else self.programs
        absent += [f"program {name}" for name in programs if not find_program(name)]
        if not absent:
            return ""
        return f"missing {', '.join(absent)}: {self.install or 'install it with pip'}"

    def check(self, options: Options | None = None) -> None:
        """Raise MissingExtra when a module or program it requires is not installed or the platform is wrong."""
        if reason := self.missing(options):
            raise MissingExtra(f"{self.name}: {reason.partition(': ')[0]}", self.install)

    def options_model(self) -> type[Options]:
        """Import the pydantic model of its options."""
        model = load(self.options) if isinstance(self.options, str) else self.options
        return cast("type[Options]", model)

    def list_devices(self, again: bool = False) -> list[DeviceInfo]:
        """Ask for the devices it can use; a backend that cannot list them has none."""
        lister = load(self.devices) if isinstance(self.devices, str) and self.devices else self.devices
        return list(lister(again)) if callable(lister) else []

    def list_voices(self) -> list[VoiceInfo]:
        """Ask for the voices that it brings; most have those of the catalog only."""
        lister = load(self.voices) if isinstance(self.voices, str) and self.voices else self.voices
        return list(lister()) if callable(lister) else []

    def prober(self) -> Callable[[Any], Awaitable[str]] | None:
        """Import the function that asks whether it would answer; None where there is none."""
        found = load(self.probe) if isinstance(self.probe, str) and self.probe else self.probe
        return found if callable(found) else None

    def lister(self) -> Callable[[Any], Awaitable[Sequence[str]]] | None:
        """Import the function that names what it serves; None where there is none."""
        found = load(self.serves) if isinstance(self.serves, str) and self.serves else self.serves
        return found if callable(found) else None

    def opener(self) -> Callable[[Any], AbstractAsyncContextManager[S]]:
        """Import the function that opens it."""
        return cast(
            "Callable[[Any], AbstractAsyncContextManager[S]]",
            load(self.open) if isinstance(self.open, str) else self.open,
        )


def _importable(name: str) -> bool:
    try:
        return name in sys.modules or find_spec(name) is not None
    except (ImportError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand of `swv6`."""

    name: str
    summary: str
    target: str
    """`module:typer_app`, imported when the command runs."""


@dataclass(frozen=True, slots=True)
class ProfileOffer:
    """A profile that travels with a plugin."""

    name: str
    summary: str
    path: Path
