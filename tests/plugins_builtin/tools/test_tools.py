from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.tools import clock, durations, moments, spoken_sums, sums, units
from plugins_builtin.tools.talk import repeat, stop
from swv6.plugins import Message, Scene
from swv6.plugins.tools import Tool, schema
from swv6.stages.tools.calling import folded

pytestmark = pytest.mark.anyio
PHRASINGS = Path(__file__).with_name("phrasings.tsv")
ALL = [make(True) for make in (clock.time, clock.timer, sums.calculator, units.converter, repeat, stop)]
ORDINARY = Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").splitlines()


def asked(question: str) -> list[str]:
    """Name the tools that a question may be for."""
    import re

    return [tool.name for tool in ALL if any(re.search(t, folded(question)) for t in tool.triggers)]


@pytest.mark.parametrize("line", PHRASINGS.read_text(encoding="utf-8").splitlines()[1:])
def test_every_phrasing_opens_the_gate(line: str) -> None:
    name, question, _ = line.split("\t")
    assert name in asked(question)


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_does_not(question: str) -> None:
    assert asked(question) == []


@given(st.text(max_size=300))
def test_the_gate_takes_any_text(text: str) -> None:
    assert set(asked(text)) <= {tool.name for tool in ALL}


@pytest.mark.parametrize(
    ("expression", "result"),
    [("17*23", 391), ("17 × 23", 391), ("12,5*4", 50), ("2^10", 1024), ("-(3+4)/2", -3.5), ("sqrt(81)", 9), ("7%4", 3)],
)
def test_sums(expression: str, result: float) -> None:
    assert sums.value(expression) == result


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')",
        "a",
        "1/0",
        "9**9**9",
        "'a'*9",
        "(1).real",
        "[1]",
        "1 if 1 else 2",
        "1e999",
        "",
        "sqrt(-1)",
        "()" * 50,
    ],
)
def test_what_is_no_arithmetic_is_refused(expression: str) -> None:
    with pytest.raises(ValueError):
        sums.value(expression)


@given(st.text("0123456789+-*/()., esqrt^", max_size=60))
def test_a_sum_ends_in_a_number_or_a_value_error(expression: str) -> None:
    with suppress(ValueError):
        assert isinstance(sums.value(expression), float)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("deux minutes", 120),
        ("2 min", 120),
        ("une minute trente", 90),
        ("1 h 30", 5400),
        ("dans 1h15 de sortir le chien", 4500),
        ("une heure et quart", 4500),
        ("une heure et demie", 5400),
        ("une demi-heure", 1800),
        ("un quart d'heure", 900),
        ("trois quarts d’heure", 2700),
        ("vingt-cinq minutes", 1500),
        ("quatre-vingt-dix secondes", 90),
        ("soixante-quinze secondes", 75),
        ("an hour and a half", 5400),
        ("two hours and ten minutes", 7800),
        ("45s", 45),
        ("Mets une minuterie de deux minutes.", 120),
        ("cent vingt secondes", 120),
        ("dans un quart d'heure, une minuterie de quinze minutes", 900),
        ("d'ici 5 à 10 minutes", 600),
        ("une de 5 minutes et une de 10", 300),
        ("moins trois minutes", -180),
        ("de - 3 minutes", -180),
        ("minus five minutes", -300),
        ("au moins trois minutes", 180),
        ("une heure moins le quart", 2700),
        ("1,5 minute", 90),
        ("deux virgule cinq minutes", 150),
        ("une demi-minute", 30),
        ("seventeen and a half minutes", 1050),
        ("trois mille six cents secondes", 3600),
        ("mille heures", 3_600_000),
        ("longtemps", 0),
        ("", 0),
    ],
)
def test_durations(said: str, seconds: int) -> None:
    assert durations.seconds(said) == seconds


