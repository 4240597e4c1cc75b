"""What `swv6 say` was asked, and doing it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swv6.cli.notices import Notices
from swv6.errors import BackendError, Unavailable, UsageError
from swv6.text.marks import speakable

if TYPE_CHECKING:
    from swv6.conversation.reading import Reading
    from swv6.models.store import Store
    from swv6.profiles import Profile

LONG = 600
"""Characters from which a text that is not played shows how far it is: 40 s of speech."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be said, and where it goes."""

    text: str | None
    """None for standard input."""
    output: Path | None
    play: bool
    volume: float
    strict: bool = False
    """Whether no other voice than the first one may speak."""


def order(text: str | None, file: Path | None, output: Path | None, play: bool | None, volume: float) -> Order:
    """Check what was asked before anything is loaded; raises UsageError."""
    from swv6.audio.formats import SUFFIXES

    if text is not None and file is not None:
        raise UsageError("a text and --file were given", "swv6 say --file text.txt")
    if file is not None:
        text = _read(file)
    elif text == "-" or (text is None and not sys.stdin.isatty()):
        text = None
    elif text is None:
        raise UsageError("there is nothing to say: no text was given", 'swv6 say "Bonjour"')
    if text is not None and not speakable(text):
        raise _empty(text)
    if output == Path("-"):
        raise UsageError("-o -: sound is not written to stdout, only to a file", "swv6 say ... -o out.wav")
    if output is not None and output.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UsageError(f"-o {output}: only {known} can be written", f"swv6 say ... -o {output.with_suffix('.wav')}")
    if output is not None:
        from swv6.cli._writable import writable

        writable(output)
    if output is None and play is False:
        raise UsageError("--no-play without -o: nobody would hear it", "swv6 say ... -o out.wav")
    return Order(text, output, output is None if play is None else play, volume)


def _empty(text: str) -> UsageError:
    what = "emoji and signs alone are not read aloud" if text.strip() else "the text is empty"
    return UsageError(f"there is nothing to say: {what}", 'swv6 say "Bonjour"')


async def _piped() -> AsyncIterator[str]:
    """Stream standard input, an empty text for a quiet while; raises UsageError when nothing speakable came."""
    from swv6.cli._arriving import arriving

    came, first = False, ""
    async for text in arriving():
        if "\0" in text:
            raise UsageError("standard input is no text", "a sound becomes one: swv6 transcribe FILE")
        came, first = came or speakable(text), first or text.strip()
        yield text
    if not came:
        raise _empty(first)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"--file {file} is no UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"--file {file}: {error.strerror or error}", "swv6 say --file text.txt") from error


async def speak(order: Order, profile: Profile, store: Store, report: Notices) -> float:
    """Speak, and return the seconds to the first sound."""
    from swv6.cli._arriving import as_they_come
    from swv6.conversation.reading import Reading, file_speaker, whole
    from swv6.conversation.voicing import speakable as words_said
    from swv6.stages.build import build
    from swv6.stages.devices import first_that_opens, open_filters

    async with build(profile, store, report) as builder:
        with ExitStack() as stack:
            speakers = [stack.enter_context(file_speaker(order.output))] if order.output else []
            if order.play:
                speakers.append(await first_that_opens(builder, "speaker"))
            words_of = words_said(profile.language, await open_filters(builder, "text_filters"), profile.languages)
            reading = Reading(builder.chain("tts").stage, words_of, order.volume)
            if not order.play and sys.stderr.isatty():
                reading.advanced = Progress(len(order.text) if order.text else 0)
            if order.strict:
                reading.advanced = _strictly(reading.advanced, profile, report)
            if order.text is None:
                reading.cut = as_they_come
            text: AsyncIterator[str] = _piped() if order.text is None else whole(order.text)
            try:
                await reading.aloud(text, *speakers)
            except Unavailable as error:  # a single reason keeps its own exit code and hint
                raise next((e for e in error.errors if len(error.errors) == 1), error) from error
            return reading.first


def _strictly(then: Callable[[Reading], None], profile: Profile, report: Notices) -> Callable[[Reading], None]:
    """Fail after the first clause that another voice than a first one spoke, before a file takes its place."""

    def advanced(reading: Reading) -> None:
        if who := others(profile, report):
            raise BackendError(f"--strict: {who}", "swv6 doctor")
        then(reading)

    return advanced


def others(profile: Profile, report: Notices) -> str:
    """Tell that other voices spoke than the first ones; empty when none did."""
    first, used = _first_voices(profile), ", ".join(report.used)
    return "" if first.issuperset(report.used) else f"spoken by {used} instead of {profile.tts[0].backend}"


def _first_voices(profile: Profile) -> set[str]:
    """Name the voices that are the first choice, for one language or another."""
    from swv6.stages.build import named
    from swv6.stages.voices import order as ordered
    from swv6.stages.voices import tongue_of

    names, tongues = [name for name, _ in named(profile.tts)], [tongue_of(choice) for choice in profile.tts]
    return {names[ordered(tongues, language)[0]] for language in profile.languages} or {names[0]}


class Progress:
    """One line on a terminal, for long texts that are not played."""

    def __init__(self, letters: int) -> None:
        self._letters = letters
        """0 when nobody knows yet."""

    def __call__(self, reading: Reading) -> None:
        """Say how far it is; the line is gone in the end."""
        if 0 < self._letters < LONG:
            return
        done = self._letters and reading.letters >= self._letters - 2
        share = f"{min(100, 100 * reading.letters // self._letters)} %, " if self._letters else ""
        line = "" if done else f"swv6: {share}{reading.seconds:.0f} s of sound"
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
