from __future__ import annotations

import pytest

from swv6.errors import BackendError, Unavailable
from swv6.profiles.settings import Settings
from swv6.stages.answers.apology import Apologised, apologetic, apology
from swv6.stages.answers.refusals import Refused, unless_refused
from swv6.stages.answers.shape import shaped
from swv6.stages.fallback import Broken, first_of
from swv6.telemetry.events import FellBack
from swv6.types import Message
from tests.conversation.fakes import Log, Thinker
from tests.stages.fakes import collect, fake

pytestmark = pytest.mark.anyio
REFUSAL = "Je suis désolé, mais je ne peux pas vous aider avec cela."
CHAT = (Message("user", "?"),)


@pytest.mark.parametrize("cuts", [1, 3, 100])
async def test_a_refusal_is_raised_however_it_is_cut(cuts: int) -> None:
    deltas = [REFUSAL[i : i + cuts] for i in range(0, len(REFUSAL), cuts)]
    with pytest.raises(Refused, match="désolé"):
        await collect(unless_refused(fake(*deltas))("?"))


async def test_an_answer_leaves_with_its_first_delta() -> None:
    assert await collect(unless_refused(fake("Il ", "est midi."))("?")) == ["Il ", "est midi."]


async def test_what_only_begins_like_a_refusal_is_an_answer() -> None:
    text = ["Je suis", " désolé,", " il pleut", " encore."]
    assert "".join(await collect(unless_refused(fake(*text))("?"))) == "".join(text)
    assert await collect(unless_refused(fake("Je suis"))("?")) == ["Je suis"]


async def test_refused_or_empty_goes_to_the_next_model_and_the_last_one_may_refuse() -> None:
    answer = Settings().answer
    first, second = Thinker([REFUSAL]), Thinker(["<think>Hm.</think>", "\n"])
    third = Thinker(["Oui."])
    log = Log()
    chain = [
        ("a", shaped(first, answer)),
        ("b", shaped(second, answer)),
        ("c", shaped(third, answer, "fr")),
    ]
    assert "".join([d async for d in first_of(chain, "llm", log, True)(CHAT)]) == "Oui."
    assert [event.backend for event in log.of(FellBack) if isinstance(event, FellBack)] == ["a", "b"]
    alone = first_of([("a", shaped(first, answer, "fr"))], "llm", log, True)
    assert "".join([d async for d in alone(CHAT)]) == REFUSAL


async def test_the_last_model_refuses_in_no_other_language() -> None:
    model = shaped(Thinker(["I'm sorry, but I can't help with that."]), Settings().answer, "fr-CA")
    stream = apologetic(first_of([("a", model)], "llm", Log(), True), "fr-CA")(CHAT)
    assert (await anext(stream)).strip() == apology("fr")
    with pytest.raises(Apologised, match="refused"):
        await anext(stream)


async def test_when_none_can_answer_an_apology_is_said_and_the_reason_kept() -> None:
    stream = apologetic(first_of([("a", fake())], "llm", Log(), True), "fr")("?")
    assert (await anext(stream)).strip() == apology("fr-CA") == "Désolé, je n'arrive pas à répondre."
    with pytest.raises(Apologised, match="answered nothing") as raised:
        await anext(stream)
    assert isinstance(raised.value.__cause__, Unavailable)


async def test_the_rest_of_a_chain_apologises_too() -> None:
    dies = fake("Il ", BackendError("killed"))
    stream = apologetic(first_of([("a", dies), ("b", fake())], "llm", Log(), True), "en")("?")
    assert await anext(stream) == "Il "
    with pytest.raises(Broken) as broken:
        await anext(stream)
    assert broken.value.rest is not None
    assert (await anext(broken.value.rest("?"))).strip() == "Sorry, I cannot answer right now."
