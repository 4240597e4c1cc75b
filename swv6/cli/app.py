"""The root of the command line: a lazy group, global options, one place where errors become exit codes."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from swv6.errors import Swv6Error
from swv6.plugins import Command

BUILTIN = (
    Command("talk", "Hold a conversation.", "swv6.cli.talk:app"),
    Command("transcribe", "Turn sound files into text.", "swv6.cli.transcribe:app"),
    Command("say", "Speak a text, or write it to a sound file.", "swv6.cli.say:app"),
    Command("models", "List, pull, verify and remove model weights.", "swv6.cli.models:app"),
    Command("profiles", "List, show and check profiles.", "swv6.cli.profiles:app"),
    Command("plugins", "List plugins and their health.", "swv6.cli.plugins:app"),
    Command("doctor", "Check this machine for a profile.", "swv6.cli.doctor:app"),
)

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 + SIGINT, as shells expect."""


class Lazy(typer.core.TyperGroup):
    """A group whose commands are imported when they run; listing them imports nothing."""

    _listing = False

    def _commands(self) -> dict[str, Command]:
        from swv6.plugins import manager

        return {**manager.installed().commands(), **{c.name: c for c in BUILTIN}}

    def list_commands(self, ctx: Any) -> list[str]:
        """Builtins in their order, then what plugins offer."""
        names = [c.name for c in BUILTIN]
        return names + sorted(set(self._commands()) - set(names))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import one command, or describe it when only its summary is needed."""
        offer = next((c for c in BUILTIN if c.name == cmd_name), None) or self._commands().get(cmd_name)
        if offer is None:
            return None
        if ctx.resilient_parsing or self._listing:
            return typer.core.TyperCommand(cmd_name, help=offer.summary, callback=lambda: None)
        module, _, attribute = offer.target.partition(":")
        command = typer.main.get_command(getattr(import_module(module), attribute))
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        self._listing = True
        super().format_help(ctx, formatter)


app = typer.Typer(
    cls=Lazy,
    help="Talk with your own machine: local speech-to-text, language model and text-to-speech.",
    epilog="Exit codes: 0 ok, 1 failed, 2 usage or profile, 3 hardware, 4 model, 5 device, 130 interrupted.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        print(version("swv6"))
        raise typer.Exit


@app.callback()
def root(
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Say more (-vv for debugging).")] = 0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only what went wrong.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Set up logging on stderr; results go to stdout."""
    from swv6.telemetry.log import configure

    configure(-1 if quiet else verbose)


def run(arguments: list[str] | None = None) -> None:
    """Run the command line; turn errors into one message and the documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace" if stream.encoding.lower().startswith("utf") else "backslashreplace")
    try:
        app(arguments, prog_name="swv6")
    except Swv6Error as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except BaseExceptionGroup as group:
        leaf = first_leaf(group)
        if isinstance(leaf, Swv6Error):
            _fail(str(leaf), leaf.exit_code)
        if isinstance(leaf, KeyboardInterrupt):
            _fail("interrupted", INTERRUPTED)
        raise


def first_leaf(error: BaseException) -> BaseException:
    """Unwrap the first error of a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _fail(message: str, code: int) -> None:
    print(f"swv6: {message}", file=sys.stderr)
    sys.exit(code)