@pytest.mark.parametrize(
    ("said", "expression"),
    [
        ("Combien font dix-sept fois vingt-trois ?", "17 * 23"),
        ("combien fond dix sept foi vingt trois", "17 * 23"),
        ("Combien font 15 pour cent de 80 ?", "15 / 100 * 80"),
        ("Combien font 1 250 moins 375 ?", "1250 - 375"),
        ("quatre fois deux et demi", "4 * 2.5"),
        ("zéro virgule cinq plus trois", "0.5 + 3"),
        ("Fais une addition : trois plus quatre.", "3 + 4"),
        ("Quelle est la racine de quatre-vingt-un ?", "sqrt(81)"),
        ("Retire cinq de douze.", "12 - 5"),
        ("Combien font -3 plus 5 ?", "-3 + 5"),
        ("Combien font moins trois fois quatre ?", "-3 * 4"),
        ("Trois fois moins deux ?", "3 * -2"),
        ("What is minus three times four?", "-3 * 4"),
        ("Combien font douze divisé par zéro ?", "12 / 0"),
        # there is more to these than the sum, or no question
        ("Combien font 3 plus 4, le tout fois 2 ?", None),
        ("Combien font au moins trois fois quatre ?", None),
        ("Combien font 100 plus 20 pour cent ?", None),
        ("Que s'est-il passé le 24/12/1914 ?", None),
        ("Il a gagné trois fois deux médailles aux jeux de Londres.", None),
        ("Combien de fois faut-il le dire ?", None),
    ],
)
def test_a_sum_is_read_only_where_nothing_else_can_be_meant(said: str, expression: str | None) -> None:
    assert spoken_sums.expression(said, "fr") == expression


def test_an_english_sum() -> None:
    assert spoken_sums.expression("How much is 1,250 minus three hundred and seventy-five?", "en") == "1250 - 375"


@given(st.text(max_size=120), st.text("0123456789 .,x*/+-%", max_size=30))
def test_any_text_may_be_read(text: str, sum_: str) -> None:
    for french in (True, False):
        for tool in (sums.calculator(french), clock.timer(french)):
            assert tool.read is not None
            arguments = tool.read(f"{text} {sum_}")
            if arguments is not None:
                tool.arguments.model_validate(arguments)


def test_two_durations_are_left_to_the_model() -> None:
    assert durations.certain("une heure, non, deux heures") == 0
    assert durations.certain("une heure, je dis bien une heure") == 3600


def test_conversions() -> None:
    assert units.converted(10, "mile", "km") == pytest.approx(16.09344)
    assert units.converted(100, "celsius", "fahrenheit") == pytest.approx(212)
    assert units.converted(-40, "fahrenheit", "celsius") == pytest.approx(-40)
    with pytest.raises(ValueError):
        units.converted(1, "kg", "km")


async def test_nothing_is_colder_than_absolute_zero() -> None:
    assert units.converted(-273.15, "celsius", "kelvin") == pytest.approx(0)
    assert units.converted(-459.67, "fahrenheit", "celsius") == pytest.approx(-273.15)
    assert asked("-300 degrés Celsius en kelvins") == ["units"]
    cold = units.Conversion.model_validate({"amount": -300, "source": "celsius", "target": "kelvin"})
    with pytest.raises(ValueError, match="zéro absolu"):
        await units.converter(True).run(cold, Scene((), lambda s, w: None))


@pytest.mark.parametrize(
    ("amount", "source", "target", "french", "said"),
    [
        (1, "t", "pound", True, "1 tonne fait 2204,62 livres."),
        (10, "mile", "km", True, "10 miles font 16,09 kilomètres."),
        (1, "celsius", "fahrenheit", True, "1 degré Celsius fait 33,8 degrés Fahrenheit."),
        (1.5, "gallon", "km/h", True, ""),
        (1, "gallon", "l", True, "1 gallon américain fait 3,79 litres."),
        (12, "inch", "foot", False, "12 inches is 1 foot."),
        (-40, "fahrenheit", "celsius", False, "-40 degrees Fahrenheit is -40 degrees Celsius."),
        (1, "km/h", "m/s", True, "1 kilomètre par heure fait 0,28 mètre par seconde."),
    ],
)
async def test_a_conversion_is_said(amount: float, source: str, target: str, french: bool, said: str) -> None:
    tool = units.converter(french)
    arguments = units.Conversion.model_validate({"amount": amount, "source": source, "target": target})
    scene = Scene((), lambda s, w: None)
    if said:
        assert await tool.run(arguments, scene) == said
    else:
        with pytest.raises(ValueError, match="ne vont pas ensemble"):
            await tool.run(arguments, scene)


