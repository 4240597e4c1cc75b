"""`swv6 bench transcribe`: on real recordings with real weights, and what it refuses."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from swv6.bench import transcribe
from swv6.bench.ranking import standings, worst
from swv6.bench.transcribe import BASELINE, Heard, Sample, samples
from swv6.cli import bench, bench_transcribe
from swv6.errors import UsageError
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.profiles.search import shipped_folder
from swv6.text.wer import errors
from tests.test_bad_input import refused, swv6


def recordings(folder: Path, most: int = 3) -> Path:
    """Lay shipped questions and their words beside one another."""
    shipped = shipped_folder() / "sounds" / "bench"
    with (shipped / "questions.tsv").open(encoding="utf-8", newline="") as lines:
        for row in [*csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][:most]:
            shutil.copy(shipped / row["file"], folder)
            (folder / row["file"]).with_suffix(".txt").write_text(row["text"], encoding="utf-8")
    return folder


@pytest.mark.weights
def test_two_profiles_and_the_direct_call_hear_real_recordings(tmp_path: Path) -> None:
    other = tmp_path / "greedy.yaml"
    other.write_text("extends: default\nstt: [prism: {model: whisper-base, beam_size: 1}]\n", encoding="utf-8")
    folder, out = recordings(tmp_path), tmp_path / "out.json"
    asked = ("bench", "transcribe", str(folder), "-p", "default", "-p", str(other), "--runs", "1", "--json", str(out))
    kept_in = ("--html", str(tmp_path / "out.html"), "--out", str(tmp_path / "runs"))
    done = swv6(*asked, *kept_in, SWV6_CACHE=str(tmp_path / "answers"))
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [one["name"] for one in found["contenders"]] == ["default", "greedy", BASELINE]
    assert all(one["words"] == 23 and one["wer"] < 0.5 and one["speed"]["p50"] > 0 for one in found["contenders"])
    assert [one["ratio"] is None for one in found["contenders"]] == [False, False, True]
    assert len(found["files"]) == 9
    assert all(0 < file["seconds"] < 10 and file["text"] for file in found["files"])
    for name in ("default", "greedy", BASELINE):
        assert name in done.stdout
    assert not (tmp_path / "answers").exists()
    assert "<svg" in (tmp_path / "out.html").read_text(encoding="utf-8")
    (kept,) = (tmp_path / "runs").glob("*.json")
    assert json.loads(kept.read_text(encoding="utf-8")) == found


def test_a_folder_must_hold_recordings_with_texts(tmp_path: Path) -> None:
    refused(swv6("bench", "transcribe", str(tmp_path / "none")), 2, "is no folder")
    refused(swv6("bench", "transcribe", str(tmp_path)), 2, "holds no recordings")
    (tmp_path / "a.wav").write_bytes(b"")
    refused(swv6("bench", "transcribe", str(tmp_path)), 2, "holds 1 recording, without a text\n", "a.txt")
    (tmp_path / "b.wav").write_bytes(b"")
    refused(swv6("bench", "transcribe", str(tmp_path)), 2, "holds 2 recordings, none with a text\n", "a.txt")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        samples(tmp_path)


def test_a_text_s_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.mp3").write_bytes(b"")
    (tmp_path / "b" / "a.txt").write_text("\ufeffBonjour", encoding="utf-8")
    (tmp_path / "alone.wav").write_bytes(b"")
    assert [(s.file.name, s.text) for s in samples(tmp_path)] == [("a.mp3", "Bonjour")]


def test_a_text_without_words_is_left_out_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", " \n"), ("b", "Bonjour"), ("c", "...")):
        (tmp_path / f"{name}.wav").write_bytes(b"")
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert [sample.file.name for sample in samples(tmp_path, bench_transcribe._left_out)] == ["b.wav"]
    told = [f"swv6: {tmp_path / name}.txt: holds no words: its recording is left out" for name in "ac"]
    assert capsys.readouterr().err.splitlines() == told
    (tmp_path / "b.wav").unlink()
    with pytest.raises(UsageError, match="2 recordings, none with a text that has words"):
        samples(tmp_path)


def heard(who: str, file: str, run: int, text: str, elapsed: float) -> Heard:
    said = {"a": "un deux trois quatre", "b": "cinq six"}[file]
    return Heard(who, Path(file), run, text, errors(said, text, "fr"), elapsed, 10.0)


def test_errors_are_those_of_the_first_run_and_ratios_are_file_by_file() -> None:
    found = [
        heard(BASELINE, "a", 1, "un deux trois quatre", 2.0),
        heard("mine", "a", 1, "un deux trois", 1.0),
        heard("mine", "b", 1, "rien", 4.0),
        heard(BASELINE, "b", 1, "cinq six", 2.0),
        heard("mine", "a", 2, "un deux trois quatre", 1.0),
        heard(BASELINE, "a", 2, "un deux trois quatre", 2.0),
    ]
    mine, base = standings(found)
    assert (mine.name, base.name, base.ratio) == ("mine", BASELINE, None)
    assert (mine.errors.words, mine.errors.word_errors) == (6, 3)
    assert mine.speed.p50 == 10.0
    assert mine.ratio is not None
    assert (mine.ratio.p50, mine.ratio.p5 < 0.51, mine.ratio.p95 > 1.5) == (0.5, True, True)
    assert [(h.contender, h.file.name) for h in worst(found, 5)] == [("mine", "b"), ("mine", "a")]


def test_what_got_worse_since_an_older_run_is_told_drawn_and_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = [1.0]

    async def measure(profiles: object, store: object, chosen: list[Sample], *given: Any) -> list[Heard]:
        found = list[Heard]()
        for run in (1, 2):
            for name in ("default", BASELINE):
                for sample in chosen:
                    text = sample.text if took[0] == 1.0 or name == BASELINE else "rien"
                    elapsed = took[0] if name == "default" else 1.0
                    found.append(Heard(name, sample.file, run, text, errors(sample.text, text, "fr"), elapsed, 10.0))
                    given[-1](found[-1])
        return found

    monkeypatch.setattr(transcribe, "measure", measure)
    monkeypatch.setattr(bench_transcribe, "prepare", lambda name, *given: (resolve(name), Store()))
    folder, runs, page = recordings(tmp_path), tmp_path / "runs", tmp_path / "page.html"

    def asked(*wishes: str) -> Result:
        return CliRunner().invoke(bench.app, ["transcribe", str(folder), "--out", str(runs), *wishes])

    assert asked().exit_code == 0
    same = asked("--compare", "last", "--fail-if-slower")
    assert (same.exit_code, "4 of 4 have not moved" in same.stdout) == (0, True), same.output
    took[0] = 2.0
    worse = asked("--compare", "last", "--fail-if-slower", "--html", str(page))
    assert worse.exit_code == 1
    assert "+100%" in worse.stdout
    assert "+100%" in page.read_text(encoding="utf-8")
