"""What each event changes, and in which sections that is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from swv6.telemetry import events
from swv6.telemetry.stamps import Stamped

if TYPE_CHECKING:
    from swv6.dashboard.conversation import Conversation

Do: TypeAlias = "Callable[[Conversation, Any, Stamped], object]"


def _began(on: Conversation, event: events.SessionBegan, stamped: Stamped) -> None:
    on.began, on.ended = stamped.at, None
    on.moment.profile, on.moment.language, on.moment.state = event.profile, event.language, "listening"


def _session_ended(on: Conversation, event: events.SessionEnded, stamped: Stamped) -> None:
    on.ended = stamped.at
    on.moment.changed("ended")


def _level(on: Conversation, event: events.Level, stamped: Stamped) -> None:
    on.level = event.rms


def _muted(on: Conversation, event: events.Muted, stamped: Stamped) -> None:
    on.moment.muted, on.level = event.on, 0.0


def _heard_so_far(on: Conversation, event: events.HeardSoFar, stamped: Stamped) -> None:
    if on.moment.transcripts:
        on.moment.heard = event.text


def _decided(on: Conversation, event: events.TurnEnded, stamped: Stamped) -> None:
    turn = on.turns.of(event.turn)
    turn.decided, turn.silence = stamped.at, event.silence
    turn.typed = bool(event.typed)
    on.counts.turns += 1


def _understood(on: Conversation, event: events.TurnHeard, stamped: Stamped) -> None:
    on.turns.heard(event)
    if on.moment.transcripts:
        on.moment.heard = event.text


def _sounded(on: Conversation, event: events.FirstSound, stamped: Stamped) -> None:
    turn = on.turns.of(event.turn)
    if turn.first:
        return
    turn.first, turn.voice = event.after_decision, event.after_speech
    if event.after_speech:  # 0 when the question was typed
        on.times["voice"].add(stamped.at - on.began, event.after_speech)


def _answered(on: Conversation, event: events.ReplyEnded, stamped: Stamped) -> None:
    on.turns.answered(event)
    if on.counts.judge(event):
        heard = () if on.turns.of(event.turn).typed else ("stt",)
        for name in ("total", *heard, "llm", "tts"):
            on.times[name].add(stamped.at - on.began, getattr(event, name))


def _ended(on: Conversation, event: events.StageEnded, stamped: Stamped) -> None:
    on.backends.ended(event)
    on.turns.stage(stamped.turn, stamped.at, event)


def _fell_back(on: Conversation, event: events.FellBack, stamped: Stamped) -> None:
    on.backends.fell_back(event)
    on.counts.others["passed"] += 1
    on.incident(stamped, "skipped" if event.skipped else "passed", kind=event.kind, backend=event.backend)


def _breaker(on: Conversation, event: events.BreakerChanged, stamped: Stamped) -> None:
    if on.backends.breaker(event.kind, event.backend, event.state):  # unless the probes saw it first
        on.incident(stamped, event.state, kind=event.kind, backend=event.backend)


def _lost(on: Conversation, event: events.DeviceLost, stamped: Stamped) -> None:
    on.devices.lost(event.kind)
    on.incident(stamped, "lost", kind=event.kind)


def _back(on: Conversation, event: events.DeviceBack, stamped: Stamped) -> None:
    on.devices.named(event.kind, event.name)
    on.incident(stamped, "back", kind=event.kind)


def _count(name: Callable[[Any], str]) -> Do:
    def do(on: Conversation, event: Any, stamped: Stamped) -> None:
        on.counts.others[name(event)] += 1

    return do


DOING: dict[type, tuple[Do, tuple[str, ...]]] = {
    events.SessionBegan: (_began, ("now",)),
    events.SessionEnded: (_session_ended, ("now",)),
    events.StateChanged: (lambda on, event, stamped: on.moment.changed(event.state), ("now",)),
    events.Level: (_level, ("level",)),
    events.Muted: (_muted, ("now", "level")),
    events.HeardSoFar: (_heard_so_far, ("now",)),
    events.TurnHeard: (_understood, ("now", "turns")),
    events.ReplyText: (lambda on, event, stamped: on.moment.saying(event), ("now",)),
    events.TurnEnded: (_decided, ("turns", "counts")),
    events.FirstSound: (_sounded, ("turns", "series")),
    events.ReplyEnded: (_answered, ("turns", "series", "counts")),
    events.StageEnded: (_ended, ("turns", "backends")),
    events.ModelLoaded: (lambda on, event, stamped: on.backends.loaded(event), ("backends",)),
    events.CacheUsed: (lambda on, event, stamped: on.backends.asked_cache(event), ("backends",)),
    events.FellBack: (_fell_back, ("backends", "counts")),
    events.BreakerChanged: (_breaker, ("backends", "counts")),
    events.DeviceLost: (_lost, ("devices", "counts")),
    events.DeviceBack: (_back, ("devices", "counts")),
    events.BargedIn: (_count(lambda event: "interrupted" if event.interrupted else "aside"), ("counts",)),
    events.Guessed: (_count(lambda event: "adopted" if event.adopted else "wasted"), ("counts",)),
    events.ToolCalled: (_count(lambda event: "tools" if event.outcome == "ok" else "tools_failed"), ("counts",)),
}
"""Event -> (what it does, the sections to be read again)."""
