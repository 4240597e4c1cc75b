"""What it costs to say a text grows with its length, whatever is in it."""

from __future__ import annotations

from time import process_time

import pytest

from swv6.text.spoken import spoken

LENGTH = 1000
UNITS = [
    *(
        "1 ",
        "1.",
        "1,",
        "1-",
        "1/",
        "(",
        "[",
        "* ",
        "**a",
        "_",
        "`",
        "| ",
        "- ",
        "\n",
        " ",
        "«",
        "a.",
        "A",
        "a@",
        "www.",
    ),
    *("http://", "M. ", "14 h 30 ", "3 k€ ", "1 000 ", "0612", "XIV ", "I", "~", "^2", "<a ", "&amp;", ":) ", "[1]"),
    *("/a", "a.py ", "a_b ", "IA ", "21 personnes ", "12/03/2024 ", "é", "👍", "…", "! ", "de 1 ", "v1.2 "),
    *(
        "6-4 ",
        "6-4,",
        "1:1",
        "00:",
        '1"',
        '"',
        "3 x ",
        "1 m/",
        "L. 1-",
        "5e",
        "1,5e",
        '1"23',
        "1'23",
        "x^2 - ",
        "3x",
        "1/2, ",
        "6/4, ",
        "514 555-",
        "1° ",
        "a 5 m ",
        "f(x)",
        "Qwen2.5",
        "tension ",
        "é·e",
        "il/elle ",
        "a > ",
        "1 h 1 min 1 ",
    ),
]


def cost(text: str, language: str) -> float:
    """Give the processor's seconds, the better of two."""
    times = []
    for _ in range(2):
        began = process_time()
        spoken(text, language)
        times.append(process_time() - began)
    return min(times)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_is_far_from_sixteen_times_the_work(unit: str, language: str) -> None:
    short, long = ((unit * length)[:length] for length in (LENGTH, 4 * LENGTH))
    assert cost(long, language) < 9 * cost(short, language) + 0.005
