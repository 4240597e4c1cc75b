"""The default model with a short memory: what was told in a turn that was dropped is summed up, and known."""

from __future__ import annotations

import anyio
import pytest

from swv6.conversation.history import History
from swv6.conversation.room import Room
from swv6.conversation.summarising import Summariser
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.telemetry.events import ReplyEnded, nobody
from tests.plugins_builtin.weights import weights

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
TOLD = (
    ("Bonjour, je m'appelle Camille et j'habite à Grenoble.", "Bonjour Camille !"),
    ("Donne-moi une idée de dîner.", "Une soupe de légumes."),
)
LATER = ("Raconte-moi une blague.", "Un fou repeint son plafond. Un autre arrive : accroche-toi au pinceau !")


async def test_a_name_outlives_the_turn_in_which_it_was_told() -> None:
    weights("qwen2.5-coder-1.5b-instruct", "gguf")
    over = ReplyEnded(1, "oui", "ok", 0, 0, 0, 0)
    async with build(resolve("default", ["llm.xllamacpp.temperature=0"]), Store(), nobody) as builder:
        llm = builder.chain("llm").stage
        await builder.open("llm")
        counting = builder.counting()
        assert counting is not None
        history = History("Réponds en une phrase.", room=Room(100, 0.5, counting.count_tokens))
        async with anyio.create_task_group() as tasks:
            summing = Summariser(llm, tasks, "fr")
            summing.remember(history)
            for question, answer in TOLD:
                history.asked(question)
                history.answered(answer)
            assert history.wants_summary
            summing.hearing(nobody)(over)
        print(history.next_summary)
        assert "Camille" in history.next_summary
        history.asked(LATER[0])
        history.answered(LATER[1])
        chat = history.with_question("Comment est-ce que je m'appelle ?")
        print(chat)
        assert not any("Camille" in message.text for message in chat[1:]), "its turn was dropped"
        assert history.summary in chat[0].text
        assert "je m'appelle Camille" in chat[0].text
        said = "".join([delta async for delta in llm(chat)])
    assert "Camille" in said
