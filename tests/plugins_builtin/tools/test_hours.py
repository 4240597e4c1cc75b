"""The time elsewhere, and other days than today."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from plugins_builtin.tools import clock, hours
from plugins_builtin.tools.places import place
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
