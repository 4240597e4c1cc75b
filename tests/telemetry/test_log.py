"""Log lines: for people, as JSON on stderr, in a file; with ids, without secrets, without what was said."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from swv6.cli.live import _logged_above
from swv6.cli.transcript import Printer
from swv6.errors import UsageError
from swv6.profiles import resolve
from swv6.stages.listening import Fanout
from swv6.telemetry import events, log
from swv6.telemetry.log_events import logged
from swv6.telemetry.stamps import CURRENT

SAID = "le code du coffre est douze"
ANSWER = "Je garde ce secret pour moi."
PROMPT = "Tu es Camille, une assistante discrète."
other = logging.getLogger("swv6.test")


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root, stderr = logging.getLogger("swv6"), sys.stderr
    before = root.handlers[:], root.level, root.propagate
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])
    monkeypatch.setattr(sys, "stderr", stderr)


def converse(text: bool = False) -> str:
    """Report one turn and what goes wrong in it; give the session's id."""
    fanout = Fanout(events.nobody)
    with logged(fanout.stamp, text, PROMPT) as listener:
        if listener:
            fanout.add("log", listener)
        fanout(events.SessionBegan("default", "fr"))
        fanout(events.TurnBegan(0.5))
        fanout(events.HeardSoFar(SAID[:11]))
        fanout(events.Level(0.1))
        fanout(events.TurnEnded(1, 0.4))
        fanout(events.TurnHeard(1, SAID, "prism", 0.3))
        refused = json.dumps({"messages": [PROMPT, SAID.capitalize()]})
        fanout(events.FellBack("llm", "openai", f"HTTP 400: cannot answer {refused[:90]}"))
        other.warning("refused: %s", json.dumps({"asked": f"{SAID} ?"}))
        fanout(events.StageEnded("llm", "xllamacpp", 0.2, 0.4, "ok"))
        fanout(events.ReplyText(1, ANSWER))
        fanout(events.BargedIn(interrupted=True, text="stop tout de suite"))
        try:
            raise ValueError(f"cannot say {ANSWER!r}")
        except ValueError as error:
            other.warning("a voice failed", exc_info=error)
        fanout(events.ReplyEnded(1, ANSWER, "interrupted", 0.3, 0.2, 0.1, 0.6))
    return fanout.stamp.session


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a log, in the order in which things happened: events are written behind what stages log themselves."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted(found, key=lambda line: line["timestamp"])


@pytest.mark.parametrize("level", ["debug", "info"])
def test_every_line_of_a_turn_carries_its_ids_and_nobodys_words(tmp_path: Path, level: str) -> None:
    log.configure(0)
    log.keep(tmp_path / "log.jsonl", logging.getLevelNamesMapping()[level.upper()])
    session = converse()
    found = lines(tmp_path / "log.jsonl")
    assert {line["session"] for line in found} == {session}
    assert [line["turn"] for line in found] == [0] + [1] * (len(found) - 1)
    names = [line["event"] for line in found]
    often = ["turn_began", "heard_so_far", "reply_text"]
    assert [name for name in names if name in often] == (often if level == "debug" else [])
    assert "level" not in names
    everything = json.dumps(found, ensure_ascii=False)
    for words in ("coffre", "douze", "Camille", "discrète", "garde ce", "tout de suite"):
        assert words not in everything
    by_name = {line["event"]: line for line in found}
    assert by_name["turn_heard"]["text"] == f"({len(SAID)} characters)"
    assert by_name["fell_back"]["level"] == "warning"
    assert by_name["fell_back"]["reason"].startswith("HTTP 400: cannot answer")
    assert "ValueError" in by_name["a voice failed"]["exception"]


def test_the_texts_are_logged_when_asked(tmp_path: Path) -> None:
    log.configure(0, file=str(tmp_path / "log.jsonl"))
    converse(text=True)
    by_name = {line["event"]: line for line in lines(tmp_path / "log.jsonl")}
    assert by_name["turn_heard"]["text"] == SAID
    assert by_name["reply_ended"]["heard"] == ANSWER


