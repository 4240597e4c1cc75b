"""`swv6 bench latency` refuses what cannot be before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_bad_input import swv6


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--through", "USB"), "the `wav` microphone speaks the files itself"),
        (("--html", "nowhere/page.html"), "the folder nowhere does not exist"),
        (("--json", "nowhere/x.json"), "the folder nowhere does not exist"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_once(wish: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = swv6("bench", "latency", *wish, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
