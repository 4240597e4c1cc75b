"""Fallback with real parts: a killed server, broken voices; one turn is never lost and never said twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.session import Session, open_session
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import Builder, build
from swv6.stages.streams import owned
from swv6.telemetry import events
from swv6.types import LLM, Chat
from tests.conversation.fakes import Log
from tests.model_server import KEY_ENV, ModelServer, start
from tests.servers import Script, llm_server

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
SMALL = "smollm2-135m-instruct"


@asynccontextmanager
async def typed(overrides: Sequence[str], log: Log) -> AsyncIterator[tuple[Builder, Session]]:
    """Open a typed conversation of the default profile."""
    profile = resolve("default", overrides)
    async with build(profile, Store(), log) as builder, open_session(builder, typed=True) as session:
        yield builder, session


async def ask(session: Session, history: History, text: str) -> None:
    async def lines() -> AsyncIterator[str]:
        yield text

    await Conversation(session, history).answer_lines(lines())


def speaker(tmp_path: Path) -> str:
    return f"speaker=[{{wav: {{file: '{(tmp_path / 'out.wav').as_posix()}', real_time: false}}}}]"


def model() -> str:
    return str(Store().pull(SMALL))


def skipped(log: Log) -> list[bool]:
    """Tell of each time the server was passed over whether it was not even tried."""
    return [e.skipped for e in log.events if isinstance(e, events.FellBack) and e.backend == "openai"]


def heard(log: Log) -> list[events.ReplyEnded]:
    return [e for e in log.events if isinstance(e, events.ReplyEnded)]


async def test_a_killed_server_is_replaced_rested_and_probed(tmp_path: Path) -> None:
    log = Log()
    server = await anyio.to_thread.run_sync(start, model())
    chain = (
        f"llm=[{{openai: {{url: '{server.url}', key_env: {KEY_ENV}, max_tokens: 30}}}},"
        f" {{xllamacpp: {{model: {SMALL}, max_tokens: 30}}}}]"
    )
    overrides = [chain, "tts=[espeak]", speaker(tmp_path), "fallback.rest=2 s", "turns.silence=0.6 s"]
    async with typed(overrides, log) as (builder, session):
        history = History("You are brief.")
        breaker = builder.chain("llm").links[0].breaker
        assert skipped(log) == []
        kills = replace(session, parts=replace(session.parts, llm=killing(session.parts.llm, server)))
        await ask(kills, history, "Say hello.")
        assert server.process.poll() is not None
        assert skipped(log) == [False]
        assert [m.role for m in history.messages] == ["user", "assistant"]
        assert heard(log)[0].outcome == "ok"
        assert answered_by(log) == ["xllamacpp"]

        await ask(session, history, "And now?")
        await ask(session, history, "Once more.")
        assert skipped(log) == [False] * 3
        assert breaker.state == "open"
        await ask(session, history, "Are you there?")
        assert skipped(log) == [False, False, False, True]
        assert [reply.outcome for reply in heard(log)] == ["ok"] * 4

        again = await anyio.to_thread.run_sync(start, model(), server.port)
        try:
            while breaker.state == "open":  # noqa: ASYNC110 (the breaker's clock is the real one)
                await anyio.sleep(0.1)
            await ask(session, history, "Hello again.")
        finally:
            again.kill()
        assert breaker.state == "closed"
        assert answered_by(log)[-1] == "openai"
    assert [m.role for m in history.messages] == ["user", "assistant"] * 5


def killing(llm: LLM, server: ModelServer) -> LLM:
    """Kill the server when the model's first words have come through, before anything can be spoken."""

    async def stage(chat: Chat) -> AsyncIterator[str]:
        async with owned(llm(chat)) as deltas:
            async for delta in deltas:
                if server.process.poll() is None:
                    server.kill()
                yield delta

    return stage


def answered_by(log: Log) -> list[str]:
    """Name the model of each answer that was spoken, in order."""
    ends = [e for e in log.events if isinstance(e, events.StageEnded) and e.kind == "llm" and e.outcome == "ok"]
    return [e.backend for e in ends]


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """Give the path of a voice that is not one."""
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"not a voice")
    (tmp_path / "broken.onnx.json").write_text("{}", encoding="utf-8")
    return path.as_posix()


async def test_a_broken_voice_is_replaced_by_the_next(tmp_path: Path, broken: str) -> None:
    log = Log()
    voices = f"tts=[{{piper: {{voice: '{broken}'}}}}, espeak]"
    overrides = [voices, f"llm=[{{xllamacpp: {{model: {SMALL}, max_tokens: 20}}}}]", speaker(tmp_path)]
    async with typed(overrides, log) as (_, session):
        await ask(session, History("You are brief."), "Say hello.")
    assert {e.backend for e in log.events if isinstance(e, events.FellBack)} == {"piper"}
    assert heard(log)[0].outcome == "ok"
    assert (tmp_path / "out.wav").stat().st_size > 10_000


async def test_when_all_voices_are_broken_there_is_silence_and_a_warning(tmp_path: Path, broken: str) -> None:
    log = Log()
    voices = f"tts=[{{piper: {{voice: '{broken}'}}}}, {{kokoro: {{voice: '{broken}'}}}}, silent]"
    overrides = [voices, f"llm=[{{xllamacpp: {{model: {SMALL}, max_tokens: 20}}}}]", speaker(tmp_path)]
    async with typed(overrides, log) as (_, session):
        await ask(session, History("You are brief."), "Say hello.")
    assert {e.backend for e in log.events if isinstance(e, events.FellBack)} == {"piper", "kokoro"}
    assert any("silen" in e.text for e in log.events if isinstance(e, events.Notice))
    assert heard(log)[0].outcome == "ok"
    assert heard(log)[0].heard


def test_a_turn_without_an_answer_is_a_failure(tmp_path: Path) -> None:
    with llm_server() as server:
        model = f"llm=[{{openai: {{url: '{server.url}'}}}}]"
        command = [sys.executable, "-m", "swv6", "talk", "--text", "--set", model, "--set", "tts=[espeak]"]
        talk = subprocess.Popen(
            command,
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert talk.stderr is not None
        said = ""
        while "Ctrl-D ends" not in said:
            line = talk.stderr.readline()
            assert line, said
            said += line
        server.script = Script(status=500)
        _, rest = talk.communicate("Bonjour\n", timeout=120)
    assert talk.returncode == 1, said + rest
    assert "no answer" in rest
    assert "Traceback" not in rest
