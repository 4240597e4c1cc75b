from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swv6.text.spoken import spoken

HERE = Path(__file__).parent
PIECES = st.sampled_from(
    [
        *("M. ", "Dupont", "22,1", "3.50 €", "14 h 30", "14h", "etc.", "p. ex.", "https://a.fr/x.y?z=1", "12/03/2024"),
        *("**", "_", "`", "# ", "- ", "\n", "1.", "…", "«", "»", "’", "1/2", "%", " ", "-", "5", "XIV", "Louis ", "½"),
        *("Ve siècle", "°C", "km/h", "👍", "(", ")", "[", "]", "<b>", "|", "—", "a", "é", "/", "@", "x", "007", "²"),
        *("06 12 34 56 78", "$", "£", "+", "=", ":", "t", "h", "m2", "1er", "e", "n°", "°", "av. J.-C.", "&", "p.m."),
        *(
            "RTX 3090",
            "v1.2.3",
            "IA",
            "PME ",
            "CO2",
            "²",
            "^2",
            "−",
            "-",
            "h30",
            "k€",
            " M€",
            "/mois",
            "1 heure",
            "21 ",
        ),
        *("de 1 ", "le 1/04", "+33 6 12 34 56 78", "c.-à-d.", "C:\\a\\b", "/a/b.txt", "main.py", "[1]", ":)", "&amp;"),
        *(
            "GitHub ",
            "4th of July",
            "15 January",
            "7j/7",
            "24/7",
            "10-15 ",
            "m/s",
            "§",
            "~",
            "st. ",
            "J-3",
            "√",
            "!=",
            "C#",
        ),
        *(
            "6-4",
            " 7-6 (7-5)",
            "16:9",
            "1:25 000",
            '"',
            "″",
            "mg/L",
            "/kWh",
            "e-19",
            "^",
            "10",
            "50/50",
            "3x",
            " > ",
            "w/",
        ),
        *(
            "Ctrl+",
            "1m75",
            "(e)",
            "(s)",
            "min.",
            "sem.",
            "1)",
            "a) ",
            "He/she",
            "il/elle",
            "Mon–Fri",
            "15-30, 40-15",
            "4!",
        ),
        *("3 h 18 min 35 s", "L. 121-3", "nº", " × ", "4x4", "/once", "00:1A:2B:3C:4D:5E", "US$", " USD", "'80s", "–"),
        *(
            '9"58',
            "4'02",
            "S01E05",
            "·e",
            "·s",
            "0x1F",
            "x²",
            "3x",
            " - ",
            "f(x)",
            "^x",
            "^-",
            "∑",
            " / ",
            " 1° ab",
            "2°",
        ),
        *(
            "+33 (0)",
            "Super Bowl ",
            "a 5 ",
            "7/6, 3/6",
            "lun. ",
            "sq ft",
            "/mo",
            "La Ve",
            "Python 3.9 à ",
            "0470 12 34 56",
        ),
        *("1:26.204", "sin²(x)", "⁻", "₄", "/100", "10+ ans", "no 7", "Tue 3/12", "le km", " verre ½", "514 555-0199"),
        *("am", " AM ", "st", "the 80s", "```", "~", "00", ",", ";", "!", "?"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


def pairs(language: str) -> list[tuple[str, str]]:
    lines = (HERE / f"spoken.{language}.tsv").read_text(encoding="utf-8").splitlines()
    written = [line.split("\t") for line in lines if line and not line.startswith("//")]
    return [(text.replace("\\n", "\n"), said) for text, said in written]


@pytest.mark.parametrize(("text", "said"), pairs("fr"))
def test_french(text: str, said: str) -> None:
    assert spoken(text, "fr") == said


@pytest.mark.parametrize(("text", "said"), pairs("en"))
def test_english(text: str, said: str) -> None:
    assert spoken(text, "en") == said


def test_the_lists_are_long_enough() -> None:
    assert (len(pairs("fr")) >= 300, len(pairs("en")) >= 150) == (True, True)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["fr", "en", "de"]))
def test_saying_it_twice_changes_nothing_and_words_never_vanish(text: str, language: str) -> None:
    said = spoken(text, language)
    assert spoken(said, language) == said
    assert said or not any(map(str.isalnum, text))


@given(st.integers(0, 10**20), st.sampled_from(["fr", "en"]))
def test_no_figure_is_left(number: int, language: str) -> None:
    assert not any(map(str.isdigit, spoken(f"{number}", language)))


@pytest.mark.parametrize("text", ["", " ", "👍", "...", "« »", "**", "```\n```", "—"])
def test_nothing_to_say_is_nothing(text: str) -> None:
    assert spoken(text, "fr") == ""


def test_a_lone_fence_is_said_rather_than_lost() -> None:
    assert spoken("```python", "fr") == "python"


def test_other_languages_lose_only_the_markup() -> None:
    assert spoken("**Hallo**, es ist 5 Uhr 😀", "de") == "Hallo, es ist 5 Uhr"


def test_a_very_long_number_is_read_figure_by_figure() -> None:
    assert spoken("1" * 5000, "fr") == " ".join(["un"] * 5000)


@pytest.mark.parametrize(("text", "said"), [("Uhr **5**", "Uhr 5"), ("a_b & c", "a b & c")])
def test_a_language_without_rules_keeps_its_signs(text: str, said: str) -> None:
    assert spoken(text, "de") == said
