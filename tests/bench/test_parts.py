"""`swv6 bench`: each part for a moment, and what one report promises."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import anyio
import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from swv6.bench.control import Control
from swv6.bench.llm import answered
from swv6.bench.noise import judged, noisy, padded, speaks
from swv6.bench.overhead import Pair, Took, taken
from swv6.bench.parts import PARTS, Part
from swv6.bench.questions import questions
from swv6.bench.results import older, read
from swv6.bench.say import spoken
from swv6.bench.series import Section, Series
from swv6.bench.vad import Level, clips, heard
from swv6.cli import bench, bench_parts
from swv6.cli._figures import Wishes
from swv6.cli.interrupting import INTERRUPTED
from swv6.errors import BackendError, Swv6Error, UsageError
from swv6.models.store import Store
from swv6.profiles import Profile, resolve
from swv6.types import Audio, Chat, Message
from tests.test_bad_input import refused, swv6


def pictures(html: str) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html)]


def test_startup_is_measured_beside_an_empty_program(tmp_path: Path) -> None:
    done = swv6("bench", "startup", "--runs", "1", "--out", str(tmp_path), "--json", "-")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    (section,) = found["sections"]
    ours = section["series"][0]
    assert (ours["name"], len(ours["values"]), ours["ratio"] > 0.3) == ("swv6 --help", 1, True)  # one noisy run
    assert section["control"]["median"] > 0
    assert found["machine"]["cores"] >= 1
    assert found["engines"]["numpy"]
    assert found["profile"]["name"] == "default"
    (kept,) = tmp_path.glob("*.json")
    assert json.loads(kept.read_text(encoding="utf-8")) == found


@pytest.mark.weights
def test_voice_detectors_are_judged_on_real_speech(tmp_path: Path) -> None:
    done = swv6("bench", "vad", "--runs", "2", "--out", str(tmp_path), "--json", str(tmp_path / "vad.json"))
    assert done.returncode == 0, done.stderr
    (section,) = read(tmp_path / "vad.json")[1]
    medians = {one.name: one.median for one in section.series}
    assert medians["silero.recall.clean"] > 0.9
    assert medians["silero.precision.white-0"] > 0.9 > 0.6 > medians["level.precision.white-0"]
    assert 0 < medians["silero.frame"] < 0.032
    assert {one.beside for one in section.series} == {"", "level.frame"}


def test_noise_is_as_loud_as_asked_and_the_truth_is_that_of_the_clean_speech() -> None:
    clean = padded(questions()[0].audio)
    speech = speaks(clean)
    assert not speech[:90].any()
    assert not speech[-50:].any()
    assert 0.2 < speech.mean() < 0.8
    assert not judged(speech)[np.flatnonzero(speech)[0]]
    inside = np.repeat(speech, 160)[: len(clean.samples)]
    for colour in ("white", "pink"):
        added = noisy(clean, speech, colour, 20.0, 1) - clean.samples
        snr = 10 * np.log10(np.mean(clean.samples[inside] ** 2) / np.mean(added**2))
        assert abs(snr - 20) < 0.5


def test_a_detector_that_is_always_right_and_one_that_never_hears() -> None:
    clip = next(clips(questions()[0].audio, 0))

    class Oracle(Level):
        at = 0

        def __call__(self, frame: object, /) -> float:
            self.at += 512
            return float(clip.speech[int((self.at - 256) / 160)])

    class Deaf(Level):
        def __call__(self, frame: object, /) -> float:
            return 0.0

    right, deaf = heard(Oracle(), clip, 0.5), heard(Deaf(), clip, 0.5)
    assert (right.precision, right.recall) == (1.0, 1.0)
    assert (deaf.precision, deaf.recall) == (None, 0.0)


@pytest.mark.anyio
async def test_the_first_sound_counts_the_quiet_that_leads_it() -> None:
    async def voice(text: str) -> AsyncIterator[Audio]:
        yield Audio(np.zeros(24_000, np.float32), 24_000)
        yield Audio(np.ones(24_000, np.float32), 24_000)

    one = await spoken(voice, ["a", "b"])
    assert one.seconds == 4.0
    assert 1.0 <= one.first < 1.0 + one.elapsed


@pytest.mark.anyio
async def test_an_answer_is_left_after_enough_of_it() -> None:
    closed = anyio.Event()

    async def model(chat: Chat) -> AsyncIterator[str]:
        try:
            for _ in range(100):
                await anyio.sleep(0.001)
                yield "mot "
        finally:
            closed.set()

    said = await answered(model, (Message("user", "?"),), most=3, settle=0)
    assert said.text == "mot " * 3
    assert closed.is_set()
    assert said.first > 0
    assert said.speed > 0


@pytest.mark.anyio
async def test_both_ways_take_turns_and_the_first_round_is_not_counted() -> None:
    order = list[str]()

    async def ours() -> Took:
        order.append("ours")
        return {"total": 3.0}

    def bare() -> Took:
        order.append("bare")
        return {"total": 2.0}

    mine, other = await taken(Pair("x", "X", ours, bare), 2, Control())
    assert order == ["bare", "ours", "ours", "bare", "bare", "ours"]
    assert (mine.values, other.values) == ((3.0, 3.0), (2.0, 2.0))
    assert Section("overhead", "", (mine, other)).ratio(mine) == 1.5


def part(name: str, measure: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> Part:
    monkeypatch.setattr(bench_parts, f"fake_{name}", measure, raising=False)
    return Part(name, name, f"swv6.cli.bench_parts:fake_{name}", 1, 1)


def test_a_ctrl_c_keeps_the_parts_that_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def quick(profile: Profile, store: Store, runs: int, told: object) -> Section:
        return Section("quick", "Quick", (Series("a", "a", "s", (1.0,)),))

    async def endless(profile: Profile, store: Store, runs: int, told: object) -> Section:
        raise SystemExit(INTERRUPTED)

    chosen = [(part("quick", quick, monkeypatch), 1), (part("endless", endless, monkeypatch), 1)]
    with pytest.raises(typer.Exit) as left:
        bench_parts.gather(chosen, resolve("default"), Store(), Wishes(out=tmp_path))
    assert left.value.exit_code == INTERRUPTED
    (kept,) = tmp_path.glob("*.json")
    assert [section.name for section in read(kept)[1]] == ["quick"]
    assert older("last", tmp_path, {"quick": None}) == kept
    with pytest.raises(UsageError, match="no earlier run of llm"):
        older("last", tmp_path, {"llm": None})


def test_a_part_that_fails_is_told_on_the_page_and_in_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def quick(profile: Profile, store: Store, runs: int, told: object) -> Section:
        ours = Series("a", "a", "s", (0.002,), beside="b")
        return Section("quick", "Quick", (ours, Series("b", "b", "s", (1.0,))))

    async def failing(profile: Profile, store: Store, runs: int, told: object) -> Section:
        raise BackendError("no <model> answers")

    chosen = [(part("quick", quick, monkeypatch), 1), (part("failing", failing, monkeypatch), 1)]
    wishes = Wishes(out=tmp_path, html=tmp_path / "page.html")
    with pytest.raises(typer.Exit) as left:
        bench_parts.gather(chosen, resolve("default"), Store(), wishes)
    assert left.value.exit_code == 1
    (kept,) = tmp_path.glob("*.json")
    assert read(kept)[0]["failed"] == ["failing: no <model> answers"]
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Not measured: failing: no &lt;model&gt; answers" in page
    assert "0.002 × the baseline" in page


def test_what_got_slower_is_told_drawn_and_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    took = [1.0, 1.01, 0.99]

    async def measured(profile: Profile, store: Store, runs: int, told: object) -> Section:
        ours = Series("a", "<ours>", "s", tuple(took), beside="b")
        return Section("quick", "Quick", (ours, Series("b", "base", "s", (1.0, 1.0, 1.0))))

    def gather(**wishes: object) -> None:
        chosen = [(part("quick", measured, monkeypatch), 1)]
        made = Wishes(out=tmp_path / "runs", **wishes)  # type: ignore[arg-type]
        bench_parts.gather(chosen, resolve("default"), Store(), made)

    gather()
    gather(compare="last", fail=True)
    took[:] = [2.0, 2.01, 1.99]
    with pytest.raises(typer.Exit) as left:
        gather(compare="last", fail=True, html=tmp_path / "page.html")
    assert left.value.exit_code == 1
    assert "+100%" in capsys.readouterr().out
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(pictures(page)) == 3
    assert "http" not in page
    assert "&lt;ours&gt;" in page
    assert "+100%" in page


def test_a_run_is_kept_whatever_becomes_of_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "gone" / "page.html"

    async def measured(profile: Profile, store: Store, runs: int, told: object) -> Section:
        page.parent.rmdir()  # after it was checked
        return Section("quick", "Quick", (Series("a", "a", "s", (1.0,)),))

    page.parent.mkdir()
    wishes = Wishes(out=tmp_path / "runs", html=page, json=str(tmp_path / "a.json")).checked()
    assert not [*page.parent.iterdir()]
    with pytest.raises(Swv6Error, match=r"page\.html"):
        bench_parts.gather([(part("quick", measured, monkeypatch), 1)], resolve("default"), Store(), wishes)
    (kept,) = (tmp_path / "runs").glob("*.json")
    assert read(kept)[0] == read(tmp_path / "a.json")[0]


@pytest.mark.parametrize("what", ["startup", "all", "latency", "transcribe"])
def test_what_cannot_be_written_is_told_before_anything_is_measured(what: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "a.wav").write_bytes(b"")
    (tmp_path / "a.txt").write_text("Oui", encoding="utf-8")
    asked = [what, *(["startup"] if what == "all" else [str(tmp_path)] if what == "transcribe" else [])]
    for wish, of, said in (
        ("--html", "nowhere/a.html", "mkdir -p"),
        ("--json", ".", "a file that can be written"),
        ("--out", "file/runs", "--out"),
    ):
        result = CliRunner().invoke(bench.app, [*asked, wish, str(tmp_path / of)])
        assert isinstance(result.exception, UsageError), result.output
        assert said in str(result.exception)
        assert "bench" not in result.stderr


def test_wrong_wishes_are_told_before_anything_is_measured(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text("{}", encoding="utf-8")
    startup = ("bench", "startup", "--out", str(tmp_path / "runs"), "--compare")
    refused(swv6(*startup, str(tmp_path / "odd.json")), 2, "no report")
    refused(swv6(*startup, str(tmp_path / "none.json")), 2, f"swv6 bench startup --json {tmp_path / 'none.json'}")
    refused(swv6("bench", "all", "startup", "speed"), 2, "no part called speed")
    assert {p.name for p in PARTS} >= {"say", "llm", "vad", "overhead", "startup", "latency", "transcribe"}


def test_help_says_of_each_measurement_what_it_is_on_one_line_that_is_whole() -> None:
    said = CliRunner().invoke(bench.app, ["--help"]).stdout.partition("Commands:")[2]
    assert [line.split()[0] for line in said.splitlines() if line] == [part.name for part in PARTS] + ["all"]
    assert all(line.endswith(".") and "..." not in line for line in said.splitlines() if line)
