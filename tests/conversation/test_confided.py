"""What the user said of themselves is told on, word for word, once it was dropped; questions and orders are not."""

from __future__ import annotations

import pytest

from swv6.conversation.confided import LONGEST, confided
from swv6.conversation.history import History
from swv6.conversation.room import Room
from swv6.types import Message


def said(*texts: str, language: str = "fr") -> str:
    return confided([Message("user", text) for text in texts], language)


def test_what_is_told_of_oneself_is_quoted() -> None:
    quoted = said("Bonjour, je m'appelle Camille. Quel temps fait-il ?", "J’ai deux chats !", "Mon frère vit à Lyon.")
    assert quoted.endswith("« Bonjour, je m'appelle Camille. J’ai deux chats ! Mon frère vit à Lyon. »")
    assert "“My name is Ann. I live in Leeds.”" in said(
        "My name is Ann. What is ours?", "I live in Leeds.", language="en"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("Comment je m'appelle", "Donne-moi une recette.", "Il pleut.", "Peux-tu me dire où je suis ?", ""),
        *("Je voudrais savoir l'heure.", "Est-ce que mon train est à l'heure", "Raconte-moi ma journée."),
    ],
)
def test_questions_and_orders_are_not(text: str) -> None:
    assert said(text) == ""


def test_answers_and_other_languages_are_not() -> None:
    assert confided([Message("assistant", "Je m'appelle swv.")], "fr") == ""
    assert said("Ich heiße Anna.", language="de") == ""


def test_it_is_bounded_and_keeps_the_first() -> None:
    quoted = said("Je m'appelle Zoé.", *(f"J'ai vu le film numéro {n}." for n in range(100)))
    assert len(quoted) < LONGEST + 60
    assert "Zoé. J'ai vu" in quoted
    assert "99" in quoted
    assert said("Je " + "mot " * LONGEST) == ""


def test_the_model_is_told_once_it_is_dropped() -> None:
    history = History("Sois bref.", room=Room(60, 0.5, count=lambda text: len(text.split())))
    history.quote = lambda messages: confided(messages, "fr")
    history.asked("Je m'appelle Zoé.")
    history.answered("Bonjour Zoé.")
    assert history.chat()[0].text == "Sois bref."
    for _ in range(4):
        history.with_question("Et puis ?")
        history.asked("Et puis ?")
        history.answered("Rien.")
    first, *others = history.with_question("Qui suis-je ?")
    assert first.text == "Sois bref.\nPlus tôt, l'utilisateur t'a dit : « Je m'appelle Zoé. »"
    assert not any("Zoé" in message.text for message in others)
    assert history.with_question("Qui ?")[: len(others)] == (first, *others[:-1]), "and then the prompt stays"
