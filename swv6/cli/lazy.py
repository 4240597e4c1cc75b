"""A command group that lists its commands without importing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer.core
import typer.main

from swv6.errors import Swv6Error
from swv6.plugins import Command

BUILTIN = (
    Command("talk", "Hold a conversation.", "swv6.cli.talk:app"),
    Command("transcribe", "Turn sound files into text.", "swv6.cli.transcribe:app"),
    Command("listen", "Dictate: speech from the microphone as lines of text.", "swv6.cli.listen:app"),
    Command("say", "Speak a text, or write it to a sound file.", "swv6.cli.say:app"),
    Command("voices", "List the voices, and hear them.", "swv6.cli.voices:app"),
    Command("sessions", "List, show, search and remove past conversations.", "swv6.cli.sessions:app"),
    Command("models", "List, pull, verify and remove model weights.", "swv6.cli.models:app"),
    Command("profiles", "List, show and check profiles.", "swv6.cli.profiles:app"),
    Command("plugins", "List plugins and their health.", "swv6.cli.plugins:app"),
    Command("devices", "List microphones and loudspeakers.", "swv6.cli.devices:app"),
    Command("mic", "Check the microphone, your voice and the echo.", "swv6.cli.mic:app"),
    Command("cache", "Show, clear and fill the answers kept on disk.", "swv6.cli.cache:app"),
    Command("dashboard", "Watch a conversation in a browser.", "swv6.cli.dashboard:app"),
    Command("doctor", "Check this machine for a profile.", "swv6.cli.doctor:app"),
    Command("bench", "Measure how fast it is here.", "swv6.cli.bench:app"),
)

COMPLETION = ("install_completion", "show_completion")
"""Options that typer gives every app it makes a command of."""


class _Sparing:
    """What typer asks to convert a value: it imports pydantic, which texts and defaults do not need."""

    def __init__(self, descriptor: Any) -> None:
        self._descriptor = descriptor

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """Give what is right as it is; have typer convert the rest."""
        if getattr(self._descriptor.parameter_info, "parser", None) is None:
            kind, several = self._descriptor.annotation, param.multiple or param.nargs == -1
            if value is None:
                return () if several else None
            if several and kind == list[str] and isinstance(value, list | tuple):
                return list(value)
            if kind in (str, int, float) and type(value) is kind:  # what is typed is text: a number is a default
                return value
        from typer._coercion import build_runtime_param

        return build_runtime_param(self._descriptor).coerce(value, param=param, ctx=ctx)


def _spared(parameters: Any) -> Any:
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", parameter) is None:  # a typer that converts, and has not yet
            parameter._runtime_param = _Sparing(parameter.type_descriptor)
    return parameters


def _spare(command: Any) -> Any:
    """Have a command, and those below it, convert only what must be."""
    get_params = command.get_params
    command.get_params = lambda ctx: _spared(get_params(ctx))
    for below in getattr(command, "commands", {}).values():
        _spare(below)
    return command


class Lazy(typer.core.TyperGroup):
    """A group whose commands are imported when they run; listing them imports nothing."""

    _listing = False

    def get_params(self, ctx: Any) -> Any:
        """Give the options of `swv6` itself."""
        return _spared(super().get_params(ctx))

    def _offered(self) -> dict[str, Command]:
        from swv6.plugins import manager

        return manager.installed().commands()

    def _find(self, name: str) -> Command | None:
        """Find a command by name; plugins are looked at for names that are not our own."""
        return next((c for c in BUILTIN if c.name == name), None) or self._offered().get(name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Builtins in their order, then what plugins offer."""
        names = [c.name for c in BUILTIN]
        return names + sorted(set(self._offered()) - set(names))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import one command, or describe it when only its summary is needed."""
        offer = self._find(cmd_name)
        if offer is None:
            return None
        if self._listing:
            return typer.core.TyperCommand(cmd_name, help=offer.summary, callback=lambda: None)
        command = _load(offer)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command to run; suggest the nearest when there is none."""
        if not args[0].startswith("-") and self._find(args[0]) is None and not ctx.resilient_parsing:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    @contextmanager
    def _summaries(self) -> Iterator[None]:
        self._listing = True
        try:
            yield
        finally:
            self._listing = False

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with self._summaries():
            super().format_help(ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete the names of commands without importing them."""
        with self._summaries():
            return super().shell_complete(ctx, incomplete)


def _load(offer: Command) -> Any:
    """Import a command's app; a plugin's failure names the command, our own is a bug and stays what it is."""
    module, _, attribute = offer.target.partition(":")
    try:
        command = typer.main.get_command(getattr(import_module(module), attribute))
    except Exception as error:  # a plugin's border
        if offer in BUILTIN:
            raise
        what = f"the command {offer.name!r} of a plugin cannot be loaded: {type(error).__name__}: {error}"
        raise Swv6Error(what, f"swv6 plugins show {offer.name}") from error
    command.params = [p for p in command.params if p.name not in COMPLETION]  # the root has them
    return _spare(command)
