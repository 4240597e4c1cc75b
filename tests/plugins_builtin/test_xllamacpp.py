"""The in-process language model, with real weights."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import anyio
import httpx
import pytest
import xllamacpp

from plugins_builtin.tools import clock, sums
from plugins_builtin.xllamacpp import engine as module
from plugins_builtin.xllamacpp import swv6_llm
from plugins_builtin.xllamacpp.engine import Engine, open_llm
from plugins_builtin.xllamacpp.options import XllamacppOptions
from swv6.plugins import LLM, BackendError, Counting, Message, ModelError
from swv6.plugins.pool import shared
from swv6.plugins.standing import Standstill
from swv6.plugins.standing import current as reader
from swv6.stages.streams import owned
from swv6.testing.llm import LLMContract
from tests.plugins_builtin.weights import weights

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
SYSTEM = Message("system", "You are a helpful assistant.")
HELLO = (SYSTEM, Message("user", "Say hello."))


def options(**settings: Any) -> XllamacppOptions:
    return XllamacppOptions(model=str(weights("smollm2-135m-instruct", "gguf")), threads=1, temperature=0.0, **settings)


def opened(wanted: XllamacppOptions) -> Any:
    """The engine that the stage of the same options shares."""
    key = ("xllamacpp", *wanted.model_dump(include=module.LOADED).items())
    return shared(key, lambda: module._engine(wanted))


async def said(stream: AsyncIterator[str]) -> list[str]:
    async with owned(stream) as deltas:
        return [delta async for delta in deltas]


async def cut(llm: LLM, chat: tuple[Message, ...], after: int) -> list[str]:
    heard = []
    async with owned(llm(chat)) as deltas:
        async for delta in deltas:
            heard.append(delta)
            if len(heard) == after:
                break
    return heard


class TestContract(LLMContract):
    (backend,) = swv6_llm()
    options: ClassVar = {"model": "smollm2-135m-instruct", "threads": 1, "temperature": 0.0, "max_tokens": 12}
    says = "hello"


async def test_it_streams_and_keeps_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    async with open_llm(options(max_tokens=12)) as llm:
        deltas = await said(llm(HELLO))
    assert len(deltas) > 3
    assert "hello" in "".join(deltas).lower()
    assert capfd.readouterr() == ("", "")


async def test_the_same_seed_says_the_same() -> None:
    hot = XllamacppOptions(**{**options(max_tokens=16).model_dump(), "temperature": 1.0, "seed": 7})
    async with open_llm(hot) as llm:
        first, second = await said(llm(HELLO)), await said(llm(HELLO))
    assert first == second


async def test_a_growing_conversation_is_not_read_again() -> None:
    wanted = options(max_tokens=8)
    async with open_llm(wanted) as llm, opened(wanted) as engine:
        answer = "".join(await said(llm(HELLO)))
        await said(llm((*HELLO, Message("assistant", answer), Message("user", "And again."))))
        assert engine.cached > 20


async def test_leaving_while_it_speaks_stops_it() -> None:
    async with open_llm(options(max_tokens=2000, context=4096)) as llm:
        story = (SYSTEM, Message("user", "Tell me a very long story about a dragon."))
        assert len(await cut(llm, story, after=3)) == 3
        assert "hello" in "".join(await cut(llm, HELLO, after=3)).lower()


async def test_cancel_during_prefill_frees_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = options(max_tokens=8, batch=32)
    read: list[int] = []
    reading = threading.Event()
    async with opened(wanted) as engine, open_llm(wanted) as llm:
        _watch(monkeypatch, engine, read, reading)
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(said, llm((SYSTEM, Message("user", "word " * 3000))))
                await anyio.to_thread.run_sync(reading.wait)
                scope.cancel()
        assert "hello" in "".join(await said(llm(HELLO))).lower()
    assert max(read) < 1500  # of more than 3000 tokens


def _watch(patch: pytest.MonkeyPatch, engine: Engine, read: list[int], reading: threading.Event) -> None:
    """Note how far the model reads the first prompt."""
    real = engine._server

    class Watched:
        def handle_chat_completions(self, body: dict[str, Any], receive: Any) -> None:
            def note(chunk: Any) -> Any:
                if progress := chunk.get("prompt_progress") if isinstance(chunk, dict) else None:
                    read.append(progress["processed"])
                    reading.set()
                return receive(chunk)

            real.handle_chat_completions(body, note)

    patch.setattr(engine, "_server", Watched())


async def test_conversations_run_at_the_same_time() -> None:
    answers: list[list[str]] = []
    both = anyio.Event()
    async with open_llm(options(max_tokens=40, parallel=2)) as llm:

        async def talk(text: str) -> None:
            heard: list[str] = []
            answers.append(heard)
            async with owned(llm((SYSTEM, Message("user", text)))) as deltas:
                async for delta in deltas:
                    heard.append(delta)
                    if all(answers) and len(answers) == 2:
                        both.set()
                    await both.wait()

        with anyio.fail_after(60):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(talk, "Count to ten.")
                tasks.start_soon(talk, "Say the alphabet.")


async def test_its_port_wants_the_key_and_closes() -> None:
    wanted = options()
    async with opened(wanted) as engine:
        address = engine.address
        async with httpx.AsyncClient(trust_env=False) as client:
            reply = await client.post(f"{address}/v1/chat/completions", json={"messages": []})
        assert reply.status_code == 401
    where = urlsplit(address)
    with pytest.raises(OSError), socket.create_connection((where.hostname or "", where.port or 0), timeout=2):
        pass


async def test_users_of_the_same_weights_share_one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []
    real = xllamacpp.Server

    def load(params: Any) -> Any:
        loads.append(params.model.path)
        return real(params)

    monkeypatch.setattr(xllamacpp, "Server", load)
    async with open_llm(options(max_tokens=4)) as one, open_llm(options(max_tokens=8)) as two:
        assert await said(one(HELLO))
        assert await said(two(HELLO))
    assert len(loads) == 1


async def test_a_file_that_is_no_model_is_a_model_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"GGUF but not really")
    with pytest.raises(ModelError, match=r"bad\.gguf"):
        async with open_llm(XllamacppOptions(model=str(bad))):
            pass
    assert capfd.readouterr() == ("", "")


async def test_a_conversation_that_does_not_fit_is_a_backend_error() -> None:
    async with open_llm(options(context=256)) as llm:
        with pytest.raises(BackendError, match="context") as caught:
            await said(llm((SYSTEM, Message("user", "word " * 1000))))
        assert "context" in caught.value.hint
        assert await cut(llm, HELLO, after=1)


async def test_the_default_model_knows_french() -> None:
    model = str(weights("qwen2.5-coder-1.5b-instruct", "gguf"))
    chat = [Message("user", "Bonjour, je m'appelle Camille. Combien de minutes y a-t-il dans deux heures ?")]
    async with open_llm(XllamacppOptions(model=model, language="fr", temperature=0.0)) as llm:
        first = "".join(await said(llm(tuple(chat))))
        assert "120" in first
        chat += [Message("assistant", first), Message("user", "Comment je m'appelle ?")]
        assert "Camille" in "".join(await said(llm(tuple(chat))))


async def test_it_counts_tokens_by_its_own_vocabulary() -> None:
    async with open_llm(options(context=512, max_tokens=100)) as llm:
        assert isinstance(llm, Counting)
        assert [llm.count_tokens(text) for text in ("", "Say hello.", "Say hello." * 20)] == [0, 3, 60]
        assert llm.room == 412


async def test_a_question_read_ahead_is_read_once() -> None:
    wanted = options(context=512)
    chat = (SYSTEM, Message("user", "Please tell me at great length about the rivers and the mountains of"))
    async with open_llm(wanted) as stage, opened(wanted) as engine:
        assert isinstance(stage, Counting)
        assert stage.read_ahead is not None
        await stage.read_ahead(chat)
        whole = (SYSTEM, Message("user", f"{chat[1].text} France."))
        async with owned(stage(whole)) as deltas:
            async for _ in deltas:
                pass
        assert engine.cached > stage.count_tokens(chat[1].text)


async def test_a_call_is_chosen_in_json_and_the_conversation_stays_read() -> None:
    wanted = options(context=1024, max_tokens=8)
    chat = (SYSTEM, Message("user", "The train to Rome leaves in the morning. Which city is that in?"))
    async with open_llm(wanted) as stage, opened(wanted) as engine:
        assert isinstance(stage, Counting)
        assert stage.choose is not None
        answer = "".join(await said(stage(chat)))
        tools = [clock.timer(False), sums.calculator(False)]
        for question in ("Set a timer for ten minutes.", "What is 17 times 23?"):
            asked = (*chat, Message("assistant", answer), Message("user", question))
            call = await stage.choose(asked, tools)
            if call is not None:  # so small a model may find no tool
                chosen = {tool.name: tool for tool in tools}[call.tool]
                chosen.arguments.model_validate_json(call.arguments)
        assert engine.cached > 100, "only the question is new"
        await said(stage((*chat, Message("assistant", answer), Message("user", "And then?"))))
        assert engine.cached > stage.count_tokens(chat[1].text), "the conversation is not read again"


async def test_it_stands_still_when_its_reader_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_llm(options(context=512, max_tokens=60)) as stage:
        asked, said = Standstill(), ""
        reader.set(asked)
        async with owned(stage((SYSTEM, Message("user", "Count from one to fifty.")))) as deltas:
            async for delta in deltas:
                said += delta
                if len(said) > 10 and not asked.wanted:
                    with anyio.fail_after(5):
                        await asked.ask()
                    before = len(said)
                    await anyio.sleep(0.3)
                    asked.release()
                    break
            rest = [delta async for delta in deltas]
        assert before <= len(said)
        assert len(rest) > 5, "it goes on"
