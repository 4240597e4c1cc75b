"""`swv6 bench latency` refuses what cannot be before anything is loaded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from typer.testing import CliRunner, Result

from swv6.bench import latency
from swv6.bench.questions import questions
from swv6.bench.results import read
from swv6.bench.series import Asked
from swv6.cli import bench, interrupting
from swv6.errors import UsageError
from swv6.models.store import Store
from swv6.profiles import resolve
from tests.bench.recorded import streaming
from tests.test_bad_input import swv6


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--through", "USB"), "the `wav` microphone speaks the files itself"),
        (("--microphone", "wave"), "--microphone wave: expected one of sounddevice, wav (did you mean wav?)"),
        (("--html", "nowhere/page.html"), "the folder nowhere does not exist"),
        (("--json", "nowhere/x.json"), "the folder nowhere does not exist"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_once(wish: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = swv6("bench", "latency", *wish, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Run `swv6 bench latency` without weights, on turns that are given."""
    monkeypatch.setattr(bench, "prepare", lambda name, overrides, kinds, yes: (resolve(name, overrides), Store()))
    return lambda *wishes: CliRunner().invoke(bench.app, ["latency", "--out", str(tmp_path / "runs"), *wishes])


def test_what_got_slower_since_an_older_run_is_told_and_an_exit_code(
    asked: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans, turn = list[latency.Plan](), [streaming()] * 3

    async def measure(plan: latency.Plan, *given: Any) -> None:
        plans.append(plan)
        for one in turn:
            given[-1](one)

    monkeypatch.setattr(latency, "measure", measure)
    first = asked("--json", str(tmp_path / "then.json"))
    assert (first.exit_code, plans[0].compare) == (0, True), first.output
    same = asked("--compare", "last", "--fail-if-slower", "--no-sequential")
    assert (same.exit_code, plans[1].compare) == (0, False), same.output
    assert "have not moved" in same.stdout
    assert turn[0].points is not None
    turn[:] = [replace(turn[0], points=replace(turn[0].points, audible=3.0))] * 3
    slower = asked("--compare", str(tmp_path / "then.json"), "--fail-if-slower", "--no-compare")
    assert (slower.exit_code, plans[2].compare) == (1, False), slower.output
    assert "+100%" in slower.stdout
    assert "not measured alike" not in slower.stdout
    found, sections = read(tmp_path / "then.json")
    assert (found["profile"]["name"], sections[0].asked and sections[0].asked.count, len(found["turns"])) == (
        "default",
        14,
        3,
    )
    assert sections[0].control is not None
    assert len(list((tmp_path / "runs").glob("*.json"))) == 3


def test_what_was_asked_something_else_is_refused_at_once_and_is_not_the_last(
    asked: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def measure(plan: latency.Plan, *given: Any) -> None:
        for _ in range(3):
            given[-1](streaming())

    monkeypatch.setattr(latency, "measure", measure)
    one, then = str(questions()[0].file), str(tmp_path / "then.json")
    assert asked("--json", then).exit_code == 0
    for wishes, said in (
        ((one, "--compare", then), "14 questions or recordings then, 1 now"),
        (("--whole", "--compare", then), "as usual then, whole answers now"),
        ((one, "--compare", "last"), "holds no earlier run of latency like this one"),
    ):
        result = asked(*wishes)
        assert isinstance(result.exception, UsageError), result.output
        assert said in str(result.exception)
    assert asked(one).exit_code == 0
    assert "have not moved" in asked("--compare", "last").stdout  # the newest but one


def test_an_older_report_says_beside_its_sections_what_was_asked(tmp_path: Path) -> None:
    of = {"count": 14, "hash": "1"}
    section: dict[str, Any] = {"name": "latency", "title": "", "notes": [], "control": None, "series": []}
    (tmp_path / "old.json").write_text(json.dumps({"format": 1, "asked": of, "sections": [section]}), encoding="utf-8")
    assert read(tmp_path / "old.json")[1][0].asked == Asked(14, "1")


def test_an_interrupted_measurement_shows_what_it_has(
    asked: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def measure(*given: Any) -> None:
        given[-1](streaming())
        await anyio.sleep_forever()

    @contextmanager
    def pressed(cancel: Callable[[], object]) -> Iterator[None]:  # a real Ctrl-C would end the tests 10 s later
        cancel()
        yield

    monkeypatch.setattr(latency, "measure", measure)
    monkeypatch.setattr(interrupting, "interruptible", pressed)
    result = asked()
    assert result.exit_code == 130
    assert "Voice to voice" in result.stdout
    assert "1500" in result.stdout
