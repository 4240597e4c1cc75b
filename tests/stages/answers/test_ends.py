from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.stages.answers.ends import Loops, stopped_at, within, without_loops
from swv6.stages.deadline import TooSlow
from tests.stages.answers.test_thoughts import cut
from tests.stages.fakes import collect, fake

pytestmark = pytest.mark.anyio
SONG = "Il était un petit navire, il était un petit navire, qui n'avait ja ja jamais, ja ja jamais navigué."
LAUGH = "Ha ha ha ha, non non non. Un deux, un deux, un deux, trois."


@pytest.mark.parametrize("text", [SONG, LAUGH, "1 234 567, 1 234 568, 1 234 569, 1 234 570 et 1 234 571."])
async def test_songs_and_laughter_are_no_loops(text: str) -> None:
    assert "".join(await collect(without_loops(fake(*text.split(" ")))("?"))) == "".join(text.split(" "))
    assert Loops().feed(text + " ") is None


@pytest.mark.parametrize(
    ("phrase", "most"),
    [("Je ne sais pas. ", 5), ("et ", 9), ("la la lère ", 5), ("Le chat est sur le toit de la grande maison. ", 4)],
)
async def test_a_phrase_over_and_over_ends_the_answer(phrase: str, most: int) -> None:
    stage = fake("Bien. ", *[phrase] * 1000)
    said = "".join(await collect(without_loops(stage)("?")))
    assert said.startswith("Bien. ")
    assert said.count(phrase.strip()) <= most
    assert stage.closed == 1


async def test_signs_without_an_end_are_no_language() -> None:
    assert len("".join(await collect(without_loops(fake(*["..."] * 500))("?")))) <= 81


@given(st.lists(st.sampled_from(["oui ", "non ", "bien sûr ", "\n", "."]), max_size=80), st.lists(st.integers(0, 900)))
def test_where_an_answer_is_cut_does_not_depend_on_its_deltas(words: list[str], at: list[int]) -> None:
    text = "".join(words)

    def kept(deltas: list[str]) -> str:
        loops, said = Loops(), ""
        for delta in deltas:
            keep = loops.feed(delta)
            said += delta[:keep]
            if keep is not None:
                break
        return said

    assert kept(cut(text, at)) == kept([text])


@given(st.text("ab|<"), st.lists(st.integers(0, 500), max_size=9))
def test_a_stop_string_ends_the_answer_wherever_it_is_cut(text: str, at: list[int]) -> None:
    async def given_() -> str:
        return "".join(await collect(stopped_at(fake(*cut(text, at)), ("<|", "aab"))("?")))

    expected = text[: min([i for i in (text.find("<|"), text.find("aab")) if i >= 0], default=len(text))]
    assert anyio.run(given_) == expected


async def test_an_answer_that_takes_too_long_ends_there() -> None:
    stage = fake("Il ", "est ", None)
    assert await collect(within(stage, 0.05)("?")) == ["Il ", "est "]
    assert stage.closed == 1


async def test_an_answer_that_never_begins_is_too_slow() -> None:
    with pytest.raises(TooSlow, match=r"0\.01 s"):
        await collect(within(fake(None), 0.01)("?"))


async def test_the_time_of_the_reader_is_not_the_model_s() -> None:
    async def twice(request: str, /) -> AsyncIterator[str]:
        yield "a"
        yield "b"

    stream = within(twice, 0.05)("?")
    assert await anext(stream) == "a"
    await anyio.sleep(0.1)
    assert [item async for item in stream] == ["b"]
