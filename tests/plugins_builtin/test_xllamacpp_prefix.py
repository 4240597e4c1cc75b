"""What was read of a prompt before a cancel is not read again: counted in tokens, with real weights."""

from __future__ import annotations

import threading
from typing import Any

import anyio
import anyio.to_thread
import pytest

from plugins_builtin.xllamacpp import engine as module
from plugins_builtin.xllamacpp.engine import Engine, open_llm
from plugins_builtin.xllamacpp.options import XllamacppOptions
from swv6.plugins import LLM, Chat, Message
from swv6.plugins.pool import shared
from swv6.stages.streams import owned
from tests.plugins_builtin.weights import weights

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
BATCH = 16
SYSTEM = Message("system", "You are a helpful assistant.")


def listing(word: str) -> Chat:
    """A prompt of about 210 tokens."""
    return (SYSTEM, Message("user", " ".join(f"{word}{number}" for number in range(60))))


async def said(llm: LLM, chat: Chat) -> str:
    async with owned(llm(chat)) as deltas:
        return "".join([delta async for delta in deltas])


class Watched:
    """The library's server, which tells how far the prompt is read, and waits there until somebody has left."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.read = self.total = 0
        self.halfway, self.left = threading.Event(), threading.Event()

    def handle_chat_completions(self, body: dict[str, Any], receive: Any) -> None:
        def note(chunk: Any) -> Any:
            if progress := chunk.get("prompt_progress") if isinstance(chunk, dict) else None:
                self.read, self.total = progress["processed"], progress["total"]
                if self.read >= self.total / 2 and not self.halfway.is_set():
                    self.halfway.set()
                    self.left.wait(30)
            return receive(chunk)

        self._server.handle_chat_completions(body, note)


async def cancelled_halfway(engine: Engine, llm: LLM, chat: Chat, patch: pytest.MonkeyPatch) -> Watched:
    with patch.context() as patched:
        watched = Watched(engine._server)
        patched.setattr(engine, "_server", watched)
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(said, llm, chat)
                await anyio.to_thread.run_sync(watched.halfway.wait)
                scope.cancel()
        watched.left.set()
        await engine._threads.call(lambda: None)
    return watched


@pytest.mark.parametrize("between", [False, True])
async def test_what_was_read_before_a_cancel_is_not_read_again(between: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = XllamacppOptions(
        model=str(weights("smollm2-135m-instruct", "gguf")),
        threads=1,
        temperature=0.0,
        batch=BATCH,
        context=512,
        max_tokens=2,
    )
    key = ("xllamacpp", *wanted.model_dump(include=module.LOADED).items())
    async with shared(key, lambda: module._engine(wanted)) as engine, open_llm(wanted) as llm:
        watched = await cancelled_halfway(engine, llm, listing("word"), monkeypatch)
        if between:
            await said(llm, (SYSTEM, Message("user", "Say hello.")))
        await said(llm, listing("word"))
        assert watched.read < watched.total * 0.65, "it was left in the middle"
        assert engine.cached >= watched.read
        assert watched.total - engine.cached < watched.total * 0.55, "half of the prompt was left to read"
