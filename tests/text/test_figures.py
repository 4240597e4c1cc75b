from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.figures import WORDS, in_words, written
from swv6.text.numbers import english, french
from swv6.types import Transcript

FRENCH = [
    ("il fait vingt-deux virgule un degrés", "il fait 22,1 degrés"),
    ("en deux mille vingt-quatre", "en 2024"),
    ("le quinze janvier mille neuf cent quatre-vingt-dix-neuf", "le 15 janvier 1999"),
    ("le premier mai", "le 1er mai"),
    ("la troisième fois, la vingt et unième", "la 3e fois, la 21e"),
    ("vingt et un pour cent", "21\u00a0%"),
    ("rendez-vous à quatorze heures trente", "rendez-vous à 14\u00a0h\u00a030"),
    ("trois euros cinquante", "3,50\u00a0€"),
    ("deux millions d'habitants et douze mille six cents clous", "2 millions d'habitants et 12\u202f600 clous"),
    ("zéro six douze trente-quatre", "06 12 34"),
    ("Un chat, une souris et un livre neuf.", "Un chat, une souris et un livre neuf."),
    ("le premier venu a une seconde chance", "le premier venu a une seconde chance"),
    ("et puis, et encore, point.", "et puis, et encore, point."),
    ("un ou deux jours, une à deux fois", "un ou deux jours, une à deux fois"),
    ("vingt et un ou deux, deux ou trois", "21 ou 2, 2 ou 3"),
    ("deux tiers, trois quarts, deux demi-journées", "deux tiers, trois quarts, deux demi-journées"),
    ("un cinquième, deux cinquièmes, deux systèmes", "un cinquième, deux cinquièmes, 2 systèmes"),
    ("un premier essai, un deuxième", "un premier essai, un deuxième"),
]
ENGLISH = [
    ("twenty two point one degrees", "22.1 degrees"),
    ("in twenty twenty-four", "in 2024"),
    ("nineteen ninety-nine", "1999"),
    ("the first of May, the twenty-first century", "the 1st of May, the 21st century"),
    ("fifteen percent", "15%"),
    ("at three thirty pm", "at 3:30 pm"),
    ("three dollars fifty", "$3.50"),
    ("one hundred thousand people", "100,000 people"),
    ("one or two days, one to ten, one hundred and one or two", "one or two days, one to ten, 101 or 2"),
    ("one third, two thirds, three eighths, two months", "one third, two thirds, three eighths, 2 months"),
    ("the nineteen nineties, twenty-tens", "the nineteen nineties, twenty-tens"),
    ("one of them, wait a second and another one", "one of them, wait a second and another one"),
]


def digits(text: str, language: str) -> str:
    return written(Transcript(text), language, "digits")[0].text


@pytest.mark.parametrize(("words", "figures"), FRENCH)
def test_french_words_become_figures(words: str, figures: str) -> None:
    assert digits(words, "fr") == figures
    assert digits(figures, "fr") == figures


@pytest.mark.parametrize(("words", "figures"), ENGLISH)
def test_english_words_become_figures(words: str, figures: str) -> None:
    assert digits(words, "en") == figures
    assert digits(figures, "en") == figures


@pytest.mark.parametrize(
    ("figures", "words", "language"),
    [
        ("il fait 22,1 degrés", "il fait vingt-deux virgule un degrés", "fr"),
        ("le 15 janvier 2024", "le quinze janvier deux mille vingt-quatre", "fr"),
        ("à 14h30, 20 % de plus", "à quatorze heures trente, vingt pour cent de plus", "fr"),
        ("une RTX 3090 et GPT4, v1.2.3", "une RTX 3090 et GPT4, v1.2.3", "fr"),
        ("it is 22.1 degrees", "it is twenty-two point one degrees", "en"),
        ("at 3.30 pm, at 10.15 am", "at three thirty pm, at ten fifteen am", "en"),
        ("at 9.05 p.m., not 3.5 am", "at nine oh five p.m., not three point five am", "en"),
    ],
)
def test_figures_become_words(figures: str, words: str, language: str) -> None:
    assert written(Transcript(figures), language, "words")[0].text == words


@pytest.mark.parametrize(
    ("figures", "words", "language"),
    [
        ("3 personnes. 12 chats.", "Trois personnes. Douze chats.", "fr"),
        ("« 20 ans ? » 30 ans !\n4 ans", "« Vingt ans ? » Trente ans !\nQuatre ans", "fr"),
        ("Vol. 3, p. 4. M. 5... 6, 7", "Vol. trois, p. quatre. M. cinq... six, sept", "fr"),
        (f"{'x' * 50} 3 chats", f"{'x' * 50} trois chats", "fr"),
        (". 5 ans", ". Cinq ans", "fr"),
        ("3 cats. $5 at 4 p.m. 12 dogs", "Three cats. Five dollars at four p.m. Twelve dogs", "en"),
    ],
)
def test_a_sentence_that_began_with_a_figure_begins_with_a_capital(figures: str, words: str, language: str) -> None:
    assert written(Transcript(figures), language, "words")[0].text == words


@given(st.integers(0, 999_999), st.sampled_from(["fr", "en"]))
def test_a_number_survives_both_ways(number: int, language: str) -> None:
    said = (french if language == "fr" else english)(number)
    figures = digits(f"xx {said} yy", language)
    kept = said if (number == 9 and language == "fr") or number == 1 else "".join(filter(str.isdigit, figures))
    assert kept in (said, str(number))
    assert figures.startswith("xx ")
    assert figures.endswith(" yy")


def test_as_heard_and_other_languages_are_left_alone() -> None:
    said = Transcript("vingt-deux y 22")
    assert written(said, "fr", "heard") == (said, 0)
    assert written(said, "es", "digits") == (said, 0)


@given(
    st.lists(st.sampled_from([*sorted(WORDS["fr"]), "chat", "heures", "euros", "pour", ",", "janvier"]), max_size=12)
)
def test_words_that_are_no_numbers_stay(words: list[str]) -> None:
    said = digits(" ".join(words), "fr")
    assert said.count("chat") == words.count("chat")
    assert digits(said, "fr") == said


def test_the_work_grows_with_the_text() -> None:
    text = "vingt-deux chats et trois mille 12 souris, " * 2000
    assert len(list(in_words(text, "fr"))) == 2000
