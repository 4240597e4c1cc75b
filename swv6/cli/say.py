"""`swv6 say`: speak a text, or write it to a sound file."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.cli.notices import Notices
from swv6.errors import DeviceError, Swv6Error, UsageError
from swv6.types import SpeechResult

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile

app = typer.Typer(rich_markup_mode=None)


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="What to say; - reads it from stdin.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write a WAV file instead of playing.")] = None,
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print the backend used and the latency.")] = False,
    yes: YesOption = False,
) -> None:
    """Speak a text with the profile's voices, clause by clause."""
    words = sys.stdin.read() if text == "-" else text
    if not words.strip():
        raise UsageError("there is nothing to say: the text is empty", 'swv6 say "Bonjour"')
    if output == Path("-"):
        raise UsageError("-o -: sound is not written to stdout, only to a file", "swv6 say ... -o out.wav")
    if output is not None and output.suffix.lower() != ".wav":
        raise UsageError(f"-o {output}: only .wav can be written", f"swv6 say ... -o {output.with_suffix('.wav')}")
    resolved, store = prepare(profile, set_, ("tts",) if output else ("tts", "speaker"), yes)
    report = Notices()
    try:
        first = run(lambda: _speak(words, resolved, store, output, report))
    except Swv6Error as error:
        _print(SpeechResult(False, error=error.what), output, as_json, verbose=False)
        if isinstance(error, DeviceError):
            error.hint = 'swv6 say "..." -o out.wav'
        raise
    _print(SpeechResult(True, ", ".join(report.used), first * 1e3), output, as_json, verbose)


async def _speak(words: str, profile: Profile, store: Store, output: Path | None, report: Notices) -> float:
    """Speak, and return the seconds to the first sound."""
    from contextlib import nullcontext

    from swv6.conversation.reading import file_speaker, read_aloud
    from swv6.conversation.voicing import speakable
    from swv6.stages.build import build
    from swv6.stages.devices import first_that_opens, open_filters

    async with build(profile, store, report) as builder:
        to = nullcontext(await first_that_opens(builder, "speaker")) if output is None else file_speaker(output)
        await builder.open("tts")
        words_of = speakable(profile.language, await open_filters(builder, "text_filters"))
        with to as speaker:
            return await read_aloud(words, builder.chain("tts").stage, words_of, speaker)


def _print(result: SpeechResult, output: Path | None, as_json: bool, verbose: bool) -> None:
    if as_json:
        import json

        keys = {
            "success": result.success,
            "backend_used": result.backend_used,
            "latency_ms": round(result.latency_ms, 1),
            "file": str(output) if output and result.success else None,
            "error": result.error,
        }
        print(json.dumps(keys, ensure_ascii=False))
    elif verbose or logging.getLogger("swv6").isEnabledFor(logging.INFO):
        print(f"swv6: {result.backend_used}, first sound after {result.latency_ms:.0f} ms", file=sys.stderr)
