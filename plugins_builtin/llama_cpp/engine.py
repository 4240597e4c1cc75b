"""The only file that knows llama-cpp-python: one model, one thread, one answer at a time."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, closing
from functools import partial
from threading import Event
from typing import Any

import anyio
import llama_cpp

from plugins_builtin.llama_cpp.options import LlamaCppOptions
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
    chat_messages,
    shared,
)
from swv6.plugins.border import border
from swv6.plugins.chat import chunk_ends, chunk_text
from swv6.plugins.tools import asking, read_call, schema
from swv6.plugins.worker import worker

log = logging.getLogger("swv6.llama_cpp")
LOADED = {"model", "gpu_layers", "threads", "context", "batch"}
"""The options that a loaded model cannot change."""

AHEAD = 3
"""Deltas that the model may be ahead of its reader; beyond that it stands still and leaves the cores to the voice."""
CALL = 64
"""Tokens of a tool's call: the longest sum is 40."""


class Interrupted(Exception):
    """Nobody wants the answer any more."""


class Model(llama_cpp.Llama):  # type: ignore[misc]
    """A Llama that looks at a stop flag between two batches of the prompt.

    The library's own abort callback is called for every node of the graph, needs the interpreter's lock each time, is
    ignored by CUDA and leaves a cache to clear. Between batches the cache is whole: what was read stays read.
    """

    stop = Event()

    def eval(self, tokens: Sequence[int]) -> None:
        """Read tokens, batch by batch. Raises Interrupted."""
        for start in range(0, len(tokens), self.n_batch):
            if self.stop.is_set():
                raise Interrupted
            super().eval(tokens[start : start + self.n_batch])


class Engine:
    """A loaded model on its thread: the library is not safe for two."""

    def __init__(self, model: Model, thread: Worker) -> None:
        self.model = model
        self._thread = thread

    async def answer(self, body: dict[str, Any]) -> AsyncGenerator[str, None]:
        """Stream text deltas; leaving the stream stops the model, while it reads the prompt too."""
        with border("llama_cpp could not answer"):
            async with aclosing(self._thread.stream(partial(self._run, body), ahead=AHEAD)) as deltas:
                async for delta in deltas:
                    yield delta

    def count_tokens(self, text: str) -> int:
        """Count by the model's own vocabulary, which nothing changes: safe beside an answer."""
        return len(self.model.tokenize(text.encode(), add_bos=False))

    async def read_ahead(self, body: dict[str, Any]) -> None:
        """Read a conversation and generate one token; what begins like it is then answered sooner."""
        async with aclosing(self.answer({**body, "max_tokens": 1})) as deltas:
            async for _ in deltas:
                pass

    def _run(self, body: dict[str, Any], emit: Emit[str], stop: Event) -> None:
        self.model.stop = stop
        ended = False
        try:
            with closing(self.model.create_chat_completion(**body, stream=True)) as chunks:
                for chunk in chunks:
                    ended = ended or chunk_ends(chunk)
                    if (text := chunk_text(chunk)) and emit(text):
                        return
        except Interrupted:
            return
        if not ended:
            raise BackendError("llama_cpp: the answer broke off")


def _load(options: LlamaCppOptions) -> Model:
    """Load the model. The library hides the whole process's output while it does."""
    if options.gpu_layers and not llama_cpp.llama_supports_gpu_offload():
        log.warning("llama-cpp-python was built without a GPU: the model runs on the CPU (gpu_layers: 0 to hide this)")
    threads = options.threads or max(1, (os.cpu_count() or 2) - 1)
    with border(f"llama_cpp cannot load {options.model}", ModelError, "swv6 models verify (it takes GGUF files)"):
        return Model(
            options.model,
            n_gpu_layers=options.gpu_layers,
            n_ctx=options.context,
            n_batch=min(options.batch, options.context),
            n_threads=threads,
            n_threads_batch=threads,
            verbose=False,
        )


def _body(options: LlamaCppOptions, chat: Chat) -> dict[str, Any]:
    return {
        "messages": chat_messages(chat, options.language),
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
        # without one the library derives the same one for each answer
        "seed": secrets.randbits(32) if options.seed is None else options.seed,
    }


@asynccontextmanager
async def _engine(options: LlamaCppOptions) -> AsyncIterator[Engine]:
    async with worker("llama_cpp") as thread:
        engine = Engine(await thread.call(partial(_load, options)), thread)
        try:
            await engine.read_ahead(_body(options, (Message("user", "Bonjour"),)))
            yield engine
        finally:
            with anyio.CancelScope(shield=True):
                await thread.call(engine.model.close)


@asynccontextmanager
async def open_llm(options: LlamaCppOptions) -> AsyncIterator[LLM]:
    """Load the model, let it say one word to warm it up, and yield the stage.

    Users of the same weights and settings share one model. Raises ModelError when llama.cpp cannot load the file.
    """
    key = ("llama_cpp", *options.model_dump(include=LOADED).items())
    async with shared(key, partial(_engine, options)) as engine:

        async def answer(chat: Chat, /) -> AsyncGenerator[str, None]:
            async with aclosing(engine.answer(_body(options, chat))) as deltas:
                async for delta in deltas:
                    yield delta

        async def read_ahead(chat: Chat) -> None:
            await engine.read_ahead(_body(options, chat))

        async def choose(chat: Chat, tools: Sequence[Tool]) -> Call | None:
            shape = {"type": "json_object", "schema": schema(tools)}
            greedy = {"response_format": shape, "temperature": 0.0, "max_tokens": CALL}
            async with aclosing(engine.answer({**_body(options, asking(chat, tools)), **greedy})) as deltas:
                return read_call("".join([delta async for delta in deltas]))

        room = max(options.context // 2, options.context - options.max_tokens)
        yield Counting(answer, engine.count_tokens, room, read_ahead, choose)
