"""One turn as a picture: what ran when, from the end of speech to the first sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from swv6.bench.turn import Points, Sequential, Turn

WIDTH = 900
"""Units of the picture; it scales with the page."""
LEFT = 70
"""Units for the names of the lanes."""
LANE = 22
"""Units a lane is high."""
WORDS = 100
"""Units for `first sound 12345`."""
BEFORE = 0.3
"""Seconds of speech shown before its end."""
LANES = ("speech", "stt", "llm", "tts")
NAMES = {"speech": "turn", "stt": "transcript", "llm": "model", "tts": "voice", "seq": "sequential"}


@dataclass(frozen=True, slots=True)
class Scale:
    """Seconds from the end of speech -> units of the picture."""

    begin: float
    end: float

    def x(self, seconds: float) -> float:
        """Give the place of a moment; what is outside stands at the edge."""
        share = (min(max(seconds, self.begin), self.end) - self.begin) / (self.end - self.begin)
        return round(LEFT + share * (WIDTH - LEFT - 10), 1)


def waterfall(turn: Turn) -> str:
    """Draw a turn as SVG; nothing when it was not answered."""
    if turn.points is None:
        return ""
    begin = min([-BEFORE, *(span.began - 0.05 for span in turn.spans)])
    sequential = turn.measures.get("sequential", 0.0)
    scale = Scale(begin, max(turn.points.audible, sequential) * 1.08 + 0.05)
    height = LANE * (len(LANES) + bool(sequential)) + 34
    inner = "".join(_drawn(turn, turn.points, scale, height))
    title = f"{escape(turn.question)}: first sound {turn.points.audible * 1e3:.0f} ms after the end of speech"
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">{inner}</svg>'


def _drawn(turn: Turn, points: Points, scale: Scale, height: int) -> Iterator[str]:
    yield from _axis(scale, height)
    yield _bar(scale, 0, scale.begin, 0.0, "speech")
    if points.decided is not None:
        yield _bar(scale, 0, 0.0, points.decided, "wait", f"turn ended after {points.decided * 1e3:.0f} ms")
    for span in turn.spans:
        lane = LANES.index(span.kind)
        faint = "" if span.used else " faint"
        told = f"{span.kind} {span.began * 1e3:.0f} to {span.ended * 1e3:.0f} ms, {span.outcome}"
        yield _bar(scale, lane, span.began, span.ended, span.kind + faint, told)
        if span.first is not None and scale.begin < span.first < scale.end:
            yield _line(scale.x(span.first), LANE * lane + 3, LANE * lane + LANE - 3, "first")
    if turn.sequential is not None and points.decided is not None:
        yield from _sequential(scale, points.decided, turn.sequential)
    for at in (0.0, points.audible):
        yield _line(scale.x(at), 0, height - 30, "mark")
    yield _first_sound(scale.x(points.audible), height - 22, points.audible)


def _first_sound(x: float, y: float, seconds: float) -> str:
    """Write its time, left of its line where there is no room right of it."""
    place = f'x="{x + 4}"' if x < WIDTH - WORDS else f'x="{x - 4}" text-anchor="end"'
    return f'<text {place} y="{y}">first sound {seconds * 1e3:.0f}</text>'


def _sequential(scale: Scale, decided: float, way: Sequential) -> Iterator[str]:
    at = decided
    for name, seconds in (("stt", way.stt), ("llm", way.llm), ("tts", way.tts + way.lead)):
        yield _bar(scale, len(LANES), at, at + seconds - 0.005, "seq", f"sequential {name} {seconds * 1e3:.0f} ms")
        at += seconds


def _axis(scale: Scale, height: int) -> Iterator[str]:
    lanes = (*LANES, "seq") if height > LANE * len(LANES) + 34 else LANES
    for number, lane in enumerate(lanes):
        yield f'<text x="0" y="{LANE * number + 15}">{NAMES[lane]}</text>'
    step = 0.2 if scale.end - scale.begin < 4 else 1.0 if scale.end - scale.begin < 20 else 5.0
    for number in range(int(scale.begin / step), int(scale.end / step) + 1):
        x = scale.x(number * step)
        if not LEFT < x < WIDTH - 30:
            continue
        yield _line(x, 0, height - 30, "")
        yield f'<text x="{x}" y="{height - 6}" text-anchor="middle">{number * step * 1e3:.0f}</text>'


def _bar(scale: Scale, lane: int, begin: float, end: float, kind: str, told: str = "") -> str:
    x, width = scale.x(begin), max(1.0, scale.x(end) - scale.x(begin))
    title = f"<title>{told}</title>" if told else ""
    place = f'x="{x}" y="{LANE * lane + 3}" width="{width:.1f}" height="{LANE - 6}"'
    return f'<rect class="{kind}" {place} rx="2">{title}</rect>'


def _line(x: float, top: float, bottom: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'
