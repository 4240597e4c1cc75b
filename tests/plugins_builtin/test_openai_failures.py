"""What the HTTP language model says when its server fails: each failure is a BackendError that names the address."""

from __future__ import annotations

from typing import Any

import pytest

from plugins_builtin.openai_http.llm import open_llm
from swv6.plugins import BackendError
from swv6.stages.streams import owned
from tests.plugins_builtin.offers import offer
from tests.plugins_builtin.test_openai_llm import CHAT, options, said
from tests.servers import LLMServer, Script, llm_server

pytestmark = pytest.mark.anyio


async def refused(script: Script, **settings: Any) -> BackendError:
    """Ask once, expect a failure; the error must name the address."""
    with llm_server(script) as server:
        async with open_llm(options(server, **settings)) as llm:
            with pytest.raises(BackendError) as caught:
                await said(llm)
    assert server.url in caught.value.what
    return caught.value


async def test_a_server_without_models_is_named() -> None:
    assert "lists no model" in (await refused(Script(models=()))).what


async def probed(server: LLMServer, **settings: Any) -> str:
    """Ask the offer, as `swv6 doctor` does."""
    probe = offer("openai_http", "llm", "openai").prober()
    assert probe is not None
    return await probe(options(server, **settings))


async def test_a_probe_says_that_nobody_listens() -> None:
    with llm_server() as server:
        assert await probed(server) == ""
    problem = await probed(server)
    assert server.url in problem
    assert "cannot connect" in problem
    assert len(problem.splitlines()) == 1


async def test_a_probe_says_that_the_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_TEST_KEY", "right")
    with llm_server(Script(key="right")) as server:
        assert "401" in await probed(server)
        assert await probed(server, key_env="SWV6_TEST_KEY") == ""
        assert "SWV6_TEST_UNSET is not set" in await probed(server, key_env="SWV6_TEST_UNSET")


async def test_a_server_that_lists_no_models_still_answers() -> None:
    with llm_server(Script(status=404)) as server:
        assert await probed(server) == ""


async def test_nobody_listens() -> None:
    with llm_server() as server:
        pass
    async with open_llm(options(server)) as llm:
        with pytest.raises(BackendError, match="cannot connect") as caught:
            await said(llm)
    assert server.url in caught.value.what
    assert caught.value.hint


async def test_a_server_killed_in_mid_stream() -> None:
    with llm_server(Script(die_after=2)) as server:
        async with open_llm(options(server)) as llm:
            async with owned(llm(CHAT)) as deltas:
                assert [await anext(deltas), await anext(deltas)] == ["Deux heures", " font"]
                with pytest.raises(BackendError, match=r"127\.0\.0\.1"):
                    await anext(deltas)
            server.script = Script()
            assert "120" in await said(llm)


async def test_a_new_connection_without_an_answer_is_a_failure() -> None:
    assert "disconnected" in (await refused(Script(die_at_once=True), model="m")).what


async def test_an_error_status_carries_the_servers_words() -> None:
    error = await refused(Script(status=500, message="out of memory"), model="m")
    assert "HTTP 500: out of memory" in error.what


async def test_a_server_that_never_answers_is_given_up() -> None:
    assert "in time" in (await refused(Script(hang_after=0), timeout=0.2)).what


async def test_a_server_that_falls_silent_is_given_up() -> None:
    assert "in time" in (await refused(Script(hang_after=2), timeout=0.2)).what


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"<html>Bad gateway</html>\n\n", "broke off"),
        (b"data: {not json}\n\n", "not an event"),
        (b"data: 42\n\n", "not an event"),
        (b'data: {"choices": 3}\n\n', "int"),
        (b'data: {"error": {"message": "slot lost", "code": 500}}\n\n', "slot lost"),
        (b'data: {"choices": [{"delta": {"content": "un"}}]}\n\n', "broke off"),
        (b"", "broke off"),
    ],
)
async def test_what_is_no_answer(raw: bytes, words: str) -> None:
    assert words in (await refused(Script(raw=raw))).what
