"""The cores of a machine, shared out."""

from __future__ import annotations

import pytest

from swv6.profiles.threads import Threads, cores, shares


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, (1, 1, 1)), (2, (1, 2, 2)), (4, (2, 3, 2)), (8, (4, 7, 4)), (16, (8, 15, 4)), (64, (8, 63, 4))],
)
def test_every_stage_has_a_share(count: int, expected: tuple[int, int, int]) -> None:
    assert tuple(shares(count)[kind] for kind in ("stt", "llm", "tts")) == expected


def test_the_profile_goes_first() -> None:
    threads = Threads(llm=5)
    assert threads.share("llm") == 5
    assert threads.share("tts") == shares(cores())["tts"]


def test_this_machine_has_cores() -> None:
    assert cores() >= 1
