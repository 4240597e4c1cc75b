"""Events -> counters and histograms for Prometheus: base units, and labels that only a profile's backends can fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from swv6.telemetry import events
from swv6.telemetry.stamps import Stamped

SECONDS = (0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
"""Upper ends of the buckets; the budgets of the profile come between them."""


class Metrics:
    """A listener that counts; `registry` is what is served."""

    def __init__(self, budget: Mapping[str, float]) -> None:
        """Count against a budget: `total`, `stt`, `llm`, `tts`, in seconds."""
        self.registry = CollectorRegistry()
        made: dict[str, Any] = {"registry": self.registry}
        near: dict[str, Any] = {**made, "buckets": sorted({*SECONDS, *budget.values()})}
        of = ("stage", "backend")
        self.first: Any = _Of(Histogram("swv6_stage_first_item_seconds", "To a stage's first item.", of, **near))
        self.whole: Any = _Of(Histogram("swv6_stage_seconds", "To the end of a stage's answer.", of, **near))
        self.asked = _Of(Counter("swv6_stage_requests", "Answers of stages, by outcome.", (*of, "outcome"), **made))
        self.passed = _Of(Counter("swv6_fallbacks", "Backends passed over, or skipped.", (*of, "skipped"), **made))
        self.cache = _Of(Counter("swv6_cache_requests", "Questions to caches.", (*of, "result"), **made))
        self.loaded = _Of(Gauge("swv6_model_load_seconds", "What the last opening of a backend took.", of, **made))
        self.response = Histogram("swv6_response_seconds", "From the decision that a turn ended to sound.", **near)
        self.voice = Histogram("swv6_voice_to_voice_seconds", "From the last speech to the first sound.", **near)
        self.turns = Counter("swv6_turns", "Turns that ended.", **made)
        self.replies = _Of(Counter("swv6_replies", "Replies, by outcome.", ("outcome",), **made))
        self.guesses = _Of(Counter("swv6_guesses", "Answers prepared in pauses.", ("result",), **made))
        self.barged = _Of(Counter("swv6_barge_ins", "Speech over answers.", ("result",), **made))
        self.tools = _Of(Counter("swv6_tool_calls", "Calls of tools.", ("tool", "outcome"), **made))
        self.losses = _Of(Counter("swv6_device_losses", "Devices lost.", ("device",), **made))
        self.lost = _Of(Gauge("swv6_device_lost", "1 while a device is lost.", ("device",), **made))
        limits = Gauge("swv6_budget_seconds", "What the profile allows.", ("stage",), **made)
        for stage, seconds in budget.items():
            limits.labels(stage).set(seconds)
        for outcome in ("ok", "failed", "interrupted", "empty"):
            self.replies(outcome)
        for device in ("microphone", "speaker"):
            self.lost(device).set(0)
            self.losses(device)
        self._doing: dict[type, Callable[[Any], None]] = {
            events.StageFirst: lambda e: self.first(e.kind, e.backend).observe(e.after),
            events.StageEnded: self._stage_ended,
            events.FellBack: lambda e: self.passed(e.kind, e.backend, str(e.skipped).lower()).inc(),
            events.CacheUsed: lambda e: self.cache(e.kind, e.backend, "hit" if e.hit else "miss").inc(),
            events.ModelLoaded: lambda e: self.loaded(e.kind, e.backend).set(e.seconds),
            events.FirstSound: self._first_sound,
            events.TurnEnded: lambda e: self.turns.inc(),
            events.ReplyEnded: lambda e: self.replies(e.outcome).inc(),
            events.Guessed: lambda e: self.guesses("adopted" if e.adopted else "wasted").inc(),
            events.BargedIn: lambda e: self.barged("interrupted" if e.interrupted else "aside").inc(),
            events.ToolCalled: lambda e: self.tools(e.tool, e.outcome).inc(),
            events.DeviceLost: self._device_lost,
            events.DeviceBack: lambda e: self.lost(e.kind).set(0),
        }

    def __call__(self, stamped: Stamped) -> None:
        """Count one event."""
        if (do := self._doing.get(type(stamped.event))) is not None:
            do(stamped.event)

    def _stage_ended(self, event: events.StageEnded) -> None:
        self.asked(event.kind, event.backend, event.outcome).inc()
        if event.outcome == "ok":
            self.whole(event.kind, event.backend).observe(event.total)

    def _first_sound(self, event: events.FirstSound) -> None:
        self.response.observe(event.after_decision)
        if event.after_speech:  # 0 when the question was typed
            self.voice.observe(event.after_speech)

    def _device_lost(self, event: events.DeviceLost) -> None:
        self.losses(event.kind).inc()
        self.lost(event.kind).set(1)


class _Of:
    """A metric's children by their labels: looked up in a third of the library's time."""

    def __init__(self, metric: Any) -> None:
        self._metric = metric
        self._children: dict[tuple[str, ...], Any] = {}

    def __call__(self, *labels: str) -> Any:
        child = self._children.get(labels)
        if child is None:
            child = self._children[labels] = self._metric.labels(*labels)
        return child
