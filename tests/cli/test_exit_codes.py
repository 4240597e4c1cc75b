"""The same mistake has the same exit code in every command: a file that is not there, or cannot be written, is 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.cli.app import run
from swv6.sessions import archive
from swv6.sessions.archive import Story


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        "mic --from-file none.wav",
        "listen --from none.wav",
        "say --file none.txt",
        "say Bonjour -o none/x.wav",
        "cache warm none.txt",
        "bench latency none.wav",
        "bench transcribe none",
        "bench startup --compare none.json --out runs",
        "profiles check none.yaml",
        "profiles schema -o none/x.json",
        "bench startup --html none/x.html",
        "bench latency --json none/x.json",
        "doctor --quick --bundle none/x.zip",
        "sessions export last -o none/x.md",
        "sessions export last -f wav -o none/x.wav",
        "--log-file none/x.jsonl devices",
        "dashboard --port -5",
        "dashboard --port 65536",
    ],
)
def test_a_file_that_is_not_there_or_a_place_that_cannot_be_is_a_wrong_command_line(
    arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(archive, "story", lambda session, sound=False: Story(1, 0.0, "p", "fr", ()))
    with pytest.raises(SystemExit) as left:
        run(arguments.split())
    assert left.value.code == 2, capsys.readouterr()
    assert capsys.readouterr().err
