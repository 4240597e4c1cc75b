from __future__ import annotations

import json
from collections.abc import Sequence

import anyio
import anyio.lowlevel
import pytest
from pydantic import BaseModel, Field

from swv6.errors import BackendError
from swv6.plugins import Call, Scene, Tool
from swv6.stages.tools.calling import SORRY, Toolbox, with_tools
from swv6.stages.tools.timers import Timers
from swv6.telemetry.events import ReplyText
from swv6.types import Chat, Message
from tests.conversation.fakes import Log, Thinker

pytestmark = pytest.mark.anyio


class Amount(BaseModel):
    """Of whatever."""

    amount: int = Field(ge=0, le=10)


async def doubled(arguments: Amount, scene: Scene) -> str:
    """Double."""
    return f"{arguments.amount * 2}"


async def hangs(arguments: Amount, scene: Scene) -> str:
    """Never return."""
    await anyio.sleep_forever()
    raise AssertionError


async def breaks(arguments: Amount, scene: Scene) -> str:
    """Break."""
    raise RuntimeError("secret")


async def endless(arguments: Amount, scene: Scene) -> str:
    """Say too much."""
    return "mot " * 5000


def tool(run: object = doubled, **more: object) -> Tool:
    """Make a tool that is triggered by "double"."""
    return Tool("double", "doubles", Amount, run, (r"\bdouble\b",), **more)  # type: ignore[arg-type]


async def answered(tools: Sequence[Tool], question: str, call: Call | Exception | None) -> tuple[str, Thinker, int]:
    """Ask a question; also give the model, and how often it was asked to choose."""
    model, asked = Thinker(["de mémoire"]), list[Chat]()

    async def choose(chat: Chat, tools: Sequence[Tool]) -> Call | None:
        asked.append(chat)
        if isinstance(call, Exception):
            raise call
        return call

    async with anyio.create_task_group() as tasks:
        stage = with_tools(model, Toolbox(tools, choose, "fr", Timers(tasks)))
        said = "".join([d async for d in stage((Message("system", "s"), Message("user", question)))])
    return said, model, len(asked)


def call(amount: object) -> Call:
    """Choose the tool."""
    return Call("double", json.dumps({"amount": amount}))


async def test_a_tool_answers_and_the_model_is_not_asked() -> None:
    said, model, chosen = await answered([tool()], "Le DOUBLE de 4 ?", call(4))
    assert (said, model.asked, chosen) == ("8", [], 1)


async def test_an_ordinary_question_is_not_looked_at_twice() -> None:
    assert (await answered([tool()], "Raconte une histoire.", call(4)))[0::2] == ("de mémoire", 0)


@pytest.mark.parametrize("choice", [None, BackendError("died"), Call("other", "{}")])
async def test_without_a_usable_choice_the_model_answers(choice: Call | Exception | None) -> None:
    assert (await answered([tool()], "Le double ?", choice))[0::2] == ("de mémoire", 1)


async def test_arguments_that_the_question_says_are_not_asked_of_the_model() -> None:
    sure = tool(read=lambda question: {"amount": 3} if "trois" in question else None)
    assert (await answered([sure], "Le double de trois ?", call(4)))[0::2] == ("6", 0)
    assert (await answered([sure], "Le double ?", call(4)))[0::2] == ("8", 1)


async def test_a_reader_that_breaks_leaves_it_to_the_model() -> None:
    def broken(question: str) -> dict[str, object] | None:
        raise RuntimeError

    assert (await answered([tool(read=broken)], "Le double ?", call(4)))[0::2] == ("8", 1)


@pytest.mark.parametrize("amount", [11, "beaucoup", None])
async def test_wrong_arguments_end_in_an_apology(amount: object) -> None:
    assert (await answered([tool()], "Le double ?", call(amount)))[0] == SORRY["fr"]["wrong"]


@pytest.mark.parametrize("why", ["", "Moins de rien ne se double pas."])
async def test_arguments_that_were_not_said_end_in_an_apology(why: str) -> None:
    def said(arguments: Amount, scene: Scene) -> None:
        if str(arguments.amount) not in scene.said:
            raise ValueError(why)

    checked = tool(check=said)
    assert (await answered([checked], "Le double de 3 ?", call(3)))[0] == "6"
    assert (await answered([checked], "Le double de moins trois ?", call(3)))[0] == (why or SORRY["fr"]["wrong"])


async def test_a_check_that_breaks_ends_in_an_apology() -> None:
    def broken(arguments: Amount, scene: Scene) -> None:
        raise RuntimeError("secret")

    assert (await answered([tool(check=broken)], "Le double ?", call(1)))[0] == SORRY["fr"]["failed"]


async def test_a_tool_that_hangs_ends_in_an_apology() -> None:
    assert (await answered([tool(hangs, timeout=0.01)], "Le double ?", call(1)))[0] == SORRY["fr"]["late"]


async def test_a_tool_that_breaks_ends_in_an_apology_without_its_words() -> None:
    assert (await answered([tool(breaks)], "Le double ?", call(1)))[0] == SORRY["fr"]["failed"]


async def test_a_result_is_bounded_and_its_phrase_comes_first() -> None:
    said = (await answered([tool(endless, meanwhile="Un instant.")], "Le double ?", call(1)))[0]
    assert said.startswith("Un instant. mot")
    assert len(said) < 450


async def test_a_timer_counts_only_when_its_answer_is_heard() -> None:
    said = list[str]()

    async def say(words: str) -> None:
        said.append(words)

    async with anyio.create_task_group() as tasks:
        timers, log = Timers(tasks, say), Log()
        report = timers.hearing(log)
        timers.later(0.0, "jamais")
        timers.forget()
        report(ReplyText(1, "Oui."))
        timers.later(0.0, "maintenant")
        assert said == []
        report(ReplyText(2, "C'est parti."))
        await anyio.sleep(0.05)
        timers.later(3600.0, "trop tard")
        report(ReplyText(3, "C'est parti."))
        await anyio.lowlevel.checkpoint()
        timers.close()
    assert said == ["maintenant"]
    assert len(log.events) == 3
