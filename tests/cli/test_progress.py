"""Tests of swv6.cli._progress: the bar of a run."""

from __future__ import annotations

from swv6.cli import interrupting
from swv6.cli._progress import board


def test_a_run_that_is_ended_without_order_takes_its_bar_away() -> None:
    """Ten seconds after Ctrl-C, with an engine that cannot be called back, its line stayed under the prompt."""
    with board(1, lines=True, bar=True) as shown:
        assert shown.bar is not None
        assert shown.bar.live.is_started
        for last in interrupting.at_exit:
            last()
        assert not shown.bar.live.is_started
    assert interrupting.at_exit == []
