"""Devices and detectors: the first of the profile's choices that works."""

from __future__ import annotations

from typing import Any

from swv6.audio.vad_probe import probe
from swv6.errors import DeviceError, Swv6Error
from swv6.stages.build import Builder
from swv6.stages.fallback import one_line
from swv6.stages.opening import opened
from swv6.telemetry.events import FellBack, Notice
from swv6.types import VAD


async def first_that_opens(builder: Builder, kind: str) -> Any:
    """Open a microphone or a speaker; it is closed with the builder.

    Raises DeviceError (or the only choice's own error) when none opens.
    """
    errors = list[Swv6Error]()
    choices = getattr(builder.profile, kind)
    for choice in choices:
        try:
            device = await builder.stack.enter_async_context(opened(choice, builder.store, builder.live))
        except Swv6Error as error:
            errors.append(error)
            if choice is not choices[-1]:
                builder.report(FellBack(kind, choice.backend, one_line(error)))
        else:
            if choice.offer.warning:
                builder.report(Notice(choice.offer.warning))
            return device
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
            vad: VAD = await builder.stack.enter_async_context(opened(choice, builder.store, builder.live))
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
        return vad
    raise DeviceError("no voice activity detector could be opened", 'pip install "swv6[embedded]"')


async def open_filters(builder: Builder, kind: str) -> list[Any]:
    """Open every filter of `transcript_filters` or `text_filters`, in order."""
    return [
        await builder.stack.enter_async_context(opened(choice, builder.store, builder.live))
        for choice in getattr(builder.profile, kind)
    ]
