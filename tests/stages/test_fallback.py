from __future__ import annotations

import pytest

from swv6.errors import BackendError, Unavailable
from swv6.stages.breaker import guarded
from swv6.stages.fallback import Broken, first_of
from swv6.stages.streams import owned
from swv6.telemetry.events import FellBack
from swv6.types import Stage
from tests.stages.fakes import Clock, Events, Fake, collect, fake

pytestmark = pytest.mark.anyio


async def test_the_first_that_answers_is_the_only_one_asked() -> None:
    first, second, events = fake("a", "b"), fake("c"), Events()
    chain = first_of([("one", first), ("two", second)], "llm", events)
    assert await collect(chain("x")) == ["a", "b"]
    assert (first.asked, second.asked, events) == (["x"], [], [])


async def test_the_next_is_asked_only_while_nothing_was_given() -> None:
    events = Events()
    chain = first_of([("one", fake(OSError("refused\nmore"))), ("two", fake("b"))], "llm", events)
    assert await collect(chain("x")) == ["b"]
    assert events == [FellBack("llm", "one", "refused")]


async def test_when_all_fail_the_error_carries_each() -> None:
    one, two = OSError("refused"), BackendError("no voice")
    chain = first_of([("one", fake(one)), ("two", fake(two))], "tts", Events())
    with pytest.raises(Unavailable, match=r"refused[\s\S]*no voice") as caught:
        await collect(chain("x"))
    assert caught.value.errors == (one, two)


async def test_the_last_one_is_told_by_the_error_alone() -> None:
    events, refused = Events(), BackendError("http://here: refused", "start that server")
    with pytest.raises(Unavailable) as alone:
        await collect(first_of([("one", fake(refused))], "llm", events)("x"))
    assert str(alone.value) == "no llm backend could answer: http://here: refused\n  -> start that server"
    with pytest.raises(Unavailable) as both:
        await collect(first_of([("one", fake(refused)), ("two", fake(KeyError()))], "llm", events)("x"))
    assert str(both.value).splitlines() == [
        "no llm backend could answer", "  http://here: refused", "  KeyError", "  -> swv6 doctor",
    ]  # fmt: skip
    assert events == [FellBack("llm", "one", "http://here: refused")]


async def test_a_failure_is_traced_at_the_level_of_debugging(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", "swv6.stages"):
        await collect(first_of([("one", fake(OSError("refused"))), ("two", fake("b"))], "llm", Events())("x"))
    (record,) = caplog.records
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], OSError)


async def test_a_break_after_an_item_carries_the_rest_of_the_chain() -> None:
    first, second, third = fake("a", OSError("gone")), fake(OSError("down")), fake("c")
    events = Events()
    chain = first_of([("one", first), ("two", second), ("three", third)], "llm", events)
    async with owned(chain("x")) as items:
        assert await anext(items) == "a"
        with pytest.raises(Broken, match="gone") as caught:
            await anext(items)
    assert (second.asked, third.asked) == ([], [])
    assert caught.value.rest is not None
    assert [item async for item in caught.value.rest("x")] == ["c"]
    assert [e.backend for e in events if isinstance(e, FellBack)] == ["one", "two"]


async def test_the_rest_of_a_broken_chain_still_knows_the_first_error() -> None:
    gone = OSError("gone")
    chain = first_of([("one", fake("a", gone)), ("two", fake(OSError("down")))], "llm", Events())
    with pytest.raises(Broken) as caught:
        await collect(chain("x"))
    assert caught.value.rest is not None
    with pytest.raises(Unavailable) as end:
        await collect(caught.value.rest("x"))
    assert [str(e) for e in end.value.errors] == ["gone", "down"]


async def test_the_last_backend_leaves_no_rest() -> None:
    with pytest.raises(Broken) as caught:
        await collect(first_of([("one", fake("a", OSError("gone")))], "llm", Events())("x"))
    assert caught.value.rest is None


@pytest.mark.parametrize(("strict", "expected"), [(False, []), (True, ["b"])])
async def test_complaint_25_an_empty_answer_is_a_failure_only_where_asked(strict: bool, expected: list[str]) -> None:
    chain = first_of([("one", fake()), ("two", fake("b"))], "tts", Events(), empty_is_failure=strict)
    assert await collect(chain("x")) == expected


async def test_leaving_early_closes_the_stage_and_asks_no_other() -> None:
    first, second = fake("a", "b"), fake("c")
    async with owned(first_of([("one", first), ("two", second)], "llm", Events())("x")) as items:
        assert await anext(items) == "a"
    assert (first.closed, second.asked) == (1, [])


async def test_a_resting_backend_is_reported_as_skipped() -> None:
    events = Events()
    weak: Fake = fake(OSError("refused"))
    stages: list[tuple[str, Stage[str, str]]] = [("one", guarded(weak, 1, clock=Clock())), ("two", fake("b"))]
    chain = first_of(stages, "llm", events)
    await collect(chain("x"))
    await collect(chain("y"))
    assert weak.asked == ["x"]
    assert [e.skipped for e in events if isinstance(e, FellBack)] == [False, True]