def test_a_moment_is_said() -> None:
    moment = datetime(2026, 11, 1, 9, 5, tzinfo=UTC)
    assert moments.said(moment, True) == "Il est 9 h 05, nous sommes le dimanche 1er novembre 2026."
    assert moments.said(moment, False) == "It is 09:05 on Sunday, November 1, 2026."


async def use(tool: Tool, chat: tuple[Message, ...] = (), **arguments: object) -> tuple[str, list[tuple[float, str]]]:
    """Run a tool."""
    later = list[tuple[float, str]]()
    scene = Scene(chat, lambda seconds, words: later.append((seconds, words)))
    validated = tool.arguments(**arguments)
    if tool.check is not None:
        tool.check(validated, scene)
    return await tool.run(validated, scene), later


async def test_a_timer_says_how_long_and_speaks_when_it_is_due() -> None:
    asked_ = (Message("user", "Mets une minuterie d'une heure et une minute."),)
    said, later = await use(clock.timer(True), asked_, duration="une heure et une minute")
    assert (await use(clock.timer(True), asked_, duration="twenty minutes")) == (said, later)
    assert said == "C'est parti pour 1 heure et 1 minute."
    assert later == [(3660, "La minuterie de 1 heure et 1 minute est terminée.")]
    with pytest.raises(ValueError, match="combien de temps"):
        await use(clock.timer(True), (Message("user", "Mets une minuterie."),), duration="longtemps")


async def test_repeat_and_stop() -> None:
    chat = (Message("assistant", "Il est midi …"), Message("user", "Répète."))
    assert (await use(repeat(True), chat))[0] == "Il est midi"
    assert (await use(stop(True)))[0] == ""
    assert asked("Répète, s'il te plaît.") == ["repeat"]
    for said in (
        "Stop !",
        "Arrête de parler.",
        "Tais-toi, s'il te plaît.",
        "Stop talking, please.",
        "OK, ça suffit, merci.",
    ):
        assert asked(said) == ["stop"]
    for said in ("Arrête la minuterie.", "Arrête de parler anglais.", "Où est l'arrêt de bus ?", "Stop the music."):
        assert "stop" not in asked(said)


def test_the_schema_allows_calls_and_nothing_else() -> None:
    from jsonschema import ValidationError, validate

    shape = schema([tool for tool in ALL if tool.name == "timer"])
    validate({"tool": "timer", "arguments": {"duration": "deux minutes"}}, shape)
    validate({"tool": "none"}, shape)
    for wrong in ({"tool": "calculator", "arguments": {}}, {"tool": "timer"}, {"tool": "none", "x": 1}):
        with pytest.raises(ValidationError):
            validate(wrong, shape)


@pytest.mark.parametrize(
    ("question", "expression", "heard"),
    [
        ("Cent vingt-huit divisé par quatre ?", "128/4", True),
        ("Cent vingt-huit divisé par quatre ?", "100.2/4", False),
        ("La moitié de 86 ?", "86/2", True),
        ("15 % de 1 250 ?", "1250*15/100", True),
        ("Trois fois deux et demi", "3*2.5", True),
        ("Seventeen times twelve?", "17*12", True),
        ("Seventeen times twelve?", "17*20", False),
        ("Combien font moins trois fois quatre ?", "4-3", False),
        ("Combien font moins trois fois quatre ?", "-3*4", True),
        ("J'ai 5 sacs de 8 pommes et j'en mange 3, il en reste combien ?", "5*8-3", True),
    ],
)
def test_what_nobody_said_is_not_calculated_with(question: str, expression: str, heard: bool) -> None:
    assert spoken_sums.heard_in(question, expression) is heard
