"""The time elsewhere, and other days than today."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from plugins_builtin.tools import clock, hours
from plugins_builtin.tools.places import place
from plugins_builtin.tools.tongue import folded
from swv6.plugins import Message, Scene

pytestmark = pytest.mark.anyio
elsewhere = pytest.mark.skipif("Asia/Tokyo" not in available_timezones(), reason="no list of time zones here")


async def told(question: str, language: str = "fr") -> str:
    """Ask for the time, or give why it is not told."""
    scene = Scene((Message("user", question),), lambda s, w: None, language)
    tool = clock.time(True)
    assert tool.check is not None
    try:
        tool.check(clock.Nothing(), scene)
    except ValueError as error:
        return str(error)
    return await tool.run(clock.Nothing(), scene)


@elsewhere
@pytest.mark.parametrize(
    ("question", "zone"),
    [
        ("Quelle heure est-il à Tokyo ?", "Asia/Tokyo"),
        ("Il est quelle heure au Japon ?", "Asia/Tokyo"),
        ("Quelle heure est-il à Londres, s'il te plaît ?", "Europe/London"),
        ("What time is it in New York?", "America/New_York"),
        ("what time is it in los angeles please", "America/Los_Angeles"),
    ],
)
async def test_the_time_elsewhere(question: str, zone: str) -> None:
    assert hours.read(question) == {}
    assert place(question)[1] == zone
    before, told_, after = datetime.now(ZoneInfo(zone)), await told(question), datetime.now(ZoneInfo(zone))
    assert any(f"il est {at.hour} h {at.minute:02d}" in told_ for at in (before, after))


@elsewhere
async def test_the_place_is_said_as_it_was() -> None:
    assert (await told("Quelle heure est-il à Tokyo ?")).startswith("À Tokyo, il est ")
    assert (await told("What time is it in New York?", "en")).startswith("In New York, it is ")


async def test_of_a_place_that_nobody_knows_that_is_said() -> None:
    assert await told("Quelle heure est-il à Trifouilly ?") == "Désolé, je ne sais pas quelle heure il est là-bas."


@pytest.mark.parametrize(
    "question",
    [
        "Quelle heure est-il ?",
        "Quelle heure est-il en ce moment ?",
        "Quelle heure est-il, à peu près ?",
        "Quelle heure est-il à cette heure-ci ?",
        "What time is it at the moment?",
    ],
)
def test_here_is_no_place(question: str) -> None:
    assert place(question) == ("", "")


@pytest.mark.parametrize(
    ("question", "days", "begins"),
    [
        ("Quel jour serons-nous demain ?", 1, "Demain, nous serons le "),
        ("On était quel jour hier ?", -1, "Hier, nous étions le "),
        ("On est quel jour après-demain ?", 2, "Après-demain, nous serons le "),
        ("What day was it the day before yesterday?", -2, "Avant-hier, nous étions le "),
    ],
)
async def test_another_day(question: str, days: int, begins: str) -> None:
    assert hours.read(question) == {}
    said = await told(question)
    assert said.startswith(begins)
    around = (datetime.now().astimezone() + timedelta(days=days, seconds=s) for s in (0, -60))
    assert any(f" {day.day if day.day > 1 else '1er'} " in said for day in around)


async def test_tomorrow_in_english() -> None:
    assert (await told("What day is it tomorrow?", "en")).startswith("Tomorrow is ")


HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("question", "seconds", "begins"),
    [
        ("Quel jour on sera dans trois jours ?", 3 * DAY, "Dans 3 jours, nous serons le "),
        ("On sera quel jour dans une semaine ?", 7 * DAY, "Dans 1 semaine, nous serons le "),
        ("Quelle heure sera-t-il dans deux heures ?", 2 * HOUR, "Dans 2 heures, il sera "),
        ("Dans une heure et demie, il sera quelle heure ?", 1.5 * HOUR, "Dans 1 heure et 30 minutes, il sera "),
        ("Est-ce que tu peux me dire quelle heure il sera dans vingt minutes ?", 1200, "Dans 20 minutes, il sera "),
        ("Quel jour étions-nous il y a dix jours ?", -10 * DAY, "Il y a 10 jours, nous étions le "),
        ("On était quel jour il y a deux semaines ?", -14 * DAY, "Il y a 2 semaines, nous étions le "),
        ("What day will it be in 3 days?", 3 * DAY, "Dans 3 jours, nous serons le "),
        ("What day was it three days ago?", -3 * DAY, "Il y a 3 jours, nous étions le "),
        ("What time will it be in two hours?", 2 * HOUR, "Dans 2 heures, il sera "),
    ],
)
async def test_a_while_from_now(question: str, seconds: float, begins: str) -> None:
    assert hours.read(question) == {}
    assert any(re.search(trigger, folded(question)) for trigger in hours.TRIGGERS)
    said = await told(question)
    assert said.startswith(begins)
    around = [(datetime.now().astimezone() + timedelta(seconds=seconds + s)).astimezone() for s in (0, -60)]
    day = "jour" in question or "day" in question
    assert any((f" {at.day} " if at.day > 1 else " 1er ") in said for at in around) or not day
    assert any(f"il sera {at.hour} h {at.minute:02d}" in said for at in around) or day


async def test_a_while_from_now_in_english() -> None:
    assert (await told("What day was it a week ago?", "en")).startswith("1 week ago, it was ")
    assert (await told("What time will it be in an hour?", "en")).startswith("In 1 hour, it will be ")


@elsewhere
async def test_a_while_from_now_elsewhere() -> None:
    before, said, after = (
        datetime.now(UTC) + timedelta(hours=2),
        await told("Quelle heure sera-t-il à Tokyo dans deux heures ?"),
        datetime.now(UTC) + timedelta(hours=2),
    )
    times = [at.astimezone(ZoneInfo("Asia/Tokyo")) for at in (before, after)]
    assert any(f"il sera {at.hour} h {at.minute:02d}" in said for at in times)


@pytest.mark.parametrize(
    "question",
    [
        "Quel jour serons-nous dans deux mois ?",
        "Quel jour serons-nous dans deux jours et trois heures ?",
        "Quelle heure sera-t-il dans moins trois heures ?",
        "Quel jour on sera dans 99999999999999 jours ?",
    ],
)
async def test_a_while_that_is_not_understood_is_not_taken_for_now(question: str) -> None:
    assert hours.read(question) is None
    assert (await told(question)).startswith("Désolé, je compte seulement en minutes")


@pytest.mark.parametrize(
    "question", ["Quelle heure était-il quand tu m'as dit bonjour ?", "What time was it when you said that?"]
)
def test_what_time_it_was_when_something_was_said_is_not_the_clocks_affair(question: str) -> None:
    assert hours.read(question) is None
    assert not any(re.search(trigger, folded(question)) for trigger in hours.TRIGGERS)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Quel jour sommes-nous ?", "Nous sommes le "),
        ("On est le combien ?", "Nous sommes le "),
        ("Quelle est la date d'aujourd'hui ?", "Nous sommes le "),
        ("Quel jour sommes-nous dans la semaine ?", "Nous sommes le "),
        ("Quelle heure est-il ?", "Il est "),
        ("Quelle est la date et quelle heure est-il ?", "Il est "),
    ],
)
async def test_who_asks_for_the_day_is_not_told_the_hour(question: str, begins: str) -> None:
    said = await told(question)
    assert said.startswith(begins)
    assert begins == "Il est " or " h " not in said
