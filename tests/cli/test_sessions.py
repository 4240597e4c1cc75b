"""`swv6 sessions` says what is missing, and which command helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.cli.sessions import resume
from swv6.cli.talk import talk
from swv6.errors import DeviceError
from swv6.profiles import resolve
from swv6.sessions.recorder import recording
from swv6.sessions.turn import Span, Turn
from tests.test_bad_input import refused, swv6


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (("search", ""), "no word", "-> swv6 sessions search"),
        (("search", "...", "?"), "no word", "-> swv6 sessions search"),
        (("search",), "no word", "-> swv6 sessions search"),
        (("rm",), "no session was named", "-> swv6 sessions list"),
        (("rm", ""), "no session ''", "-> swv6 sessions list"),
        (("rm", "7"), "no session 7", "-> swv6 sessions list"),
    ],
)
def test_what_is_missing_is_said(arguments: tuple[str, ...], what: str, hint: str, tmp_path: Path) -> None:
    refused(swv6("sessions", *arguments, SWV6_SESSIONS=str(tmp_path / "sessions.db")), 2, what, hint)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A database with one conversation, held on a profile that is gone."""
    path = tmp_path / "sessions.db"
    with recording(str(tmp_path / "gone.yaml"), "fr", False, None, path) as recorder:
        recorder.keep(Turn(1, "Bonjour", "Bonsoir", "ok", Span(0, 1), Span(1, 2)))
    return path


@pytest.mark.parametrize(("name", "begins"), [("s.json", "{"), ("s.SRT", "1\n"), ("s.md", "#"), ("s.txt", "#")])
def test_a_files_name_says_what_it_is_written_as(name: str, begins: str, kept: Path, tmp_path: Path) -> None:
    done = swv6("sessions", "export", "1", "-o", name, cwd=tmp_path, SWV6_SESSIONS=str(kept))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_a_name_against_a_format_is_refused(kept: Path, tmp_path: Path) -> None:
    done = swv6("sessions", "export", "1", "-f", "json", "-o", "z.srt", cwd=tmp_path, SWV6_SESSIONS=str(kept))
    refused(done, 2, "-f json and -o z.srt", "-> swv6 sessions export 1 -f srt")
    assert not (tmp_path / "z.srt").exists()


def test_a_profile_that_is_gone_is_replaced_by_another(kept: Path, tmp_path: Path) -> None:
    done = swv6("sessions", "resume", SWV6_SESSIONS=str(kept))
    refused(done, 2, "gone.yaml", "-> swv6 talk --resume 1 -p NAME")


def test_without_a_microphone_the_same_conversation_is_typed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def talk(**_: object) -> None:
        raise DeviceError("no microphone found", "without a microphone: swv6 talk --text, or swv6 talk --profile demo")

    monkeypatch.setenv("SWV6_SESSIONS", str(kept))
    monkeypatch.setattr("swv6.cli.talk.talk", talk)
    kept.with_name("gone.yaml").write_text("extends: default\n", encoding="utf-8")
    with pytest.raises(DeviceError) as caught:
        resume("last", text=False)
    assert caught.value.hint == "without a microphone: swv6 sessions resume 1 --text"


def test_so_is_one_that_goes_on_with_another_profile(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: object) -> None:
        raise DeviceError("no microphone found", "without a microphone: swv6 talk --text, or swv6 talk --profile demo")

    monkeypatch.setenv("SWV6_SESSIONS", str(kept))
    monkeypatch.setattr("swv6.cli.talk.prepare", lambda *_: (resolve("default"), None))
    monkeypatch.setattr("swv6.cli.talk.run", run)
    with pytest.raises(DeviceError, match="swv6 talk --resume 1 --text, or"):
        talk(resume=True, session="last")


def test_words_that_nobody_said_are_no_mistake(tmp_path: Path) -> None:
    done = swv6("sessions", "search", "rien", SWV6_SESSIONS=str(tmp_path / "sessions.db"))
    assert (done.returncode, done.stderr) == (1, "swv6: nothing was found\n")
