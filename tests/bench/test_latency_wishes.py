"""`swv6 bench latency` refuses what cannot be before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from typer.testing import CliRunner

from swv6.bench import latency
from swv6.cli import bench, interrupting
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


def test_an_interrupted_measurement_shows_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    async def measure(*given: Any) -> None:
        given[-1](streaming())
        await anyio.sleep_forever()

    @contextmanager
    def pressed(cancel: Callable[[], object]) -> Iterator[None]:  # a real Ctrl-C would end the tests 10 s later
        cancel()
        yield

    monkeypatch.setattr(latency, "measure", measure)
    monkeypatch.setattr(interrupting, "interruptible", pressed)
    monkeypatch.setattr(bench, "prepare", lambda name, overrides, kinds, yes: (resolve(name, overrides), Store()))
    result = CliRunner().invoke(bench.app, ["latency"])
    assert result.exit_code == 130
    assert "Voice to voice" in result.stdout
    assert "1500" in result.stdout