def test_a_task_of_a_turn_marks_what_it_logs_with_that_turn(tmp_path: Path) -> None:
    log.configure(0, file=str(tmp_path / "log.jsonl"))
    fanout = Fanout(events.nobody)
    token = CURRENT.set(7)
    try:
        with logged(fanout.stamp, False, ""):
            other.warning("late")
    finally:
        CURRENT.reset(token)
    assert lines(tmp_path / "log.jsonl")[0]["turn"] == 7


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Authorization: Bearer abc.def-ghi", "Authorization: (redacted)"),
        ("authorization: Basic dXNlcjpwYXNz", "authorization: (redacted)"),
        ('{"headers": {"Authorization": "Bearer abc"}}', '{"headers": {"Authorization": "(redacted)"}}'),
        ("X-Api-Key: 0123abcd refused", "X-Api-Key: (redacted) refused"),
        ("api_key='0123abcd'", "api_key='(redacted)'"),
        ('{"token": "t0p", "max_tokens": 150}', '{"token": "(redacted)", "max_tokens": 150}'),
        ("password=hunter2; retry", "password=(redacted); retry"),
        ("POST http://me:pw@host:8000/v1?key=abc 401", "POST http://host:8000/v1?(redacted) 401"),
        ("sk-proj-abcdefgh12345 and hf_abcdefgh12345", "(redacted) and (redacted)"),
        ("AKIAABCDEFGHIJKLMNOP", "(redacted)"),
        ("a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc b", "a (redacted) b"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- x", "(redacted) x"),
        ("the variable holds correct-horse", "the variable holds (redacted)"),
        ("nothing secret: whisper, max_tokens: 150", "nothing secret: whisper, max_tokens: 150"),
    ],
)  # fmt: skip
def test_secrets_are_left_out_everywhere(
    written: str, left: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from swv6.telemetry.secrets import own_secrets

    monkeypatch.setenv("MY_SERVICE_TOKEN", "correct-horse")
    own_secrets.cache_clear()
    log.configure(0, file=str(tmp_path / "log.jsonl"))
    other.warning("%s", written)
    other.warning("nested", extra={"fields": {"deep": [{"said": written, "api_key": "0123", "n_tokens": 3}]}})
    own_secrets.cache_clear()
    first, second = lines(tmp_path / "log.jsonl")
    assert first["event"] == left
    assert second["deep"] == [{"said": left, "api_key": "(redacted)", "n_tokens": 3}]
    assert capsys.readouterr().err.startswith(f"swv6: {left}\n")


def test_people_see_what_they_saw_before(capsys: pytest.CaptureFixture[str]) -> None:
    for verbosity, seen in ((-1, ""), (0, "swv6: w\n"), (1, "swv6: i\nswv6: w\n")):
        log.configure(verbosity)
        other.info("i")
        other.warning("w")
        assert capsys.readouterr().err == seen
        assert (log.shown(logging.WARNING), log.shown(logging.INFO)) == (verbosity > -1, verbosity > 0)
    log.configure(1)
    converse()
    assert "fell_back" not in capsys.readouterr().err  # the view says it
    log.configure(2)
    converse()
    told = capsys.readouterr().err
    assert "swv6.events: stage_ended at=" in told
    assert SAID not in told.replace("refused", "").split("swv6.test")[0]


def test_nobody_listens_unless_somebody_reads() -> None:
    log.configure(1)
    with logged(Fanout(events.nobody).stamp, False, "") as listener:
        assert listener is None


def test_a_full_file_is_set_aside_and_the_oldest_goes(tmp_path: Path) -> None:
    log.configure(0)
    (tmp_path / "deep").mkdir()
    log.keep(tmp_path / "deep" / "log.jsonl", size=10_000, count=2)
    for number in range(400):
        other.warning("%d %s", number, "é" * 50)
    files = sorted((tmp_path / "deep").iterdir())
    assert [file.name for file in files] == ["log.jsonl", "log.jsonl.1", "log.jsonl.2"]
    assert all(file.stat().st_size <= 10_000 for file in files)
    assert lines(files[0])[-1]["event"].startswith("399 ")
    older, newer = lines(files[1]), lines(files[0])
    assert int(older[-1]["event"].split()[0]) + 1 == int(newer[0]["event"].split()[0])
    if sys.platform != "win32":
        assert {file.stat().st_mode & 0o077 for file in files} == {0}


def test_a_file_that_another_process_holds_is_copied_and_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(self: Path, target: str) -> Path:
        raise PermissionError(13, "used by another process")

    log.configure(0)
    log.keep(tmp_path / "log.jsonl", size=10_000, count=1)
    monkeypatch.setattr(Path, "replace", held)
    for number in range(200):
        other.warning("%d %s", number, "x" * 50)
    assert 0 < (tmp_path / "log.jsonl").stat().st_size <= 10_000
    assert lines(tmp_path / "log.jsonl")[-1]["event"].startswith("199 ")
    assert lines(tmp_path / "log.jsonl.1")


def test_a_file_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="log file"):
        log.keep(tmp_path / "file" / "log.jsonl")


def test_only_the_folders_of_states_and_logs_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.configure(0)
    with pytest.raises(UsageError, match=r"nowhere does not exist\n  -> mkdir -p"):
        log.keep(tmp_path / "nowhere" / "log.jsonl")
    assert not (tmp_path / "nowhere").exists()
    monkeypatch.setattr("platformdirs.user_log_path", lambda *named, **how: tmp_path / "own")
    log.keep(tmp_path / "own" / "deep" / "log.jsonl")
    assert (tmp_path / "own" / "deep" / "log.jsonl").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_full_disk_is_said_once_and_ends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(0, file="/dev/full")
    other.warning("one")
    other.warning("two")
    assert capsys.readouterr().err.count("log file /dev/full: No space left on device") == 1


def test_json_on_stderr_is_not_diverted_by_what_draws_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    log.configure(0, as_json=True)
    with _logged_above():
        other.warning("%s", "one")
        other.warning("%d", "two")
        print("three", file=sys.stderr)
        print("     · kept in a folder", file=sys.stderr)
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in (told[0], *told[-2:])] == ["one", "three", "kept in a folder"]


def test_what_an_event_says_is_printed_unless_it_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(0)
    printer = Printer(resolve("offline-test"), typed=True)
    printer(events.Notice("a timer rang"))
    assert capsys.readouterr().err == "     · a timer rang\n"
    log.configure(0, as_json=True)
    with logged(Fanout(events.nobody).stamp, False, "") as listener:
        assert listener is not None
        fanout = Fanout(printer)
        fanout.add("log", listener)
        fanout(events.Notice("a timer rang"))
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["event"], line["text"]) == ("notice", "a timer rang")


def swv6(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `swv6` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "swv6", *arguments], capture_output=True, encoding="utf-8", check=False
    )


def test_every_line_of_stderr_is_json_and_the_file_says_how_a_run_ended(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    sets = ("--set", "llm={openai: {url: 'http://127.0.0.1:9/v1'}}", "--set", "speaker=[wav]")
    done = swv6("--log-json", "--log-file", str(path), "talk", "-t", "-p", "offline-test", *sets, "--set", "log.size=1")
    assert done.returncode == 2
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert told[-1]["exit_code"] == 2
    assert "log.size" in told[-1]["event"]
    assert lines(path)[-1] == {**told[-1], "timestamp": lines(path)[-1]["timestamp"]}
