"""Our language model beside xllamacpp called directly: as many tokens at temperature 0."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from anyio import to_thread

from swv6.bench.overhead import Pair, Took
from swv6.errors import BackendError
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.stages.opening import opened, ready_options
from swv6.stages.streams import owned
from swv6.types import Message

if TYPE_CHECKING:
    from swv6.types import LLM

CHAT = (
    Message("system", "You are a helpful assistant."),
    Message("user", "Tell me a long story about a dragon and a princess who live in a castle by the sea."),
)
TOKENS = 32


@asynccontextmanager
async def pair(profile: Profile, store: Store) -> AsyncIterator[Pair | None]:
    """Open both, each with the model loaded; raises ModelError and MissingExtra."""
    choice = next((c for c in profile.llm if c.backend == "xllamacpp"), None)
    if choice is None:
        yield None
        return
    options = choice.options.model_copy(update={"temperature": 0.0, "max_tokens": TOKENS})
    chosen, threads = choice.model_copy(update={"options": options}), profile.threads.share("llm")
    choice.offer.check(choice.options)
    server = await to_thread.run_sync(_load, ready_options(options, store, True, threads))
    counts: dict[str, int] = {}
    async with opened(chosen, store, True, threads) as stage:
        label = "xllamacpp, through our stage and called directly"
        ours = partial(_ours, stage, counts)
        yield Pair("llm", label, ours, partial(_bare, server, options, counts), ("first", "total"))


async def _ours(llm: LLM, counts: dict[str, int]) -> Took:
    began, times = perf_counter(), list[float]()
    async with owned(llm(CHAT)) as deltas:
        async for _ in deltas:
            times.append(perf_counter() - began)
    _same(counts, "ours", len(times))
    return {"first": times[0], "total": perf_counter() - began}


def _load(options: Any) -> Any:
    """Load the model as xllamacpp's documentation says."""
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = options.model
    params.n_ctx = options.context
    params.n_batch = params.n_ubatch = options.batch
    params.n_gpu_layers = options.gpu_layers
    params.cpuparams.n_threads = options.threads
    params.verbosity = -1
    return Server(params)


def _bare(server: Any, options: Any, counts: dict[str, int]) -> Took:
    body = {
        "messages": [{"role": message.role, "content": message.text} for message in CHAT],
        "stream": True,
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
    }
    began, times = perf_counter(), list[float]()

    def receive(chunk: dict[str, Any]) -> None:
        if chunk["choices"][0]["delta"].get("content"):
            times.append(perf_counter() - began)

    server.handle_chat_completions(body, receive)
    _same(counts, "bare", len(times))
    return {"first": times[0], "total": perf_counter() - began}


def _same(counts: dict[str, int], who: str, count: int) -> None:
    """Refuse to compare answers of different lengths; words may differ where two tokens are all but as probable."""
    counts[who] = count
    if max(counts.values()) - min(counts.values()) > 1:
        raise BackendError(f"the two ways did not say as much: {counts}")
