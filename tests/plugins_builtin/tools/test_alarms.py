"""Timers and alarms as they are asked for, taken back, and asked after."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from plugins_builtin.tools import alarms, clock
from swv6.plugins import Message, Promise, Scene
from swv6.stages.tools.calling import folded

pytestmark = pytest.mark.anyio
HOUR = 3600


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Réveille-moi à sept heures.", 7 * HOUR),
        ("Réveille-moi à sept heures et demie", 7.5 * HOUR),
        ("Préviens-moi à huit heures moins le quart", 7.75 * HOUR),
        ("Mets une alarme à 7h30", 7.5 * HOUR),
        ("Rappelle-moi à 18 h d'appeler maman", 18 * HOUR),
        ("Une alarme à huit heures du soir", 20 * HOUR),
        ("Réveille-moi à midi", 12 * HOUR),
        ("Réveille-moi à minuit", 0),
        ("Wake me up at seven o'clock", 7 * HOUR),
        ("Set an alarm for 7:30", 7.5 * HOUR),
        ("Set an alarm for 8 pm", 20 * HOUR),
        ("Réveille-moi à 25 heures", None),
        ("Réveille-moi dans sept heures", None),
        ("Mets une minuterie pour deux heures", None),
        ("À quelle heure sonne l'alarme ?", None),
        ("Mon réveil sonne à 7 heures, est-ce trop tôt ?", None),
    ],
)
def test_a_time_of_day(said: str, at: float | None) -> None:
    assert alarms.moment(said) == at
    assert at is None or any(re.search(trigger, folded(said)) for trigger in alarms.TRIGGERS)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Annule la minuterie.", {"duration": "", "wish": "cancel"}),
        ("Arrête le minuteur, s'il te plaît.", {"duration": "", "wish": "cancel"}),
        ("Cancel the timer.", {"duration": "", "wish": "cancel"}),
        ("Combien de temps reste-t-il ?", {"duration": "", "wish": "left"}),
        ("Il me reste combien de temps ?", {"duration": "", "wish": "left"}),
        ("Combien de temps me reste-t-il ?", {"duration": "", "wish": "left"}),
        ("How much time do I have left?", {"duration": "", "wish": "left"}),
        ("Il me reste combien de temps à vivre ?", None),
        ("How long is left on the timer?", {"duration": "", "wish": "left"}),
        ("Mets une minuterie.", {"duration": ""}),
        ("Set a timer, please.", {"duration": ""}),
        ("Mets une minuterie de mille heures.", {"duration": "3600000 s"}),
        ("Comment arrêter une alarme de voiture ?", None),
        ("Qui a inventé la minuterie ?", None),
        ("J'ai une alarme.", None),
    ],
)
def test_what_is_wished(said: str, read: dict[str, str] | None) -> None:
    assert alarms.read(said) == read


async def ask(said: str, promised: tuple[Promise, ...] = ()) -> tuple[str, list[tuple[float, str]]]:
    """Ask in French."""
    later, timer = list[tuple[float, str]](), clock.timer(True)
    arguments = timer.arguments(**(alarms.read(said) or {}))
    return await timer.run(
        arguments, Scene((Message("user", said),), lambda s, w: later.append((s, w)), "fr", None, promised)
    ), later


async def test_an_alarm_is_due_at_its_time() -> None:
    said, [(seconds, words)] = await ask("Réveille-moi à 7 heures 30.")
    assert (said, words) == ("C'est noté pour 7 h 30.", "Il est 7 h 30.")
    now = datetime.now().astimezone()
    due = (now.hour * 3600 + now.minute * 60 + now.second + seconds - 7.5 * HOUR) % 86400
    assert min(due, 86400 - due) < 60


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Rappelle-moi de sortir le gâteau dans 12 secondes.", "C'est l'heure : sortir le gâteau."),
        ("rappelle-moi d'aller à la gare dans un quart d'heure s'il te plaît", "C'est l'heure : aller à la gare."),
        ("Rappelle-moi dans un quart d'heure de sortir le gâteau", "C'est l'heure : sortir le gâteau."),
        (
            "Rappelle-moi de mettre ça dans le four dans dix minutes.",
            "C'est l'heure : mettre ça dans le four.",
        ),
        ("Remind me to call my mother in two minutes.", "C'est l'heure : call my mother."),
        ("Remind me in two minutes to go to the bank, please.", "C'est l'heure : go to the bank."),
        ("Rappelle-moi à 18 h d'appeler maman", "Il est 18 h 00 : appeler maman."),
        ("Rappelle-moi dans une heure.", "La minuterie de 1 heure est terminée."),
        ("Préviens-moi dans un quart d'heure.", "La minuterie de 15 minutes est terminée."),
    ],
)
async def test_it_is_said_what_for(said: str, what: str) -> None:
    _, [(_, words)] = await ask(said)
    assert words == what


async def test_it_is_said_what_for_in_english() -> None:
    later = list[str]()
    scene = Scene((Message("user", "Remind me to go in 5 minutes."),), lambda s, w: later.append(w), "en")
    await clock.timer(True).run(clock.Duration(duration="5 minutes"), scene)
    assert later == ["It is time: go."]


async def test_timers_are_cancelled_and_asked_after() -> None:
    gone = list[str]()
    promised = (Promise("a", 59.6, lambda: gone.append("a")), Promise("b", 3600.0, lambda: gone.append("b")))
    assert (await ask("Combien de temps reste-t-il ?", promised))[0] == "Il reste 1 minute, 1 heure."
    assert (await ask("Annule la minuterie.", promised))[0] == "C'est annulé."
    english = Scene((), lambda s, w: None, "en", None, promised)
    assert await clock.timer(True).run(clock.Duration(duration="", wish="left"), english) == "1 minute, 1 hour left."
    assert gone == ["a", "b"]
    assert (await ask("Annule la minuterie."))[0] == "Il n'y a pas de minuterie."
    assert (await ask("Combien de temps reste-t-il ?"))[0] == "Il n'y a pas de minuterie."
