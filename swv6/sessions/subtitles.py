"""When each thing that was said is shown: on the clock of the conversation, or on that of its WAV."""

from __future__ import annotations

from collections.abc import Iterator

from swv6.sessions.archive import Story
from swv6.sessions.turn import Span, Turn
from swv6.types import Audio

SILENCE = 0.5
"""Seconds between two sounds of a WAV."""
SHOWN = 1.0
"""Seconds that a text stands at least, where there is room: what was typed took no time."""

Cue = tuple[Span, str]


def sounds_of(turn: Turn) -> tuple[Audio, ...]:
    """Give the sounds of a turn in the order in which they are written."""
    return (*((turn.user_sound,) if turn.user_sound else ()), *turn.assistant_sounds)


def subtitles(story: Story) -> list[Cue]:
    """Give what was said with its time, in order; no two are shown at once."""
    heard = any(sounds_of(turn) for turn in story.turns)
    return _apart(list(_heard(story) if heard else _held(story)), SILENCE if heard else SHOWN)


def _held(story: Story) -> Iterator[Cue]:
    for turn in story.turns:
        yield from _texts((turn.asked, "you", turn.user), (turn.answered, "swv6", turn.assistant))


def _heard(story: Story) -> Iterator[Cue]:
    """Give each text the time of its sound; one without a sound is shown with the next that has one, or at the end."""
    at, waiting = 0.0, list[str]()
    for turn in story.turns:
        asked = (turn.user_sound,) if turn.user_sound else ()
        for who, text, sounds in (("you", turn.user, asked), ("swv6", turn.assistant, turn.assistant_sounds)):
            waiting += [said for _, said in _texts((Span(at, at), who, text))]
            if sounds:
                end = at + sum(sound.seconds for sound in sounds) + SILENCE * (len(sounds) - 1)
                if waiting:
                    yield Span(at, end), "\n".join(waiting)
                at, waiting = end + SILENCE, []
    if waiting:
        yield Span(at, at), "\n".join(waiting)


def _texts(*said: tuple[Span, str, str]) -> Iterator[Cue]:
    """Write who said it before a text; an empty line or an arrow would end a subtitle."""
    for span, who, text in said:
        if words := " ".join(text.replace("-->", "→").split()):
            yield span, f"{who}: {words}"


def _apart(cues: list[Cue], least: float) -> list[Cue]:
    """Begin each at least `least` seconds after the one before, which ends when the next begins."""
    begins = list[float]()
    for span, _ in cues:
        begins.append(max(0.0, span.start, begins[-1] + least if begins else 0.0))
    ends = [max(span.end, at + SHOWN) for (span, _), at in zip(cues, begins, strict=True)]
    ends = [min(end, following) for end, following in zip(ends, [*begins[1:], float("inf")], strict=False)]
    return [(Span(at, end), text) for at, end, (_, text) in zip(begins, ends, cues, strict=True)]
