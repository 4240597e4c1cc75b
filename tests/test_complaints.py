"""The 25 complaints that users of other voice assistants have: each has a test whose name carries its number.

Most stand beside the code that prevents them (`grep -rn complaint_ tests`); here are those that belong to no one file.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from importlib.metadata import requires
from pathlib import Path

import anyio
import pytest

from plugins_builtin.prism.engine import _settings
from plugins_builtin.prism.options import PrismOptions
from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.profiles import resolve
from swv6.stages.deadline import unstuck
from swv6.telemetry import events
from swv6.text.spoken import spoken
from swv6.types import Chat
from tests.conversation.fakes import FakeSpeaker, Log, Thinker, parts
from tests.conversation.test_loop import QUESTION, FakeMicrophone, session
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[1]
NUMBERS = re.compile(r"def test_complaints?((?:_\d+)+)_\w+\(")
UNIX_ONLY = {"termios", "tty", "fcntl", "pwd", "grp", "resource", "pty", "syslog"}
WINDOWS_TRAPS = {"add_signal_handler", "fork", "forkpty", "SIGKILL", "SIGHUP", "killpg", "geteuid", "getuid"}
"""Names of `os`, `signal` and event loops that Windows has not."""


@pytest.fixture
def anyio_backend() -> object:
    """Let seconds pass on a virtual clock."""
    return BACKEND


def test_every_complaint_has_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")))
    found = {int(number) for match in NUMBERS.findall(tests) for number in match.split("_") if number}
    assert found == set(range(1, 26))


async def hangs(chat: Chat, /) -> AsyncIterator[str]:
    """Begin an answer and never go on."""
    yield "Il était une fois un roi. Il avait"
    await anyio.sleep_forever()


async def test_complaint_4_an_answer_that_stops_half_way_ends_and_the_ear_opens_again() -> None:
    """Without headphones the ear is closed while it speaks: stuck there, nobody could ever end it."""
    log, speaker = Log(), FakeSpeaker(real_time=True)
    microphone = FakeMicrophone(*QUESTION, (60.0, 0.0), *QUESTION, (60.0, 0.0), live=True, speed=1.0)
    using = parts(unstuck(hangs, 20.0), speaker=speaker, report=log)
    talk = Conversation(session(using, microphone), History("p"))
    await talk.listen()
    assert [e.outcome for e in log.events if isinstance(e, events.ReplyEnded)] == ["failed"] * 2
    assert any("20 s" in e.text for e in log.events if isinstance(e, events.Notice))
    assert talk.history.messages[1].text.startswith("Il était une fois un roi.")
    states = [e.state for e in log.events if isinstance(e, events.StateChanged)]
    assert not states or states[-1] == "listening"


def test_complaint_4_every_state_has_an_end_in_every_profile() -> None:
    for name in ("default", "en", "demo"):
        profile = resolve(name)
        first, fallback = profile.fallback.first_item_within, profile.fallback
        hearing, thinking = profile.turns.max_turn, (first.stt, first.llm, first.tts)
        speaking = (fallback.stalled, profile.devices.give_up)
        assert all(limit is not None and 0 < limit <= 60 for limit in (hearing, *thinking, *speaking)), name


async def test_complaint_10_nothing_is_played_but_answers() -> None:
    """A cue would be recorded with the question: there is none, neither at the start nor when a turn is heard."""
    log, speaker = Log(), FakeSpeaker(real_time=True)
    quiet = FakeMicrophone((1.0, 0.0), live=True)
    await Conversation(session(parts(Thinker(["Oui."]), speaker=speaker), quiet), History("p")).listen()
    assert speaker.sounds == []
    using = replace(parts(Thinker(["Oui."]), speaker=speaker, report=log), keep=True)
    talk = Conversation(session(using, FakeMicrophone(*QUESTION, live=True)), History("p"))
    await talk.listen()
    assert talk.replies.last is not None
    assert speaker.sounds == talk.replies.last.sounds != []


def test_complaint_12_a_live_turn_cannot_loop_for_long() -> None:
    assert _settings(PrismOptions(language="fr"), 3.0)["max_new_tokens"] // 2 < 60  # CTranslate2 writes half as many


def test_complaint_13_a_live_turn_is_transcribed_once() -> None:
    """A list of temperatures is tried one after the other: a minute for five seconds."""
    live = _settings(PrismOptions(language="fr"), 5.0)
    assert (live["temperature"], live["beam_size"], live["condition_on_previous_text"]) == (0.0, 1, False)
    assert resolve("default").fallback.first_item_within.stt is not None


@pytest.mark.parametrize(("profile", "language"), [("default", "fr"), ("en", "en")])
def test_complaint_14_the_language_is_the_profiles_and_is_not_guessed(profile: str, language: str) -> None:
    """A single "oui" is taken for Welsh otherwise."""
    assert resolve(profile).language == language
    assert _settings(PrismOptions(language=language), 0.5)["language"] == language


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Give the product's modules."""
    for folder in ("swv6", "plugins_builtin"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_complaint_21_nothing_is_imported_that_windows_has_not() -> None:
    """At the top of a module; inside a function that asks for the system first it may."""
    for path, module in sources():
        for node in module.body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not UNIX_ONLY & {name.partition(".")[0] for name in names}, path


def test_complaint_21_threads_not_processes_and_no_signal_handlers_of_unix() -> None:
    for path, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute):
                assert node.attr not in WINDOWS_TRAPS, f"{path}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert "multiprocessing" not in {alias.name for alias in node.names}, f"{path}:{node.lineno}"


def test_complaint_21_a_spawned_child_that_imports_the_entry_point_does_not_run_it() -> None:
    """What `multiprocessing` does in a child on Windows: run the main module under another name."""
    code = "import runpy; runpy.run_module('swv6.__main__', run_name='__mp_main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_complaint_23_piper_is_an_extra_and_runs_on_the_processor() -> None:
    wanted = [line for line in requires("swv6") or [] if "piper" in line.partition(";")[0]]
    assert wanted
    assert all("extra ==" in line and "embedded" not in line for line in wanted)
    engine = (ROOT / "plugins_builtin/piper/engine.py").read_text(encoding="utf-8")
    assert re.findall(r'"(\w+)ExecutionProvider"', engine) == ["CPU"]


WRITTEN = ("M. ", "etc.", "22,1", "3.50", "14h30", "’", "« ", "1er", "km/h", "https://", "😀", "**")


@pytest.mark.parametrize("case", WRITTEN)
def test_complaint_24_the_corpus_of_what_is_read_wrong_elsewhere_has_this_case(case: str) -> None:
    """Every pair of `tests/text/spoken.fr.tsv` is tested in `tests/text/test_spoken.py`."""
    corpus = (ROOT / "tests/text/spoken.fr.tsv").read_text(encoding="utf-8").splitlines()
    assert [line for line in corpus if case in line.partition("\t")[0]]
    assert "*" not in spoken(f"**Voici** {case}", "fr")
