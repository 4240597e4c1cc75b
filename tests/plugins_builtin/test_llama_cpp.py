"""llama-cpp-python: against the real library where it is installed, else against an imitation of its interface."""

from __future__ import annotations

import importlib
import math
import sys
import threading
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import anyio
import anyio.to_thread
import pytest

from plugins_builtin.llama_cpp import swv6_llm
from plugins_builtin.llama_cpp.options import LlamaCppOptions
from plugins_builtin.tools import clock
from swv6.plugins import LLM, BackendError, Call, Message
from swv6.plugins.pool import shared
from swv6.stages.streams import owned
from swv6.testing.llm import LLMContract
from tests.plugins_builtin import fake_llama_cpp
from tests.plugins_builtin.weights import weights

REAL = find_spec("llama_cpp") is not None
pytestmark = [pytest.mark.anyio, *([pytest.mark.weights] if REAL else [])]
ENGINE = "plugins_builtin.llama_cpp.engine"
HELLO = (Message("system", "You are a helpful assistant."), Message("user", "Say hello."))


@pytest.fixture(autouse=True, scope="module")
def library() -> Iterator[None]:
    """Put the imitation where the library would be, when it is not installed."""
    if REAL:
        yield
        return
    sys.modules["llama_cpp"] = fake_llama_cpp
    try:
        yield
    finally:
        del sys.modules["llama_cpp"]
        sys.modules.pop(ENGINE, None)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model that the library in use can load."""
    if REAL:
        return str(weights("smollm2-135m-instruct", "gguf"))
    path = tmp_path_factory.mktemp("weights") / "model.gguf"
    path.write_bytes(b"GGUF of the imitation")
    return str(path)


def options(model: str, **settings: Any) -> LlamaCppOptions:
    chosen = {"model": model, "threads": 1, "temperature": 0.0, "max_tokens": 12, "gpu_layers": 0, **settings}
    return LlamaCppOptions.model_validate(chosen)


def engine() -> Any:
    return importlib.import_module(ENGINE)


async def said(llm: LLM, chat: tuple[Message, ...] = HELLO) -> str:
    async with owned(llm(chat)) as deltas:
        return "".join([delta async for delta in deltas])


class TestContract(LLMContract):
    (backend,) = swv6_llm()
    says = "hello"

    @pytest.fixture(autouse=True)
    def chosen(self, monkeypatch: pytest.MonkeyPatch, model: str) -> None:
        monkeypatch.setattr(type(self), "options", options(model).model_dump())


async def test_it_chooses_a_tool_under_its_schema(model: str) -> None:
    question = (HELLO[0], Message("user", "Mets une minuterie de deux minutes."))
    tool = clock.timer(True)
    async with engine().open_llm(options(model, context=2048)) as llm:
        call = await llm.choose(question, [tool])
    assert call is None or (call.tool == "timer" and tool.arguments.model_validate_json(call.arguments))
    assert REAL or call == Call("timer", '{"duration": "deux minutes"}')


class Reads:
    """Notes what the library is given to read, and stands there at some token until somebody has left."""

    def __init__(self, patch: pytest.MonkeyPatch, stand: float = math.inf) -> None:
        self.sizes: list[int] = []
        self._standing, self._left = threading.Event(), threading.Event()
        base = engine().llama_cpp.Llama
        real = base.eval

        def noted(model: Any, tokens: Sequence[int]) -> None:
            self.sizes.append(len(tokens))
            if sum(self.sizes) >= stand:
                self._standing.set()
                self._left.wait(30)
            real(model, tokens)

        patch.setattr(base, "eval", noted)

    def prompt(self, since: int = 0) -> int:
        """Count tokens that were read, without those of answers: they come one by one."""
        return sum(size for size in self.sizes[since:] if size > 1)

    async def leave(self, llm: LLM, chat: tuple[Message, ...]) -> int:
        """Ask, and leave where it stands; how many batches were read until then."""
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(said, llm, chat)
                await anyio.to_thread.run_sync(self._standing.wait)
                scope.cancel()
        batches = len(self.sizes)
        self._left.set()
        return batches


async def test_cancel_during_prefill_frees_the_engine(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with engine().open_llm(options(model, batch=32)) as llm:
        reads = Reads(monkeypatch, stand=1)
        await reads.leave(llm, (Message("user", "word " * 1000),))
        assert "hello" in (await said(llm)).lower()
    assert reads.sizes[0] == 32
    assert max(reads.sizes) <= 32
    assert sum(reads.sizes) < 500


async def test_what_was_read_before_a_cancel_is_not_read_again(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long = (HELLO[0], Message("user", "word " * 600))
    async with engine().open_llm(options(model, batch=32, context=1024)) as llm:
        reads = Reads(monkeypatch, stand=300)
        assert await reads.leave(llm, long) == 10, "it was left after 320 tokens"
        await said(llm, long)
    assert 250 < reads.prompt(since=10) < 350, "only the rest was read"


async def test_a_question_read_ahead_is_read_once(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with engine().open_llm(options(model)) as llm:
        reads = Reads(monkeypatch)
        await llm.read_ahead((HELLO[0], Message("user", "word " * 100)))
        ahead, batches = reads.prompt(), len(reads.sizes)
        await said(llm, (HELLO[0], Message("user", "word " * 100 + "at last")))
    assert ahead > 100
    assert reads.prompt(since=batches) < 30, "only the last words are new"


async def test_a_growing_conversation_is_not_read_again(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long = (Message("system", "word " * 200), HELLO[1])
    async with engine().open_llm(options(model)) as llm:
        reads = Reads(monkeypatch)
        answer = await said(llm, long)
        first, batches = reads.prompt(), len(reads.sizes)
        await said(llm, (*long, Message("assistant", answer), Message("user", "And again.")))
    assert first > 200
    assert reads.prompt(since=batches) < 100


async def test_a_conversation_that_does_not_fit_is_a_backend_error(model: str) -> None:
    async with engine().open_llm(options(model, context=256)) as llm:
        with pytest.raises(BackendError, match="context window"):
            await said(llm, (Message("user", "word " * 1000),))
        assert "hello" in (await said(llm)).lower()


async def test_a_library_without_a_gpu_says_so(
    model: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine().llama_cpp, "llama_supports_gpu_offload", lambda: False)
    async with engine().open_llm(options(model, gpu_layers=-1)):
        pass
    assert "CPU" in caplog.text


async def test_each_answer_has_another_seed(model: str) -> None:
    module = engine()
    bodies = [module._body(options(model, **seed), HELLO) for seed in ({}, {}, {"seed": 5})]
    assert bodies[0]["seed"] != bodies[1]["seed"]
    assert bodies[2]["seed"] == 5


async def test_closing_frees_the_model(model: str) -> None:
    freed: list[bool] = []
    module, wanted = engine(), options(model)
    key = ("llama_cpp", *wanted.model_dump(include=module.LOADED).items())
    async with shared(key, lambda: module._engine(wanted)) as held:
        real = held.model.close

        def noted() -> None:
            freed.append(True)
            real()

        held.model.close = noted
    assert freed == [True]
