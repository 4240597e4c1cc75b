"""Events -> what the page shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swv6.dashboard.conversation import Conversation
from swv6.dashboard.moment import later
from swv6.telemetry import events as e
from swv6.telemetry.probes import Reading
from swv6.telemetry.stamps import Stamped

pytestmark = pytest.mark.anyio
BUDGET = {"total": 1.2, "stt": 0.4, "llm": 0.5, "tts": 0.2}
SECRET = "le code est quatre-vingt-sept"


def turn(number: int, outcome: str = "ok", total: float = 0.6) -> list[tuple[float, e.Event]]:
    """Give (seconds since its decision, what happens) of one turn."""
    return [
        (-1.0, e.StateChanged("hearing")),
        (-0.6, e.HeardSoFar(SECRET)),
        (0.0, e.TurnEnded(number, 0.5)),
        (0.0, e.StateChanged("thinking")),
        (0.1, e.StageEnded("stt", "prism", 0.3, 0.3, "ok")),
        (0.1, e.TurnHeard(number, SECRET, "prism", 0.3)),
        (0.2, e.CacheUsed("tts", "kokoro", hit=number % 2 == 0)),
        (total, e.FirstSound(number, total, total + 0.5, thinking=True)),
        (total, e.StateChanged("speaking")),
        (total, e.ReplyText(number, SECRET)),
        (1.0, e.StageEnded("llm", "xllamacpp", 0.2, 0.9, "ok")),
        (2.0, e.StageEnded("tts", "kokoro", 0.1, 0.2, "ok")),
        (3.0, e.ReplyEnded(number, SECRET, outcome, 0.3, 0.2, 0.1, total if outcome != "failed" else 0.0)),
        (3.0, e.StateChanged("listening")),
    ]


async def seen(on: Conversation) -> dict[str, Any]:
    """Give every section, as a page would read it."""
    return {name: json.loads(data) for name, data in (await on.board.news({})).items()}


def told(*turns: Sequence[tuple[float, e.Event]], transcripts: bool = False) -> Conversation:
    """Play turns, ten seconds apart."""
    on = Conversation(BUDGET, transcripts, lambda: 100.0)
    on(Stamped(e.SessionBegan("demo", "fr"), "s", 0, 100.0))
    for number, each in enumerate(turns, start=1):
        for after, event in each:
            on(Stamped(event, "s", number, 100.0 + 10 * number + after))
    return on


async def test_a_turn_is_a_picture_around_its_decision() -> None:
    found = (await seen(told(turn(1))))["turns"]
    assert found == [
        {
            "turn": 1, "silence": 500, "first": 600, "voice": 1100, "outcome": "ok",
            "stt": 300, "llm": 200, "tts": 100, "total": 600,
            "spans": [["stt", "prism", -200, 100, 100, "ok"], ["llm", "xllamacpp", 100, 300, 1000, "ok"]],
        }
    ]  # fmt: skip


async def test_what_happens_now() -> None:
    found = await seen(told(turn(1)[:4]))
    assert (found["now"]["state"], found["now"]["profile"], found["now"]["elapsed"]) == ("thinking", "demo", 0)
    assert found["turns"][0]["outcome"] == ""
    assert found["now"]["budget"] == BUDGET


async def test_time_goes_on_for_who_looks_later_and_stops_at_the_end() -> None:
    now = [100.0]
    on = Conversation(BUDGET, False, lambda: now[0])
    on(Stamped(e.SessionBegan("demo", "fr"), "s", 0, 100.0))
    shown = list[float]()
    for at, event in ((110.0, None), (170.0, None), (180.0, e.SessionEnded()), (500.0, None)):
        now[0] = at
        if event:
            on(Stamped(event, "s", 0, at))
        shown.append((await seen(on))["now"]["elapsed"])
    assert shown == [10, 70, 80, 80]


def test_a_moment_goes_on_where_it_is_relayed() -> None:
    now = {"state": "listening", "elapsed": 3.0}
    assert later(now, 2.5) == {"state": "listening", "elapsed": 5.5}
    assert later({**now, "state": "ended"}, 2.5)["elapsed"] == 3.0


async def test_what_was_typed_has_no_transcript() -> None:
    typed: list[tuple[float, e.Event]] = [
        (0.0, e.TurnEnded(2, 0.0, SECRET)),
        (0.5, e.FirstSound(2, 0.5, 0.0, thinking=True)),
        (2.0, e.ReplyEnded(2, SECRET, "ok", 0.001, 0.3, 0.2, 0.5)),
    ]
    found = await seen(told(turn(1), typed))
    assert [found["series"][name]["whole"][0] for name in ("total", "stt", "llm", "tts")] == [2, 1, 2, 2]
    assert ["stt" in each for each in found["turns"]] == [True, False]
    assert SECRET not in json.dumps(found, ensure_ascii=False)


async def test_figures() -> None:
    found = await seen(told(turn(1), turn(2, total=2.0), turn(3, "failed")))
    counts, (stt, llm, tts) = found["counts"], found["backends"]
    assert (counts["turns"], counts["answered"], counts["failed"]) == (3, 2, 1)
    assert [row["kind"] for row in (stt, llm, tts)] == ["stt", "llm", "tts"]
    assert (tts["ok"], tts["hits"], tts["misses"]) == (3, 1, 2)
    assert found["series"]["total"]["whole"][0] == 2
    assert abs(found["series"]["total"]["whole"][2] - 2000) < 50


async def test_a_repeat_is_no_other_answer() -> None:
    repeat = (20.0, e.ReplyEnded(1, SECRET, "ok", 0.3, 0.2, 0.1, 0.6))
    counts = (await seen(told([*turn(1), repeat])))["counts"]
    assert counts["answered"] == 1


async def test_what_goes_wrong_is_listed_without_its_words() -> None:
    wrong: list[tuple[float, e.Event]] = [
        (0.0, e.FellBack("llm", "openai", SECRET)),
        (0.0, e.BreakerChanged("llm", "openai", "open")),
        (0.0, e.BreakerChanged("llm", "openai", "open")),
        (0.0, e.FellBack("llm", "openai", SECRET, skipped=True)),
        (0.0, e.DeviceLost("microphone", SECRET)),
        (0.0, e.DeviceBack("microphone", "USB")),
        (0.0, e.Notice(SECRET)),
    ]
    found = await seen(told(wrong))
    assert [each["what"] for each in found["counts"]["incidents"]] == ["back", "lost", "skipped", "open", "passed"]
    assert (found["backends"][0]["breaker"], found["backends"][0]["passed"]) == ("open", 2)
    assert found["devices"][0] == {"kind": "microphone", "name": "USB", "lost": False, "losses": 1}
    assert SECRET not in json.dumps(found, ensure_ascii=False)


async def test_what_is_said_is_sent_only_where_that_is_allowed() -> None:
    hidden, shown = told(turn(1), turn(2)), told(turn(1), turn(2), transcripts=True)
    assert SECRET not in json.dumps(await seen(hidden), ensure_ascii=False)
    assert SECRET not in repr((hidden.moment, hidden.turns._turns, hidden.counts.incidents))  # nor kept, but by events
    found = await seen(shown)
    assert found["now"]["heard"] == found["now"]["answer"] == found["turns"][0]["said"] == SECRET


async def test_the_machine() -> None:
    on = told()
    on.machine.take(
        [
            Reading("swv6_resident_memory_bytes", 5.0),
            Reading("swv6_gpu_memory_bytes", 7.0, ("0",)),
            Reading("swv6_queue_depth", 1, ("llm",)),
        ]
    )
    found = (await seen(on))["machine"]
    assert (found["rss"], found["cards"], found["queues"]) == (5, [{"card": "0", "memory": 7}], {"llm": 1})


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[int, e.Event]]:
    """Give anything that may happen, in any order, of turns with any number."""
    number, kind = st.integers(0, 10**6), st.sampled_from(["stt", "llm", "tts", "microphone"])
    name, text, time = st.text(max_size=3), st.text(max_size=2000), st.floats(0, 1e5)
    event: st.SearchStrategy[e.Event] = st.one_of(
        st.builds(e.TurnEnded, number, time),
        st.builds(e.HeardSoFar, text),
        st.builds(e.TurnHeard, number, text, name, time),
        st.builds(e.ReplyText, number, text),
        st.builds(e.FirstSound, number, time, time, st.booleans()),
        st.builds(e.ReplyEnded, number, text, st.sampled_from(["ok", "failed", "empty"]), time, time, time, time),
        st.builds(e.StageEnded, kind, name, time, time, st.sampled_from(["ok", "failed", "cancelled"])),
        st.builds(e.FellBack, kind, name, text),
        st.builds(e.CacheUsed, kind, name, st.booleans()),
        st.builds(e.BreakerChanged, kind, name, st.sampled_from(["open", "closed"])),
        st.builds(e.DeviceLost, kind, text),
        st.builds(e.ToolCalled, text, st.sampled_from(["ok", "late"]), time),
    )
    return draw(st.lists(st.tuples(number, event), max_size=60))


@given(stories())
@settings(max_examples=60)
async def test_any_story_can_be_shown(story: list[tuple[int, e.Event]]) -> None:
    on = Conversation(BUDGET, True, lambda: 0.0)
    for at, (number, event) in enumerate(story):
        on(Stamped(event, "s", number, float(at)))
    await seen(on)


async def test_what_is_kept_does_not_grow_with_the_turns() -> None:
    on = Conversation(BUDGET, True, lambda: 100.0)
    sizes = list[int]()
    for number in range(1, 2001):
        for after, event in turn(number, "ok" if number % 7 else "failed", 0.3 + number % 11 / 10):
            on(Stamped(event, "s", number, 100.0 + 10 * number + after))
        on(Stamped(e.FellBack("llm", "openai", "x"), "s", number, 100.0 + 10 * number))
        if number % 500 == 0:
            sizes.append(sum(len(json.dumps(section)) for section in (await seen(on)).values()))
    assert max(sizes) < 20_000
    assert sizes[-1] < sizes[0] * 1.5
