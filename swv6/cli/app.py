"""The root of the command line and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Annotated, NoReturn

import typer

from swv6.cli.lazy import Lazy
from swv6.errors import Swv6Error

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 + SIGINT, as shells expect."""

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
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
    debug: Annotated[bool, typer.Option("-vv", "--debug", help="Say everything, tracebacks too.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only what went wrong.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Set up logging on stderr; results go to stdout."""
    from swv6.telemetry.log import configure

    configure(2 if debug else -1 if quiet else int(verbose))


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; turn errors into one message and the documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a cp1252 console prints French as it is and escapes what it lacks
            stream.reconfigure(errors="replace" if stream.encoding.lower().startswith("utf") else "backslashreplace")
    try:
        result = app(arguments, prog_name="swv6", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader left (`swv6 plugins | head`): nothing to say, nobody to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (Exception, KeyboardInterrupt, BaseExceptionGroup) as error:  # noqa: BLE001 - the last border
        sys.exit(explain(error))
    if result == INTERRUPTED:  # typer turned a Ctrl-C into this before it could reach us
        _say("interrupted", INTERRUPTED)
    sys.exit(result if isinstance(result, int) else 0)


def explain(error: BaseException) -> int:
    """Print what went wrong on stderr and return the exit code."""
    found = list(leaves(error))
    chosen = min(found, key=rank)
    if isinstance(chosen, typer.Exit):
        return int(chosen.exit_code)
    if isinstance(chosen, (KeyboardInterrupt, typer.Abort)):
        return _say("interrupted", INTERRUPTED)
    if isinstance(chosen, Swv6Error):
        _trace(error)
        return _say(str(chosen), chosen.exit_code)
    if hasattr(chosen, "show") and hasattr(chosen, "exit_code"):  # typer's usage errors print themselves
        chosen.show()
        return int(chosen.exit_code)
    if not _trace(error):
        reason = (str(chosen).splitlines() or [""])[0]
        again = "swv6 -vv ... shows the traceback; please report it"
        return _say(f"unexpected error: {type(chosen).__name__}: {reason}\n  -> {again}", 1)
    return 1


def leaves(error: BaseException) -> Iterator[BaseException]:
    """Yield the errors inside groups of errors."""
    if not isinstance(error, BaseExceptionGroup):
        yield error
        return
    for inner in error.exceptions:
        yield from leaves(inner)


def rank(error: BaseException) -> int:
    """Prefer what the user did, then what we can explain."""
    return 0 if isinstance(error, KeyboardInterrupt) else 1 if isinstance(error, Swv6Error) else 2


def _trace(error: BaseException) -> bool:
    """Print the traceback for those who asked (-vv, or SWV6_DEBUG)."""
    import logging

    asked = bool(os.environ.get("SWV6_DEBUG")) or logging.getLogger("swv6").level == logging.DEBUG
    if asked:
        import traceback

        traceback.print_exception(error)
    return asked


def _say(message: str, code: int) -> int:
    print(f"swv6: {message}", file=sys.stderr)
    return code
