"""The root of the command line and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from errno import ENOSPC
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
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Write what happens to stderr as lines of JSON.")
    ] = False,
    log_file: Annotated[
        str,
        typer.Option(
            "--log-file", metavar="FILE", envvar="SWV6_LOG_FILE", help="Write what happens to FILE as lines of JSON."
        ),
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Set up logging on stderr; results go to stdout."""
    from swv6.telemetry.log import configure

    configure(2 if debug else -1 if quiet else int(verbose), log_json, log_file)
    if os.environ.get("SWV6_DISABLE_PLUGINS"):
        _warn_of_unknown_plugins()


def _warn_of_unknown_plugins() -> None:
    """Name what SWV6_DISABLE_PLUGINS cannot disable because no such plugin is installed."""
    import logging

    from swv6.plugins import manager

    found = manager.installed().found
    names = [name.strip() for name in os.environ[manager.DISABLE].split(",")]
    for name in filter(None, names):
        if name not in found:
            near = get_close_matches(name, found, n=1)
            meant = f"; did you mean {near[0]}?" if near else " (swv6 plugins)"
            logging.getLogger("swv6.plugins").warning("%s: no plugin is called %s%s", manager.DISABLE, name, meant)


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; turn errors into one message and the documented exit code."""
    from swv6.cli import streams

    streams.prepare()
    out, lost, code = sys.stdout, None, 0
    try:
        result = app(arguments, prog_name="swv6", standalone_mode=False)
        if result == INTERRUPTED:  # typer turned a Ctrl-C into this before it could reach us
            _say("interrupted", INTERRUPTED)
        code = result if isinstance(result, int) else 0
    except SystemExit as leaving:
        if not isinstance(leaving.__context__, BrokenPipeError):  # typer and rich leave so when nobody reads
            raise
        lost = leaving.__context__ if sys.stdout is out else streams.lost(out, probe=True)
        code = explain(leaving.__context__) if lost is None else 0  # it was another pipe
    except (Exception, KeyboardInterrupt, BaseExceptionGroup) as error:  # noqa: BLE001 - the last border
        lost = streams.lost(out, probe=isinstance(error, OSError) and error.errno == ENOSPC)
        code = explain(error) if lost is None or not isinstance(error, OSError) else 0
    lost = lost or streams.lost(out)
    streams.lost(sys.stderr)
    if lost is not None and not streams.left(lost):
        code = _say(f"standard output is full or closed: {lost.strerror or lost}\n  -> swv6 ... > FILE", code or 1)
    sys.exit(code)


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
        with suppress(OSError):
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

    from swv6.telemetry.log import shown

    asked = bool(os.environ.get("SWV6_DEBUG")) or shown(logging.DEBUG)
    if asked:
        import traceback

        with suppress(OSError):
            traceback.print_exception(error)
    return asked


def _say(message: str, code: int) -> int:
    from swv6.telemetry.log import ended
    from swv6.telemetry.secrets import own_secrets, without_secrets

    message = without_secrets(message, own_secrets())
    with suppress(OSError):  # nobody reads standard error, and there is no other place to say so
        if not ended(message, code):
            print(f"swv6: {message}", file=sys.stderr)
    return code
