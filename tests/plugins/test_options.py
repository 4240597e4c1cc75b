"""Human units in profiles."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import ValidationError

from swv6.plugins.options import Options, Seconds, Size, Weights


class Some(Options):
    wait: Seconds = 1.0
    room: Size = 0
    model: Annotated[str, Weights("gguf")] = "tiny"


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("25 ms", 0.025), ("30 s", 30.0), ("2 h", 7200.0), ("1.5min", 90.0), ("1 d", 86400.0), ("7 us", 7e-6), (3, 3.0),
        (0.5, 0.5), (" 10  MS ", 0.01),
    ],
)  # fmt: skip
def test_seconds(written: object, seconds: float) -> None:
    assert Some.model_validate({"wait": written}).wait == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("written", "size"),
    [("200 MB", 200_000_000), ("20 GiB", 20 * 2**30), ("1 KB", 1000), ("1KiB", 1024), ("5 b", 5), (12, 12)],
)
def test_sizes(written: object, size: int) -> None:
    assert Some.model_validate({"room": written}).room == size


@pytest.mark.parametrize("wrong", ["30", "thirty s", "30 parsecs", "-1 s", "", "1,5 s"])
def test_a_wrong_time_says_the_units_and_an_example(wrong: str) -> None:
    with pytest.raises(ValidationError, match=r'ms, s, min, h, d\), for example "30 s"'):
        Some.model_validate({"wait": wrong})


def test_a_time_is_no_size() -> None:
    with pytest.raises(ValidationError, match="200 MB"):
        Some.model_validate({"room": "3 s"})


def test_unknown_options_are_refused_and_options_are_frozen() -> None:
    with pytest.raises(ValidationError, match="modle"):
        Some.model_validate({"modle": "x"})
    with pytest.raises(ValidationError, match="frozen"):
        Some().wait = 2.0


def test_weights_are_found_in_the_fields_metadata() -> None:
    assert Some.model_fields["model"].metadata == [Weights("gguf")]
