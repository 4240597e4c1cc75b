"""The HTTP language model against real servers: llama.cpp's own, and one that fails on purpose."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import anyio
import anyio.to_thread
import pytest
from pydantic import ValidationError

from plugins_builtin.openai_http import swv6_llm
from plugins_builtin.openai_http.llm import open_llm
from plugins_builtin.openai_http.options import LLMOptions
from swv6.plugins import LLM, BackendError, Message, Swv6Error
from swv6.stages.streams import owned
from swv6.testing.llm import LLMContract
from tests.plugins_builtin.weights import weights
from tests.servers import LLMServer, Script, llm_server

pytestmark = pytest.mark.anyio
CHAT = (Message("system", "Réponds."), Message("user", "Combien de minutes dans deux heures ?"))


def options(server: LLMServer, **settings: Any) -> LLMOptions:
    return LLMOptions(url=server.url, **settings)


async def said(llm: LLM, chat: tuple[Message, ...] = CHAT) -> str:
    async with owned(llm(chat)) as deltas:
        return "".join([delta async for delta in deltas])


class TestContract(LLMContract):
    (backend,) = swv6_llm()
    broken = ({"key_env": "SWV6_NO_SUCH_KEY"},)
    says = "120"

    @pytest.fixture(autouse=True)
    def server(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with llm_server() as server:
            monkeypatch.setattr(type(self), "options", {"url": server.url})
            yield


async def test_deltas_arrive_and_the_connection_is_kept() -> None:
    with llm_server() as server:
        async with open_llm(options(server, max_tokens=42, extra={"min_p": 0.1})) as llm:
            for _ in range(3):
                assert await said(llm) == "Deux heures font 120 minutes."
    assert server.accepted == 1
    assert server.last == {
        "model": "test-model",
        "messages": [{"role": m.role, "content": m.text} for m in CHAT],
        "stream": True,
        "max_tokens": 42,
        "temperature": 0.7,
        "min_p": 0.1,
    }


async def test_the_profile_names_the_model() -> None:
    with llm_server(Script(models=())) as server:
        async with open_llm(options(server, model="mine")) as llm:
            await said(llm)
    assert server.last["model"] == "mine"


async def test_a_server_that_starts_later_is_used() -> None:
    with llm_server(Script(status=503)) as server:
        async with open_llm(options(server)) as llm:
            with pytest.raises(BackendError, match="503"):
                await said(llm)
            server.script = Script()
            assert "120" in await said(llm)


async def test_a_kept_connection_that_the_server_closes_is_replaced() -> None:
    with llm_server(Script(drop=1)) as server:
        async with open_llm(options(server)) as llm:
            for _ in range(3):
                assert "120" in await said(llm)
    assert (server.requests, server.accepted) == (3, 3)


@pytest.mark.parametrize(
    "raw",
    [
        b'data: {"choices":[{"delta":{"content":"oui"},"finish_reason":"stop"}]}\n\n',
        b': ping\r\ndata: {"choices":[{"delta":{"content":"oui"}}]}\r\n\r\n'
        b'data: {"choices":[],"usage":{}}\r\n\r\ndata: [DONE]',
    ],
)
async def test_endings_that_are_whole(raw: bytes) -> None:
    with llm_server(Script(raw=raw)) as server:
        async with open_llm(options(server)) as llm:
            assert await said(llm) == "oui"


async def test_leaving_closes_the_connection_and_the_next_answer_comes() -> None:
    with llm_server(Script(hang_after=1)) as server:
        async with open_llm(options(server, timeout=60)) as llm:
            async with owned(llm(CHAT)) as deltas:
                assert await anext(deltas) == "Deux heures"
            assert await anyio.to_thread.run_sync(server.left.wait, 10)
            server.script = Script()
            assert "120" in await said(llm)


async def test_a_cancel_while_nothing_comes_closes_the_connection() -> None:
    with llm_server(Script(hang_after=0)) as server:
        async with open_llm(options(server, timeout=60)) as llm:
            with anyio.move_on_after(0.2) as scope:
                await said(llm)
            assert scope.cancelled_caught
            assert await anyio.to_thread.run_sync(server.left.wait, 10)


async def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_TEST_KEY", "s3cret")
    with llm_server(Script(key="s3cret")) as server:
        async with open_llm(options(server, key_env="SWV6_TEST_KEY")) as llm:
            assert "120" in await said(llm)
        server.script = replace(server.script, key="another")
        async with open_llm(options(server, key_env="SWV6_TEST_KEY")) as llm:
            with pytest.raises(BackendError, match="HTTP 401: invalid key") as caught:
                await said(llm)
    assert "key_env" in caught.value.hint
    assert "s3cret" not in str(caught.value)


async def test_a_key_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SWV6_TEST_KEY", raising=False)
    with pytest.raises(Swv6Error, match="SWV6_TEST_KEY"):
        async with open_llm(LLMOptions(key_env="SWV6_TEST_KEY")):
            pass


async def test_the_proxy_settings_are_not_for_the_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with llm_server() as server:
        async with open_llm(options(server)) as llm:
            assert "120" in await said(llm)


@pytest.mark.parametrize(
    "settings", [{"url": "localhost:8000"}, {"url": "http://me:key@host/v1"}, {"key_env": "sk-123"}, {"timeout": "5"}]
)
def test_mistakes_in_a_profile_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LLMOptions(**settings)


def test_the_offer_imports_no_client() -> None:
    code = "import sys, plugins_builtin.openai_http as m; m.swv6_llm(); print('httpx' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


@pytest.mark.weights
async def test_llama_cpp_s_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights("smollm2-135m-instruct", "gguf"))
    params.n_ctx, params.verbosity, params.cpuparams.n_threads, params.api_keys = 1024, -1, 1, ["llama-key"]
    server = await anyio.to_thread.run_sync(xllamacpp.Server, params)
    monkeypatch.setenv("SWV6_TEST_KEY", "llama-key")
    hello = (Message("system", "You are a helpful assistant."), Message("user", "Say hello."))
    url = f"{server.listening_address}/v1"
    async with open_llm(LLMOptions(url=url, key_env="SWV6_TEST_KEY", temperature=0, max_tokens=12, timeout=60)) as llm:
        async with owned(llm(hello)) as deltas:
            heard = [delta async for delta in deltas]
        assert len(heard) > 3
        assert "hello" in "".join(heard).lower()
        with pytest.raises(BackendError, match="HTTP 400"):
            await said(llm, (Message("user", "word " * 3000),))
        async with owned(llm(hello)) as deltas:
            assert await anext(deltas)
        assert "hello" in (await said(llm, hello)).lower()
