from __future__ import annotations

import json
import os
import sqlite3
import stat
import sys
import wave
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.cli._keeping import earlier
from swv6.errors import UsageError
from swv6.sessions.archive import listing, remove, search, story
from swv6.sessions.export import TEXTS, wav
from swv6.sessions.recorder import recording
from swv6.sessions.turn import Span, Turn
from swv6.types import Audio, Message


def turn(number: int, user: str, assistant: str, outcome: str = "ok", sound: bool = False) -> Turn:
    """Make a turn that was said just now."""
    now = monotonic()
    heard = Audio(np.full(1600, 0.25, np.float32), 16_000)
    said = Audio(np.full(2400, -0.5, np.float32), 24_000)
    sounds = (heard, (said, said)) if sound else (None, ())
    return Turn(number, user, assistant, outcome, Span(now, now), Span(now, now + 2.0), *sounds)


def keep(path: Path, *turns: Turn, audio: bool = False, earlier: str = "") -> int:
    """Keep a conversation and give its number."""
    before = story(earlier, path) if earlier else None
    with recording("default", "fr", audio, before, path) as recorder:
        for one in turns:
            recorder.keep(one)
    assert recorder.session is not None
    return recorder.session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place for sessions."""
    return tmp_path / "deep" / "sessions.db"


def test_a_conversation_is_listed_shown_and_goes_on(path: Path) -> None:
    first = keep(path, turn(1, "Je m'appelle Zoé.", "Bonjour Zoé."), turn(2, "Raconte", "Il était une", "interrupted"))
    second = keep(path, turn(1, "Hello.", "Hi."))
    assert [(row.id, row.turns, row.first) for row in listing(path)] == [
        (second, 1, "Hello."),
        (first, 2, "Je m'appelle Zoé."),
    ]
    assert keep(path, turn(1, "Et moi ?", ""), turn(2, "Mon nom ?", "Zoé."), earlier=str(first)) == first
    whole = story(str(first), path)
    assert [one.number for one in whole.turns] == [1, 2, 3, 4]
    assert whole.turns[2].asked.start >= whole.turns[1].answered.end - 0.01
    assert [(m.role, m.text) for m in whole.messages()] == [
        ("user", "Je m'appelle Zoé."),
        ("assistant", "Bonjour Zoé."),
        ("user", "Raconte"),
        ("assistant", "Il était une …"),
        ("user", "Et moi ? Mon nom ?"),
        ("assistant", "Zoé."),
    ]
    assert story("last", path).id == second


def test_talk_goes_on_with_the_last_session_or_with_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", str(path))
    first, second = keep(path, turn(1, "Un.", "Oui.")), keep(path, turn(1, "Deux.", "Oui."))
    found = [earlier(resume, session) for resume, session in ((True, ""), (True, str(first)), (False, ""))]
    assert [one.id if one else None for one in found] == [second, first, None]
    with pytest.raises(UsageError, match="only --resume"):
        earlier(False, str(first))


def test_nothing_said_leaves_nothing(path: Path) -> None:
    with recording("default", "fr", False, None, path) as recorder:
        pass
    assert recorder.session is None
    assert listing(path) == []
    with pytest.raises(UsageError, match="no conversation"):
        story("last", path)
    with pytest.raises(UsageError, match="no session 7"):
        remove(["7"], path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_an_empty_archive_says_how_to_begin(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from swv6.cli.sessions import list_

    monkeypatch.setenv("SWV6_SESSIONS", str(path))
    list_()
    assert "no conversation has been kept yet: swv6 talk begins one" in capsys.readouterr().out
    list_(as_json=True)
    assert capsys.readouterr().out == "[]\n"


def test_only_its_owner_may_read_it(path: Path) -> None:
    os.umask(old := os.umask(0))
    assert old is not None
    with recording("default", "fr", False, None, path) as recorder:
        recorder.keep(turn(1, "secret", "oui"))
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE x (y)")  # its journals are there now
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    database.close()


def test_what_is_removed_is_nowhere_any_more(path: Path) -> None:
    gone = keep(path, turn(1, "UNREPEATABLE", "oui", sound=True), audio=True)
    stays = keep(path, turn(1, "autre", "non"))
    remove([str(gone)], path)
    assert [row.id for row in listing(path)] == [stays]
    assert search("unrep", path) == []
    assert all(b"UNREPEATABLE" not in file.read_bytes() for file in path.parent.iterdir())


def test_search_finds_beginnings_whatever_the_accents(path: Path) -> None:
    keep(path, turn(1, "Où est la bibliothèque ?", "À côté de l'école."), turn(2, "Merci.", "De rien."))
    assert {place.turn for place in search("biblioth ECOLE", path)} == {1}
    assert [place.who for place in search("rien", path)] == ["user", "assistant"]
    assert search("absent", path) == []


@given(st.text())
def test_any_text_may_be_searched_for(text: str) -> None:
    path = Path(os.environ["SWV6_SESSIONS"]).with_name("any.db")
    if not path.exists():
        keep(path, turn(1, "Un", "Deux"))
    assert isinstance(search(text, path), list)


def test_sound_is_kept_only_when_asked_for(path: Path, tmp_path: Path) -> None:
    without = keep(path, turn(1, "a", "b", sound=True))
    with pytest.raises(UsageError, match="no sound"):
        wav(story(str(without), path, sound=True), tmp_path / "no.wav")
    with_ = keep(path, turn(1, "a", "b", sound=True), audio=True)
    wav(story(str(with_), path, sound=True), tmp_path / "yes.wav")
    with wave.open(str(tmp_path / "yes.wav")) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(0.1 + 0.5 + 0.2, abs=0.01)
    assert [row.audio for row in listing(path)] == [True, False]


def test_every_format_says_everything(path: Path) -> None:
    keep(path, turn(1, "Un ?", "Oui."), turn(2, "Deux ?", "", "failed"))
    found = story("last", path)
    for write in TEXTS.values():
        text = write(found)
        assert all(words in text for words in ("Un ?", "Oui.", "Deux ?"))
    assert [t["outcome"] for t in json.loads(TEXTS["json"](found))["turns"]] == ["ok", "failed"]
    assert TEXTS["srt"](found).startswith("1\n00:00:00,")
    assert found.messages()[-1] == Message("user", "Deux ?")


def _many(path: Path, name: str) -> None:
    keep(path, *(turn(n, f"{name} {n}", "oui") for n in range(1, 6)))


def test_several_conversations_at_once(path: Path) -> None:
    processes = [get_context("spawn").Process(target=_many, args=(path, f"p{n}")) for n in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    rows = listing(path)
    assert [row.turns for row in rows] == [5] * 4
    for row in rows:
        name = row.first.split()[0]
        assert [one.user for one in story(str(row.id), path).turns] == [f"{name} {n}" for n in range(1, 6)]


def test_a_file_that_cannot_be_written_ends_no_conversation(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "sessions.db").write_text("no database at all, but long enough to look like one" * 99, encoding="utf-8")
    with recording("default", "fr", False, None, tmp_path / "sessions.db") as recorder:
        recorder.keep(turn(1, "a", "b"))
        recorder.keep(turn(2, "a", "b"))
    assert recorder.session is None
    assert [r.message for r in caplog.records if "not kept any more" in r.message] != []
    assert len(caplog.records) == 1
