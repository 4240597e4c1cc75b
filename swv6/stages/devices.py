"""Devices and detectors: the first of the profile's choices that works."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from swv6.audio.vad_probe import probe
from swv6.errors import DeviceError, Swv6Error
from swv6.profiles.schema import Chain
from swv6.stages.build import Builder
from swv6.stages.entering import entered
from swv6.stages.fallback import one_line
from swv6.stages.keeper import Keeper
from swv6.stages.opening import opened
from swv6.stages.steady import SteadyMicrophone
from swv6.stages.steady_speaker import SteadySpeaker
from swv6.telemetry.events import Event, FellBack, Notice, Report
from swv6.types import VAD, TurnEnd, WakeWord

log = logging.getLogger("swv6.devices")


async def first_that_opens(builder: Builder, kind: str) -> Any:
    """Open a microphone or a speaker that survives the loss of its device; it is closed with the builder.

    Raises DeviceError (or the only choice's own error) when none opens.
    """
    choices, told = getattr(builder.profile, kind), Told(builder.report)
    keeper = Keeper[Any](kind, lambda: _first(builder, kind, choices, told), builder.report)
    builder.stack.callback(keeper.close)
    builder.opened[kind, "keeper"] = keeper
    await builder.tasks.start(keeper.run)
    give_up = builder.profile.devices.give_up
    if kind == "microphone":
        return SteadyMicrophone(keeper, give_up)
    speaker = SteadySpeaker(keeper, give_up, builder.profile.playback.volume)
    builder.stack.callback(speaker.close)
    builder.tasks.start_soon(speaker.run)
    return speaker


class Told:
    """Reports each thing once, however often a device is opened again."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told = set[Event]()

    def __call__(self, event: Event, /) -> None:
        """Report what is new."""
        if event not in self._told:
            self._told.add(event)
            self._report(event)


@asynccontextmanager
async def _first(builder: Builder, kind: str, choices: Chain, report: Report) -> AsyncIterator[tuple[str, Any]]:
    """Open the first choice that can be opened; gives its name and the device."""
    errors = list[Swv6Error]()
    async with AsyncExitStack() as stack:
        for choice in choices:
            try:
                device = await stack.enter_async_context(opened(choice, builder.store, builder.live))
            except Swv6Error as error:
                errors.append(error)
                if choice is not choices[-1]:
                    report(FellBack(kind, choice.backend, one_line(error)))
                continue
            if choice.offer.warning:
                report(Notice(choice.offer.warning))
            yield getattr(device, "name", "") or choice.backend, device
            return
    if len(errors) == 1:
        raise errors[0]
    raise DeviceError(f"no {kind} could be opened", next((e.hint for e in errors if e.hint), "swv6 doctor"))


async def fastest_allowed(builder: Builder) -> VAD:
    """Open the first detector that is fast enough here; the last one of the list is taken whatever it costs.

    Each is measured on 160 ms chunks against the profile's `vad_probe` (seconds).
    """
    choices = builder.profile.vad
    for choice in choices:
        try:
            vad: VAD = await entered(builder, "vad", choice)
        except Swv6Error as error:
            builder.report(FellBack("vad", choice.backend, one_line(error)))
            continue
        took, allowed = probe(vad), builder.profile.vad_probe.threshold
        if took > allowed and choice is not choices[-1]:
            reason = f"{took * 1e3:.1f} ms for 160 ms of sound, allowed {allowed * 1e3:.0f} ms"
            builder.report(FellBack("vad", choice.backend, reason))
            continue
        if choice.offer.warning:
            builder.report(Notice(choice.offer.warning))
        log.info("voice detection: %s, %.1f ms for 160 ms of sound", choice.backend, took * 1e3)
        return vad
    raise DeviceError("no voice activity detector could be opened", 'pip install "swv6[embedded]"')


async def open_turn_end(builder: Builder) -> TurnEnd | None:
    """Open the first turn-end model that opens; turns end without one, so each that does not costs a line only."""
    model: TurnEnd | None = await _first_of(builder, "turn_end", [])
    return model


async def open_wake_word(builder: Builder) -> WakeWord | None:
    """Open the first wake word that opens; None where the profile names none.

    Raises the first one's error when none opens: who asked for a wake word must not be listened to without it.
    """
    errors = list[Swv6Error]()
    word: WakeWord | None = await _first_of(builder, "wake_word", errors)
    if word is None and errors:
        raise errors[0]
    return word


async def _first_of(builder: Builder, kind: str, errors: list[Swv6Error]) -> Any:
    """Open the first choice that opens, and report those that do not."""
    for choice in getattr(builder.profile, kind):
        try:
            thing = await entered(builder, kind, choice)
        except Swv6Error as error:
            errors.append(error)
            builder.report(FellBack(kind, choice.backend, one_line(error)))
            continue
        if choice.offer.warning:
            builder.report(Notice(choice.offer.warning))
        return thing
    return None


async def open_filters(builder: Builder, kind: str) -> list[Any]:
    """Open every filter of `transcript_filters` or `text_filters`, in order."""
    return [
        await builder.stack.enter_async_context(opened(choice, builder.store, builder.live))
        for choice in getattr(builder.profile, kind)
    ]
