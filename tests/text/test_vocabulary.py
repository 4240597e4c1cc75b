from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.errors import ProfileError
from swv6.text.edits import changed
from swv6.text.vocabulary import Entry, Vocabulary, expected, merged, shipped
from swv6.text.vocabulary_file import read


def corrected(text: str, vocabulary: Vocabulary) -> str:
    return changed(text, vocabulary.edits(text))


def terms(**heard: str) -> Vocabulary:
    return Vocabulary(tuple(Entry(term.replace("_", " "), (forms,)) for term, forms in heard.items()))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("je transcris avec faster whisper.", "je transcris avec faster-whisper."),
        ("Faster Whisper est rapide", "faster-whisper est rapide"),
        ("une rtx 3090, une RTX 30 90, une rtx3090", "une RTX 3090, une RTX 3090, une RTX 3090"),
        ("la rtx trente quatre-vingt-dix", "la RTX 3090"),
        ("gépété répond", "GPT répond"),
        ("l'api de chat gpt", "l'api de ChatGPT"),
        ("GÉPÉTÉ !", "GPT !"),
        ("le ge\u0301pe\u0301te\u0301", "le GPT"),
    ],
)
def test_the_shipped_french_terms(text: str, written: str) -> None:
    assert corrected(text, shipped("fr")) == written


@pytest.mark.parametrize(
    "text",
    [
        "C'est plus rapide. Whisper est là.",
        "le fichier config.json de GPT4All",
        "une faster, whisper",
        "https://github.com/openai/whisper",
        "elle aime la pie qui mange face à la rivière",
        "Le docteur a un linge propre et des onyx.",
        "putain de merde",
    ],
)
def test_what_only_resembles_a_term_stays(text: str) -> None:
    assert corrected(text, shipped("fr")) == text


def test_the_longest_wins_and_yours_win_over_the_shipped() -> None:
    mine = terms(RTX="rtx", Carte_RTX_3090="carte rtx 3090", Ma_GPT="gépété")
    known = merged(mine, shipped("fr"))
    assert corrected("la carte rtx 3090 et gépété", known) == "la Carte RTX 3090 et Ma GPT"


def test_ordinary_words_keep_their_capital_and_names_their_case() -> None:
    known = Vocabulary((Entry("entre autres", ("autre antre",)), Entry("pip", ("pipe",)), Entry("faster-whisper")))
    assert corrected("Autre antre. autre antre. FASTER WHISPER", known) == "Entre autres. entre autres. faster-whisper"


def test_accents_count_unless_told_otherwise() -> None:
    known = terms(GPT="gépété")
    assert corrected("gepete", known) == "gepete"
    assert corrected("gepete", merged(known, ignore_accents=True)) == "GPT"


def test_what_is_expected_fits() -> None:
    assert expected(["RTX 3090", "GPT"], ["YAML"]) == "RTX 3090, GPT, YAML"
    assert len(expected([f"term{n}" for n in range(1000)], most=100)) <= 100


def test_every_mistake_of_a_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("GPT: [gépété, '...']\nRTX: {a: b}\nLlama: [gépété]\ngpt:\n", encoding="utf-8")
    with pytest.raises(ProfileError) as problem:
        read(file)
    assert problem.value.problems == (
        f"{file}:1: found '...', expected a word or several",
        f"{file}:2: found a mapping, expected a word or several",
        f"{file}:4: 'gpt' is written twice, first in line 1",
        f"{file}:3: 'gépété' is said to mean 'Llama', and also 'GPT' (line 1)",
    )


@pytest.mark.parametrize(("written", "line"), [("- GPT\n", 1), ("a: [b\nc: d\n", 2), ("a: 'b\n", 2)])
def test_a_file_that_is_no_map_is_named(tmp_path: Path, written: str, line: int) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(ProfileError, match=rf"mine\.yaml:{line}: "):
        read(file)


def test_a_file_that_is_absent_or_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"GPT: \xff\xfe")
    for name in ("absent.yaml", "bytes.yaml"):
        with pytest.raises(ProfileError, match=name):
            read(tmp_path / name)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_shipped_files_are_without_contradiction(language: str) -> None:
    known = shipped(language)
    assert all(corrected(term, known) == term for term in known.terms)


@given(
    st.lists(
        st.sampled_from(
            ["faster", "whisper", "rtx", "30", "90", "3090", "gépété", "chat", "gpt", ".", ",", "-", "c++", "llama"]
        ),
        max_size=30,
    )
)
def test_correcting_twice_is_correcting_once(words: list[str]) -> None:
    once = corrected(" ".join(words), shipped("fr"))
    assert corrected(once, shipped("fr")) == once


class Counting(dict[str, Any]):
    """Counts how often it is asked."""

    asked = 0

    def get(self, key: str, default: Any = None) -> Any:
        Counting.asked += 1
        return super().get(key, default)


def _counting(node: dict[str, Any]) -> dict[str, Any]:
    return Counting({key: _counting(v) if isinstance(v, dict) else v for key, v in node.items()})


@pytest.mark.parametrize("size", [10, 1000])
def test_the_work_grows_with_the_text_and_not_with_the_vocabulary(size: int) -> None:
    known = Vocabulary(tuple(Entry(f"word{n} other{n} third{n}") for n in range(size)))
    object.__setattr__(known, "root", _counting(known.root))
    asked = []
    for times in (100, 1000):
        Counting.asked = 0
        list(known.edits("word1 other1 word2 nothing " * times))
        asked.append(Counting.asked)
    assert asked[1] <= 10 * asked[0] + 10
    assert asked[0] <= 100 * 4 * 2 * 3
