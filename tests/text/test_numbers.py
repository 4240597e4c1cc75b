from __future__ import annotations

import pytest

from swv6.text.numbers import english, english_ordinal, english_year, french, french_ordinal, roman


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (17, "dix-sept"),
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (77, "soixante-dix-sept"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (100, "cent"),
        (101, "cent un"),
        (200, "deux cents"),
        (280, "deux cent quatre-vingts"),
        (1000, "mille"),
        (1999, "mille neuf cent quatre-vingt-dix-neuf"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (80_000_000, "quatre-vingts millions"),
        (1_000_001, "un million un"),
        (3_000_000_000, "trois milliards"),
    ],
)
def test_french(number: int, words: str) -> None:
    assert french(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (4, "quatrième"),
        (5, "cinquième"),
        (9, "neuvième"),
        (21, "vingt et unième"),
        (80, "quatre-vingtième"),
        (100, "centième"),
        (200, "deux centième"),
        (1000, "millième"),
    ],
)
def test_french_ordinals(number: int, words: str) -> None:
    assert french_ordinal(number) == words


def test_french_feminine() -> None:
    assert [french(n, feminine=True) for n in (1, 21, 80, 81)] == [
        "une",
        "vingt et une",
        "quatre-vingts",
        "quatre-vingt-une",
    ]
    assert french_ordinal(1, feminine=True) == "première"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (105, "one hundred and five"),
        (1000, "one thousand"),
        (2001, "two thousand and one"),
        (1_234_567, "one million two hundred and thirty-four thousand five hundred and sixty-seven"),
    ],
)
def test_english(number: int, words: str) -> None:
    assert english(number) == words


def test_english_ordinals_and_years() -> None:
    assert [english_ordinal(n) for n in (1, 2, 3, 12, 20, 21, 100)] == [
        *("first", "second", "third", "twelfth", "twentieth", "twenty-first", "one hundredth"),
    ]
    assert [english_year(n) for n in (1500, 1905, 1984, 2001, 2024)] == [
        *("fifteen hundred", "nineteen oh five", "nineteen eighty-four", "two thousand and one", "twenty twenty-four"),
    ]


def test_roman() -> None:
    assert [roman(letters) for letters in ("I", "IV", "IX", "XIV", "XXI", "XC", "CC")] == [1, 4, 9, 14, 21, 90, 200]
    assert [roman(letters) for letters in ("", "IIII", "VX", "IC", "A")] == [0, 0, 0, 0, 0]
