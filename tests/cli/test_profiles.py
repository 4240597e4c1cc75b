"""`swv6 profiles` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from swv6.cli.app import run
from swv6.profiles.search import shipped_folder


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("SWV6_PROFILES", str(folder))
    return folder


def swv6(*arguments: str) -> int:
    """Run the command line in this process and give its exit code."""
    with pytest.raises(SystemExit) as left:
        run(["profiles", *arguments])
    return int(left.value.code or 0)


def test_list_shows_own_ones_before_shipped_ones(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "en.yaml").write_text("extends: en\nsummary: mine, with an é\n", encoding="utf-8")
    (own / "torn.yaml").write_text("a: [\n", encoding="utf-8")
    assert swv6("list") == 0
    lines = {line.split()[0]: line.split(maxsplit=2)[1:] for line in capsys.readouterr().out.splitlines()}
    assert lines["en"] == ["own", "mine, with an é"]
    assert lines["default"][0] == "shipped"
    assert lines["torn"][1].startswith("broken: ")
    assert swv6("list", "--json") == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["demo"]["path"] == str(shipped_folder() / "demo.yaml")


def test_show_is_resolved_and_changed_by_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert swv6("show", "demo", "--json", "--set", "turns.silence=0.8 s", "--set", "stt.prism.beam_size=2") == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["name"], values["turns"]["silence"], values["stt"][0]["prism"]["beam_size"]) == ("demo", 0.8, 2)
    assert values["microphone"][0]["wav"]["files"][0] == str(shipped_folder() / "sounds" / "question-1.wav")
    assert swv6("show", "demo") == 0
    shown = yaml.safe_load(capsys.readouterr().out)
    assert (shown["language"], shown["turns"]["silence"]) == ("fr", 0.6)


def test_check_of_a_good_file_and_of_a_bad_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.yaml"
    good.write_text("extends: default\n", encoding="utf-8")
    assert swv6("check", str(good)) == 0
    assert capsys.readouterr().out.splitlines()[0] == "good: good"
    bad = tmp_path / "bad.yaml"
    bad.write_text("extends: default\nlangage: fr\nturns:\n  silence: 3 parsecs\n", encoding="utf-8")
    assert swv6("check", str(bad)) == 2
    says = capsys.readouterr().err
    assert f"{bad}:2: langage: unknown key" in says
    assert f'{bad}:4: turns.silence: found "3 parsecs"' in says
    assert "Traceback" not in says


def test_check_says_which_extra_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from swv6.plugins import offers

    monkeypatch.setattr(offers, "_importable", lambda name: name != "kokoro_onnx")
    assert swv6("check", "default") == 0
    assert (
        'tts: kokoro cannot be used here: missing kokoro_onnx: pip install "swv6[embedded]"' in capsys.readouterr().out
    )


@pytest.mark.parametrize("command", ["show", "check"])
def test_an_unknown_profile_suggests_one(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert swv6(command, "rtx309") == 2
    assert "did you mean rtx3090?" in capsys.readouterr().err


def test_schema_goes_to_stdout_or_to_a_file_with_the_line_for_editors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert swv6("schema") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["title"] == "swv6 profile"
    assert "# yaml-language-server: $schema=" in err
    path = tmp_path / "p.json"
    assert swv6("schema", "-o", str(path)) == 0
    assert "PrismOptions" in json.loads(path.read_text(encoding="utf-8"))["$defs"]
    assert f"$schema={path.resolve().as_posix()}" in capsys.readouterr().err
    assert swv6("schema", "-o", str(tmp_path / "none" / "p.json")) == 2
    assert f"\n  -> mkdir -p {tmp_path / 'none'}" in capsys.readouterr().err


def test_a_schema_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.json"
    path.write_text("old", encoding="utf-8")

    def full(self: Path, text: str, encoding: str) -> int:
        self.write_bytes(text.encode(encoding)[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert swv6("schema", "-o", str(path)) == 1
    assert "No space left" in capsys.readouterr().err
    assert [file.name for file in tmp_path.glob("*p.json*")] == ["p.json"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["demo", "en", "rtx3090"])
def test_what_show_prints_is_a_profile(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert swv6("show", name) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"# {name}\nsummary: ")
    assert "\nprompt: |\n  " in text
    mine = tmp_path / "mine.yaml"
    mine.write_text(text, encoding="utf-8")
    assert swv6("check", str(mine)) == 0
    capsys.readouterr()
    assert swv6("show", str(mine)) == 0
    assert capsys.readouterr().out.partition("\n")[2] == text.partition("\n")[2]
