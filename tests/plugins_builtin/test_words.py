from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins_builtin.words import FILTERS
from swv6.errors import ProfileError
from swv6.profiles import resolve
from swv6.transcription.windows import joined
from swv6.types import Segment, Transcript, Word
from tests.plugins_builtin.offers import offer

pytestmark = pytest.mark.anyio


async def through(transcript: Transcript, *names: str, **options: dict[str, Any]) -> Transcript:
    """Put a transcript through filters of the plugin, opened as profiles open them."""
    for name in names or FILTERS:
        backend = offer("words", "transcript_filter", name)
        settings = {"language": "fr", "live": False, **options.get(name, {})}
        model = backend.options_model()
        known = {key: value for key, value in settings.items() if key in model.model_fields}
        async with backend.opener()(model(**known)) as filter_:
            transcript = filter_(transcript)
    return transcript


def heard(text: str, language: str = "fr") -> Transcript:
    words = tuple(Word(w, float(n), n + 1.0, 0.9) for n, w in enumerate(text.split()))
    segment = Segment(text, 0.0, float(len(words)), 0.9, words)
    return Transcript(text, (segment,), language, 0.9, duration=float(len(words)))


async def test_the_chain_counts_what_it_did() -> None:
    said = await through(
        heard("est-ce que l'usage de faster whisper prend vingt pour cent"), numbers={"write": "digits"}
    )
    assert said.text == "Est-ce que l’usage de faster-whisper prend 20\u00a0%\u202f?"
    assert said.segments[0].text == said.text
    assert [w.text for w in said.segments[0].words][-3:] == ["faster-whisper", "prend", "20\u00a0%\u202f?"]
    assert {name: sum(done.values()) for name, done in said.post.items()} == {
        "hallucinations": 0,
        "corrections": 1,
        "numbers": 3,
        "punctuation": 1,
        "typography": 2,
    }


async def test_going_through_twice_changes_nothing() -> None:
    once = await through(heard("où est la rtx 30 90 de l'an deux mille vingt-quatre"), numbers={"write": "digits"})
    again = await through(once, numbers={"write": "digits"})
    assert (again.text, again.segments) == (once.text, once.segments)


async def test_the_language_that_was_heard_decides() -> None:
    assert (await through(heard("is it true ? it's true", "en"), "typography")).text == "is it true? it’s true"
    assert (await through(heard("c'est vrai ?", ""), "typography")).text == "c’est vrai\u202f?"


async def test_a_conversation_is_left_as_plain_as_it_was() -> None:
    live = {name: {"live": True} for name in FILTERS}
    said = await through(heard("quelle heure est-il donc l'ami ?"), **live)
    assert said.text == "quelle heure est-il donc l'ami ?"


async def test_yours_win(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("Gépété: gpt\nSouriau: [sourio, sous rio]\n", encoding="utf-8")
    options = {"corrections": {"vocabulary": tmp_path / "mine.yaml"}}
    assert (await through(heard("gpt et sous rio"), "corrections", **options)).text == "Gépété et Souriau"


async def test_a_mistake_in_yours_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("GPT: {a: b}\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"mine\.yaml:1"):
        await through(heard("x"), "corrections", corrections={"vocabulary": tmp_path / "mine.yaml"})


@pytest.mark.parametrize("said", ["putain de bordel de merde, c'est chiant", "this fucking thing is shit, damn it"])
async def test_swearing_is_nobodys_business(said: str) -> None:
    assert (await through(heard(said), "hallucinations", "corrections", "numbers")).text == said


async def test_the_profile_names_the_vocabulary_of_all(tmp_path: Path) -> None:
    (tmp_path / "terms.yaml").write_text("GPT:\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("extends: default\nvocabulary: terms.yaml\n", encoding="utf-8")
    profile = resolve(str(tmp_path / "mine.yaml"))
    users = [*profile.stt, *(c for c in profile.transcript_filters if c.backend == "corrections")]
    assert [getattr(choice.options, "vocabulary", None) for choice in users] == [tmp_path / "terms.yaml"] * 2
    digits = resolve("default", ["transcript_filters.numbers.write=digits"]).transcript_filters
    assert [getattr(choice.options, "write", "") for choice in digits] == ["", "", "digits", "", ""]


async def test_a_vocabulary_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: default\nvocabulary: none.yaml\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"mine\.yaml:2: vocabulary: found none\.yaml"):
        resolve(str(tmp_path / "mine.yaml"))


async def test_the_windows_of_a_file_count_together() -> None:
    parts = [Transcript("a", post={"numbers": {"changed": n}}) for n in (1, 2, 4)]
    assert joined(parts).post == {"numbers": {"changed": 7}}
