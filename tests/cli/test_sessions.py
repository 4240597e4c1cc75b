"""`swv6 sessions` says what is missing, and which command helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_bad_input import refused, swv6


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (("search", ""), "no word", "-> swv6 sessions search"),
        (("search", "...", "?"), "no word", "-> swv6 sessions search"),
        (("search",), "no word", "-> swv6 sessions search"),
        (("rm",), "no session was named", "-> swv6 sessions list"),
        (("rm", ""), "no session ''", "-> swv6 sessions list"),
        (("rm", "7"), "no session 7", "-> swv6 sessions list"),
    ],
)
def test_what_is_missing_is_said(arguments: tuple[str, ...], what: str, hint: str, tmp_path: Path) -> None:
    refused(swv6("sessions", *arguments, SWV6_SESSIONS=str(tmp_path / "sessions.db")), 2, what, hint)


def test_words_that_nobody_said_are_no_mistake(tmp_path: Path) -> None:
    done = swv6("sessions", "search", "rien", SWV6_SESSIONS=str(tmp_path / "sessions.db"))
    assert (done.returncode, done.stderr) == (1, "swv6: nothing was found\n")
