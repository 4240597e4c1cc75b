"""Changing how answers are spoken: what is asked for, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from plugins_builtin.tools.voice import Manner, voice
from plugins_builtin.tools.wishes import wish
from swv6.plugins import Message, Scene

pytestmark = pytest.mark.anyio
FRENCH = "Je peux parler français et anglais."
ENGLISH = "I can speak French and English."


@dataclass
class Voices:
    """A speech with one voice of French, two of English."""

    language: str = "fr"
    speed: float = 1.0
    here: dict[str, int] = field(default_factory=lambda: {"fr": 1, "en": 2})

    def speaks(self, language: str) -> bool:
        return language in self.here

    async def speak(self, language: str) -> bool:
        self.language = language if language in self.here else self.language
        return language in self.here

    async def other_voice(self) -> bool:
        return self.here[self.language] > 1

    async def at_speed(self, speed: float) -> None:
        self.speed = min(1.5, speed)


async def told(question: str, speech: Voices) -> str:
    """Ask for a change and give what is said of it."""
    change = wish(question)
    assert change is not None, question
    tool, chat = voice(True), (Message("user", question),)
    arguments, scene = Manner(change=change), Scene(chat, lambda s, w: None, speech.language, speech)  # type: ignore[arg-type]
    assert tool.check is not None
    try:
        tool.check(arguments, scene)
    except ValueError as error:
        return str(error)
    return await tool.run(arguments, scene)


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("Parle plus vite.", "faster"),
        ("Tu peux parler plus lentement, s'il te plaît ?", "slower"),
        ("Tu parles trop vite !", "slower"),
        ("Parle moins lentement.", "faster"),
        ("Ne parle pas si vite.", "slower"),
        ("Un peu moins vite.", "slower"),
        ("Ralentis.", "slower"),
        ("Could you speak a little faster?", "faster"),
        ("You speak too fast.", "slower"),
        ("Parle à une vitesse normale.", "normal"),
        ("Change de voix.", "voice"),
        ("Je voudrais entendre une autre voix.", "voice"),
        ("Take another voice, please.", "voice"),
        ("Parle anglais.", "english"),
        ("Est-ce que tu peux me répondre en anglais ?", "english"),
        ("Speak French.", "french"),
        ("Réponds en allemand.", "german"),
        ("Parle klingon.", "other language"),
        ("Est-ce que tu peux parler japonais ?", "other language"),
        ("Passe au chinois, s'il te plaît.", "other language"),
        ("Can you speak English?", "english"),
        ("Pouvez-vous parler anglais ?", "english"),
        ("Speak Klingon", "other language"),
        ("Could you answer in Japanese, please?", "other language"),
    ],
)
def test_what_is_asked_for(question: str, change: str) -> None:
    assert wish(question) == change


@pytest.mark.parametrize(
    "question",
    [
        "Pourquoi parle-t-on plus vite quand on est nerveux ?",
        "Comment dit-on maison en anglais ?",
        "Combien de gens parlent anglais ?",
        "Ne parle pas anglais.",
        "Parle-moi de la vitesse de la lumière.",
        "Parle-moi des Anglais.",
        "Qui a la plus belle voix du monde ?",
        "Le train va plus vite que la voiture ?",
        "Why do people speak faster on the phone?",
        "Tell me about the English language.",
        "Vous parlez anglais ?",
        "You speak English well.",
        "Parle-moi des Japonais.",
        "Parle-moi du chien de mon voisin.",
        "Tu parles klingon ?",
        "Qui parle klingon ?",
        "Continue jusqu'à la fin.",
        "Ne parle plus jamais.",
        "Parle bien.",
        "Speak to me about Danish cooking in winter.",
    ],
)
def test_what_is_not(question: str) -> None:
    assert wish(question) is None


async def test_speed_is_changed_step_by_step_and_has_an_end() -> None:
    speech = Voices()
    assert await told("Parle plus vite.", speech) == "D'accord, je parle plus vite."
    assert speech.speed == pytest.approx(1.2)
    await told("Plus vite.", speech)
    await told("Plus vite.", speech)
    assert await told("Plus vite.", speech) == "Je ne peux pas parler plus vite."
    assert await told("Parle normalement.", speech) == "D'accord, à la vitesse normale."
    assert speech.speed == 1.0


async def test_only_voices_that_are_here_are_promised_and_the_answer_is_in_their_language() -> None:
    speech = Voices()
    assert await told("Change de voix.", speech) == "Je n'ai pas d'autre voix ici."
    assert await told("Parle allemand.", speech) == f"Désolé, je n'ai pas de voix en allemand ici. {FRENCH}"
    assert await told("Parle anglais.", speech) == "All right, I will speak English."
    assert await told("Use another voice.", speech) == "Here is another voice."
    assert await told("Speak German.", speech) == f"Sorry, I have no German voice here. {ENGLISH}"
    assert await told("Speak French.", speech) == "D'accord, je parle français."


async def test_for_a_language_of_nobody_it_says_which_ones_it_has() -> None:
    speech = Voices()
    assert await told("Parle klingon.", speech) == f"Désolé, je n'ai pas de voix en klingon ici. {FRENCH}"
    assert await told("Réponds-moi en Espéranto.", speech) == f"Désolé, je n'ai pas de voix en Espéranto ici. {FRENCH}"
    await told("Parle anglais.", speech)
    assert await told("Speak japanese.", speech) == f"Sorry, I have no Japanese voice here. {ENGLISH}"


async def test_a_language_that_nobody_named_is_not_taken() -> None:
    scene = Scene((Message("user", "Parle klingon."),), lambda s, w: None, "fr", Voices())
    check = voice(True).check
    assert check is not None
    with pytest.raises(ValueError, match="klingon ici"):
        check(Manner(change="english"), scene)
    check(Manner(change="faster"), scene)


async def test_where_the_voice_cannot_be_changed_that_is_said() -> None:
    with pytest.raises(ValueError, match="changer de voix"):
        await voice(True).run(Manner(change="voice"), Scene((), lambda s, w: None))
