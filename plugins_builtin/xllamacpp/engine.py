"""The only file that knows xllamacpp: a llama.cpp server object, called without HTTP."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import partial
from threading import Event
from typing import Any

import anyio
import xllamacpp

from plugins_builtin.xllamacpp.choosing import chosen, constrained
from plugins_builtin.xllamacpp.options import XllamacppOptions
from plugins_builtin.xllamacpp.pace import Pace, continued
from plugins_builtin.xllamacpp.request import request
from plugins_builtin.xllamacpp.tokens import counted
from swv6.plugins import (
    LLM,
    BackendError,
    Call,
    Chat,
    Counting,
    Emit,
    Message,
    ModelError,
    Tool,
    Worker,
    shared,
)
from swv6.plugins.border import border
from swv6.plugins.chat import chunk_ends, chunk_text
from swv6.plugins.standing import current as reader
from swv6.plugins.tools import asking
from swv6.plugins.worker import worker

LOADED = {"model", "threads", "context", "batch", "parallel", "gpu_layers"}
"""The options that a loaded model cannot change."""
_PROMPT_CACHE = 256
"""MiB of memory for the prompts of past conversations; the library's own default is 8 GiB."""


class Engine:
    """One loaded model; `parallel` answers at a time, each on a thread of its own."""

    def __init__(self, server: Any, threads: Worker, key: str) -> None:
        self._server = server
        self._key = key
        self._threads = threads
        self.continues = False
        """Whether this model can go on with an answer that was begun: then it stands still for a reader in no hurry."""
        self.cached = 0
        """Prompt tokens of the last answer that were not read again, because the conversation only grew."""

    @property
    def address(self) -> str:
        """Of the OpenAI-compatible server that llama.cpp opens on the loopback (its key is random)."""
        return str(self._server.listening_address)

    def count_tokens(self, text: str) -> int:
        """Count by the model's own vocabulary."""
        return counted(self.address, self._key, text)

    async def answer(self, body: dict[str, Any]) -> AsyncGenerator[str, None]:
        """Stream text deltas; leaving the stream stops the model, while it reads the prompt too."""
        if (asked := reader.get()) and self._can_stand(body):
            asked.heed()
        pace = Pace(asked)
        with border("xllamacpp could not answer"):
            async with aclosing(self._threads.stream(partial(self._run, body, pace))) as deltas:
                async for delta in deltas:
                    yield delta
                    pace.took()

    async def read_ahead(self, body: dict[str, Any]) -> None:
        """Read a conversation into the prompt cache; what begins like it is then answered sooner."""
        async with aclosing(self.answer({**body, "max_tokens": 1})) as deltas:
            async for _ in deltas:
                pass

    async def warm_up(self, body: dict[str, Any]) -> None:
        """Generate one token, so that the first answer does not pay for first-time work."""
        await self.read_ahead(body)
        try:
            async with aclosing(self.answer(continued({**body, "max_tokens": 2}, "Bonjour", 1))) as deltas:
                async for _ in deltas:
                    self.continues = True
        except BackendError:
            self.continues = False

    def close(self) -> None:
        """Free the model, end its threads and close its port."""
        self._server = None

    def _run(self, body: dict[str, Any], pace: Pace, emit: Emit[str], stop: Event) -> None:
        """Generate; when the reader falls behind, stop, wait for it and go on from what was said.

        The library generates on threads of its own: nothing else takes them off the cores that a voice needs.
        """
        said, ended, standing = "", list[dict[str, Any]](), True

        def receive(chunks: Any) -> bool:
            nonlocal said, standing
            for chunk in chunks if isinstance(chunks, list) else [chunks]:
                if "error" in chunk or chunk_ends(chunk):
                    ended.append(chunk)
                if text := chunk_text(chunk):
                    said += text
                    pace.gave()
                    emit(text)
            standing = self._can_stand(body) and pace.behind and not ended
            return standing or stop.is_set()

        while standing and not stop.is_set():
            standing = False
            self._server.handle_chat_completions(continued(body, said, pace.given), receive)
            pace.wait(stop)
        if not stop.is_set():
            self._check(ended)

    def _can_stand(self, body: dict[str, Any]) -> bool:
        return self.continues and "response_format" not in body

    def _check(self, ended: list[dict[str, Any]]) -> None:
        if not ended:
            raise BackendError("xllamacpp: the answer broke off")
        if error := ended[0].get("error"):
            raise BackendError(f"xllamacpp: {error.get('message', error)}", _advice(error))
        self.cached = ended[0].get("timings", {}).get("cache_n", 0)


def _advice(error: dict[str, Any]) -> str:
    longer = error.get("type") == "exceed_context_size_error"
    return "raise `context` of xllamacpp in the profile, or begin a new conversation" if longer else ""


def _params(options: XllamacppOptions, key: str) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = options.model
    params.n_ctx = options.context * options.parallel
    params.n_batch = params.n_ubatch = min(options.batch, options.context)
    params.n_parallel = options.parallel
    params.n_gpu_layers = options.gpu_layers
    params.cpuparams.n_threads = options.threads or max(1, (os.cpu_count() or 2) - 1)
    params.cache_ram_mib = _PROMPT_CACHE
    params.api_keys = [key]  # it listens on the loopback: nobody else may use it
    params.verbosity = -1
    return params


def _load(options: XllamacppOptions, key: str) -> Any:
    with border(f"xllamacpp cannot load {options.model}", ModelError, "swv6 models verify (it takes GGUF files)"):
        return xllamacpp.Server(_params(options, key))


@asynccontextmanager
async def _engine(options: XllamacppOptions) -> AsyncIterator[Engine]:
    async with worker("xllamacpp", options.parallel) as threads:
        key = secrets.token_urlsafe(32)
        engine = Engine(await threads.call(partial(_load, options, key)), threads, key)
        try:
            await engine.warm_up(request(options, (Message("user", "Bonjour"),)))
            yield engine
        finally:
            with anyio.CancelScope(shield=True):
                await threads.call(engine.close)


@asynccontextmanager
async def open_llm(options: XllamacppOptions) -> AsyncIterator[LLM]:
    """Load the model, let it say one word to warm it up, and yield the stage.

    Users of the same weights and settings share one model. Raises ModelError when llama.cpp cannot load the file.
    """
    key = ("xllamacpp", *options.model_dump(include=LOADED).items())
    async with shared(key, partial(_engine, options)) as engine:

        async def answer(chat: Chat, /) -> AsyncGenerator[str, None]:
            async with aclosing(engine.answer(request(options, chat))) as deltas:
                async for delta in deltas:
                    yield delta

        async def read_ahead(chat: Chat) -> None:
            await engine.read_ahead(request(options, chat))

        async def choose(chat: Chat, tools: Sequence[Tool]) -> Call | None:
            return await chosen(engine.answer, constrained(request(options, asking(chat, tools)), tools))

        room = max(options.context // 2, options.context - options.max_tokens)
        yield Counting(answer, engine.count_tokens, room, read_ahead, choose)
