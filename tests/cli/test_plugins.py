"""`swv6 plugins`: the table, one plugin, JSON; nothing heavy is imported."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from swv6.cli import plugins as command
from swv6.errors import UsageError
from swv6.plugins import Backend, Command
from swv6.plugins.manager import Plugin, Plugins

from .test_app import run

FOUND = Plugins(
    {
        "good": Plugin("good", "swv6-good", "1.0", 0.002),
        "slow": Plugin("slow", "swv6-slow", "2.0", 0.5),
        "bad": Plugin("bad", "swv6-bad", "0.1", 0.001, error="ZeroDivisionError: division by zero"),
        "off": Plugin("off", "swv6-off", "3.0", disabled=True),
    }
)
FOUND.offers["tts"]["anna"] = Backend("anna", "A voice.", "x:y", "x:z")
FOUND.offers["tts"]["zoe"] = Backend("zoe", "Needs more.", "x:y", "x:z", ("no_such_engine",), 'pip install "swv6[zoe]"')
FOUND.offers["stt"]["ear"] = Backend("ear", "Elsewhere.", "x:y", "x:z", platforms=("plan9",))
FOUND.offers["command"]["hello"] = Command("hello", "Greet.", "x:app")
FOUND.owners.update(
    {("tts", "anna"): "good", ("tts", "zoe"): "slow", ("stt", "ear"): "good", ("command", "hello"): "good"}
)


@pytest.fixture(autouse=True)
def some_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show these plugins instead of the installed ones."""
    monkeypatch.setattr(command, "installed", lambda: FOUND)


def out(*arguments: str, columns: int = 0) -> str:
    result = CliRunner().invoke(command.app, arguments, env={"COLUMNS": str(columns) if columns else None})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_the_table_has_every_state() -> None:
    assert out("list").splitlines() == [
        "KIND     NAME   PACKAGE        IMPORT       STATE",
        "stt      ear    swv6-good 1.0  2 ms         wrong platform: works on plan9 only",
        "tts      anna   swv6-good 1.0  2 ms         available",
        'tts      zoe    swv6-slow 2.0  500 ms slow  missing extra: no_such_engine: pip install "swv6[zoe]"',
        "command  hello  swv6-good 1.0  2 ms         available",
        "-        bad    swv6-bad 0.1   1 ms         broken: ZeroDivisionError: division by zero",
        "-        off    swv6-off 3.0   0 ms         disabled",
    ]


def test_it_lists_without_a_subcommand() -> None:
    assert out() == out("list")


@pytest.mark.parametrize("columns", [80, 120])
def test_the_last_column_wraps_under_itself(columns: int) -> None:
    lines = out("list", columns=columns).splitlines()
    assert max(map(len, lines)) <= columns
    begin = lines[0].index("STATE")
    assert all(line[:begin].isspace() or line[begin - 1] == " " for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(out("list").split())


def test_json_has_the_same_rows() -> None:
    rows = json.loads(out("--json"))
    assert rows == json.loads(out("list", "--json"))
    assert [row["state"] for row in rows] == [
        "wrong platform", "available", "missing extra", "available", "broken", "disabled",
    ]  # fmt: skip
    assert [row["slow"] for row in rows] == [False, False, True, False, False, False]


def test_show_finds_an_offer_and_a_plugin() -> None:
    assert "A voice." in out("show", "anna")
    assert out("show", "good").count("swv6-good 1.0") == 3
    assert "ZeroDivisionError" in out("show", "bad")


def test_show_suggests_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean 'anna'"):
        out("show", "ana")


def test_options_are_shown_for_a_builtin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    result = run("plugins", "show", "xllamacpp", "--json")
    (entry,) = json.loads(result.stdout)
    assert entry["kind"] == "llm"
    assert "model" in entry["options"]
    assert "(broken)" not in entry["options"]


def test_the_builtins_are_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    rows = json.loads(run("plugins", "--json").stdout)
    assert {"stt", "llm", "tts", "vad", "microphone", "speaker"} <= {row["kind"] for row in rows}
    assert [row for row in rows if row["package"] == "swv6" and row["state"] == "broken"] == []
