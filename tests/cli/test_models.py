"""`swv6 models` as a user runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from swv6.cli import _tables
from swv6.cli import models as command
from swv6.errors import ModelError
from swv6.models import catalog
from tests.models import world
from tests.models.conftest import World, toys

__all__ = ["toys"]


def swv6(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    line = [sys.executable, "-m", "swv6", "models", *arguments]
    return subprocess.run(line, capture_output=True, encoding="utf-8", env=environment, check=False, timeout=120)


def test_a_models_whole_life(toys: World) -> None:
    done = swv6("pull", "toy", "toy-voice")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert re.search(r"pulling toy \(.* MB\)\ntoy is here after .* s \(.* MB/s\)\npulling toy-voice", done.stderr)
    assert swv6("pull", "toy").stderr == "toy is here\n"
    assert swv6("path", "toy-voice").stdout.strip() == str(toys.store.folder("toy-voice") / "x.bin")
    assert swv6("verify").stdout == "toy: ok\ntoy-voice: ok\n"
    (toys.store.folder("toy-voice") / "x.bin").write_bytes(b"damaged")
    done = swv6("verify")
    assert done.returncode == 4
    assert done.stdout == "toy: ok\ntoy-voice: damaged\n"
    assert "swv6 models pull --force toy-voice" in done.stderr
    assert swv6("pull", "--force", "toy-voice").returncode == 0
    assert swv6("verify", "toy-voice").stdout == "toy-voice: ok\n"
    assert swv6("rm", "toy", "toy-voice").stderr == "toy removed\ntoy-voice removed\n"
    done = swv6("path", "toy")
    assert done.returncode == 4
    assert done.stderr == "swv6: toy is not on this machine\n  -> swv6 models pull toy\n"


def test_the_list_says_what_is_here(toys: World) -> None:
    toys.store.pull("toy-voice")
    listed = swv6("list").stdout
    assert re.search(r"^toy-voice +yes +0\.1 MB +MIT +fr$", listed, re.MULTILINE)
    assert re.search(r"^toy-hub +- ", listed, re.MULTILINE)
    assert re.search(r"^ff_siwis +- +0\.5 MB +Apache-2\.0 +fr$", listed, re.MULTILINE)
    assert re.search(r"^ff_siwis +made from the SIWIS recordings .*CC BY 4\.0$", listed, re.MULTILINE)
    rows = {row["name"]: row for row in json.loads(swv6("list", "--json").stdout)}
    assert set(rows) == set(catalog.load())
    assert rows["toy-voice"]["installed"] is True
    assert rows["toy-voice"]["path"] == str(toys.store.folder("toy-voice") / "x.bin")
    assert rows["toy"]["installed"] is False
    assert rows["toy"]["path"] is None
    assert [name for name, row in rows.items() if row["damaged"]] == []


def test_a_damaged_model_is_not_an_absent_one(toys: World) -> None:
    toys.store.pull("toy-voice")
    (toys.store.folder("toy-voice") / "x.bin").write_bytes(b"damaged")
    assert re.search(r"^toy-voice +damaged ", swv6("list").stdout, re.MULTILINE)
    (toys.store.folder("toy-voice") / "x.bin").unlink()
    assert swv6("verify").stdout == "toy-voice: damaged\n"
    done = swv6("verify", "toy")
    assert (done.returncode, done.stdout) == (4, "toy: not here\n")
    assert done.stderr == "swv6: toy is not on this machine\n  -> swv6 models pull toy\n"


@pytest.mark.parametrize("columns", [40, 80])
def test_the_list_loses_nothing_on_a_narrow_terminal(columns: int) -> None:
    rows = [
        {"name": m.name, "installed": False, "damaged": False, "size": m.size, "languages": m.languages}
        | {"license": m.license}
        for m in catalog.load().values()
    ]
    lines = list(_tables.listing(rows, columns))
    assert all(len(line) <= columns for line in lines) or columns == 40  # there it runs over, whole
    words = " ".join(lines).split()
    for model in catalog.load().values():
        assert model.name in words
        assert set(model.languages) <= set(words)
        assert set(_tables.human(model.size).split()) <= set(words)
        assert {word.strip(";:") for word in model.license.split()} <= {word.strip(";:") for word in words}


def test_import(toys: World) -> None:
    file = toys.tmp / "voice"
    file.write_bytes(world.VOICE)
    done = swv6("import", "toy-voice", str(file))
    assert done.stdout.strip() == str(toys.store.folder("toy-voice") / "x.bin")
    assert done.stderr.startswith("importing toy-voice")


@pytest.mark.parametrize("arguments", [("pull", "toy-voic"), ("rm", "toy-voic"), ("path", "toy-voic"),
                                       ("verify", "toy-voic"), ("import", "toy-voic", ".")])  # fmt: skip
def test_an_unknown_name_suggests(toys: World, arguments: tuple[str, ...]) -> None:
    done = swv6(*arguments)
    assert done.returncode == 4
    assert "did you mean toy-voice" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody is there and always says no."""
    questions: list[str] = []

    def no(question: str, **options: object) -> bool:
        questions.append(question)
        return False

    monkeypatch.setattr(command, "_attended", lambda: True)
    monkeypatch.setattr("typer.confirm", no)
    return questions


def test_a_command_asks_before_a_large_download(toys: World, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "ASK_ABOVE", 600_000)
    with pytest.raises(ModelError, match="nothing was downloaded") as caught:
        command.ensure(["toy", "toy-voice", "toy"], yes=False)
    assert caught.value.hint == "swv6 models pull toy toy-voice"
    assert asked == ["download toy (0.6 MB), toy-voice (0.1 MB): 0.6 MB in all?"]
    assert toys.served.asked == []
    command.ensure(["toy-voice"], yes=False)  # small enough to go unasked
    assert len(asked) == 1
    command.ensure(["toy"], yes=True)
    assert len(asked) == 1
    assert toys.store.present("toy")


def test_a_command_without_anybody_there_pulls_saying_so(
    toys: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ASK_ABOVE", 0)
    command.ensure(["toy-voice", str(toys.tmp / "a-path.gguf")], yes=False)
    assert toys.store.present("toy-voice")
    assert "pulling toy-voice (0.1 MB)" in capsys.readouterr().err
    toys.served.asked.clear()
    command.ensure(["toy-voice"], yes=False)
    assert toys.served.asked == []


def test_sizes_are_written_as_people_say_them() -> None:
    assert [_tables.human(n) for n in (0, 522_240, 8_679_182, 147_882_941, 1_117_320_768)] == [
        "0.1 MB", "0.5 MB", "8.7 MB", "148 MB", "1.1 GB"
    ]  # fmt: skip


def test_the_documentations_table_is_the_catalog() -> None:
    shipped = catalog._read(Path(catalog.__file__).with_name("catalog.yaml"))
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    table = page.partition("<!-- catalog -->\n")[2].partition("<!-- /catalog -->")[0]
    assert table == _tables.markdown(shipped.values())
