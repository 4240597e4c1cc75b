from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from swv6.text.sentences import MAXIMUM, Clauses, clauses

PIECES = st.sampled_from(
    [
        *("M. Dupont", "22,1", "3.50 €", "14 h 30", "14h30", "etc.", "p. ex.", "https://a.fr/x.y?z=1", "x=1", "l’été."),
        *(
            "…",
            "...",
            "« ",
            "» ",
            " »",
            "«Oui. Non.»",
            '"',
            ".",
            ", ",
            "; ",
            " : ",
            "! ",
            " ?",
            "\n",
            "\n\n",
            "(",
            ") ",
        ),
        *("**", "- ", "1. ", "mot", "Le", "la ", "é", "J.-C.", "5 p.m. ", "👍", " ", "\u00a0", "\u202f", "A. B."),
        *("anticonstitutionnellement ", ") "),
    ]
)
WORD = re.compile(r"[^\W_]+")
TEXTS = st.lists(PIECES, max_size=120).map("".join) | st.text(max_size=200)


def split(text: str, **options: int) -> list[str]:
    splitter = Clauses(**options)
    return splitter.feed(text) + splitter.flush()


@pytest.mark.parametrize(
    "whole",
    [
        "Voici M. Dupont et Mme. Durand qui arrivent.",
        "Il fait 22,1 degrés et cela coûte 3.50 euros.",
        "Rendez-vous à 14 h 30 ou à 14h30 ou à 14:30 demain.",
        "Des pommes, des poires, etc. et rien de plus.",
        "Un fruit p. ex. une pomme.",
        "Allez voir https://www.example.com/a.b?c=d.html demain.",
        "Attends… je cherche encore.",
        "Attends... je cherche encore.",
        "« Viens ! Il est tard. Partons. » disait-elle.",
        'Elle a dit "Viens. Il est tard." puis rien.',
        "Le livre de J. R. R. Tolkien est long.",
        "En 52 av. J.-C. à Alésia.",
        "Dr. Smith lives at St. James Park, i.e. here.",
        "See No. 5 and p. 12 of the book.",
        "1. Prenez un grand bol.",
        "La version 3.11.2 est sortie.",
        "Écrivez à jean.dupont@example.fr demain.",
        "Le prix (T.T.C. de l’année) a doublé.",
    ],
)
def test_one_sentence_stays_whole(whole: str) -> None:
    splitter = Clauses()
    splitter.feed("Début. ")
    assert splitter.feed(f"{whole} Ensuite la suite vient.") == ["Début.", whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il est tard maintenant. Partons vite !", ["Il est tard maintenant.", "Partons vite !"]),
        ("Il est tard ? Oui, il est tard.", ["Il est tard ?", "Oui, il est tard."]),
        ("Bonjour à tous, je suis là. Et vous, ça va ?", ["Bonjour à tous,", "je suis là.", "Et vous, ça va ?"]),
        ("Oui, je viens avec vous, merci.", ["Oui, je viens avec vous,", "merci."]),
        ("Voici la liste complète : du pain.", ["Voici la liste complète :", "du pain."]),
        ("Il coûte 3,5 euros, voilà.", ["Il coûte 3,5 euros,", "voilà."]),
        ("« Bonjour mes amis, dit-il. » Puis il part, seul.", ["« Bonjour mes amis, dit-il. »", "Puis il part, seul."]),
        ('Il court en 9"58. Puis il dort.', ['Il court en 9"58.', "Puis il dort."]),
        ('Un écran de 27" suffit. Oui, il suffit.', ['Un écran de 27" suffit.', "Oui, il suffit."]),
        ("Dans le 7e arr. Voici bât. C et op. 12.", ["Dans le 7e arr.", "Voici bât. C et op. 12."]),
        ("Des fruits, etc. Puis des noix.", ["Des fruits, etc.", "Puis des noix."]),
        ("Quoi ?! Vraiment… Oui vraiment.", ["Quoi ?!", "Vraiment…", "Oui vraiment."]),
        ("Premier point ici\n- deux\n- trois", ["Premier point ici", "- deux", "- trois"]),
        ("C’est **vrai.** Je le jure.", ["C’est **vrai.**", "Je le jure."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("Nous sommes en 2024. Tout va bien.", ["Nous sommes en 2024.", "Tout va bien."]),
        ("Oui. Ah. Bon. Je viens demain.", ["Oui.", "Ah. Bon. Je viens demain."]),
        ("...\n👍", []),
        ("", []),
    ],
)
def test_where_it_splits(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_clause_leaves_as_soon_as_it_is_certain() -> None:
    splitter = Clauses()
    assert splitter.feed("Je vous écoute bien,") == []
    assert splitter.feed(" ") == ["Je vous écoute bien,"]
    assert splitter.feed("dites-moi. ") == []
    assert splitter.feed("E") == ["dites-moi."]
    assert splitter.feed("nsuite\n") == ["Ensuite"]


def test_only_the_first_sentence_is_cut_at_a_comma_again_after_a_flush() -> None:
    splitter = Clauses()
    text = "Un deux trois, quatre. Un deux trois, quatre. "
    expected = ["Un deux trois,", "quatre. Un deux trois, quatre."]
    assert splitter.feed(text) + splitter.flush() == expected
    assert splitter.feed(text) + splitter.flush() == expected


def test_long_text_without_punctuation_is_cut_at_spaces_that_part_nothing() -> None:
    text = "il a payé 22 000 euros à 14 h 30 chez M. Dupont " * 60
    parts = split(text)
    assert all(len(part) <= MAXIMUM for part in parts)
    assert " ".join(parts) == text.strip()
    assert not any(re.search(r"(\b22|\bM\.|14|\bh)$", part) for part in parts)


def test_a_word_longer_than_any_clause_is_not_broken() -> None:
    assert split(f"avant {'x' * 1000} après", maximum=100) == ["avant", "x" * 1000, "après"]


@given(TEXTS, st.data())
def test_the_cuts_of_the_deltas_do_not_matter(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=20)))
    splitter = Clauses(maximum=80)
    given_: list[str] = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        given_ += splitter.feed(text[start:end])
    assert given_ + splitter.flush() == split(text, maximum=80)


@given(TEXTS)
@example("« " * 400 + "mot")
def test_every_word_is_kept_once_and_in_order(text: str) -> None:
    parts = split(text, maximum=40)
    assert WORD.findall(" ".join(parts)) == WORD.findall(text)
    spaceless = "".join("".join(parts).split())
    assert "".join(text.split()).startswith(spaceless)
    assert all(part == part.strip() and re.search(r"[^\W_]", part) for part in parts)


class Counting(Clauses):
    """Counts how often a letter is read, again or for the first time."""

    reads = 0

    def _push(self, letter: str) -> list[str]:
        self.reads += 1
        return super()._push(letter)


def test_a_long_text_without_a_new_line_is_split_whole() -> None:
    text = "Il a dit que M. Dupont paie 22,1 euros, etc. et part à 14 h 30. " * 150
    parts = split(text)
    assert len(text) > 7000
    assert len(parts) >= 150
    assert " ".join(parts) == text.strip()


@pytest.mark.parametrize("unit", ["mot dans ", "mot ", "a.", "a. ", "« ", "x", "\n", '" ', "M. ", "mot, ", "1 h "])
def test_no_letter_is_read_more_than_twice_on_average(unit: str) -> None:
    text = (unit * 8000)[:8000]
    splitter = Counting()
    splitter.feed(text)
    splitter.flush()
    assert len(text) <= splitter.reads <= 2 * len(text)


@pytest.mark.anyio
async def test_a_stream_of_deltas_gives_the_same_clauses() -> None:
    async def deltas() -> AsyncIterator[str]:
        for delta in ("Bon", "jour à vous, M", ". Dupont. Ça", " va ?"):
            yield delta

    assert [c async for c in clauses(deltas())] == ["Bonjour à vous,", "M. Dupont.", "Ça va ?"]


def test_the_first_clause_may_be_cut_after_some_words() -> None:
    splitter = Clauses(first_words=4)
    text = "Le plus haut sommet de France est le mont Blanc. Il mesure 4 808 mètres de haut."
    assert [*splitter.feed(text), *splitter.flush()] == [
        "Le plus haut sommet de France",
        "est le mont Blanc.",
        "Il mesure 4 808 mètres de haut.",
    ]


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("Le soleil se lève à six heures.", "Le soleil se lève"),
        ("Il y a environ trois heures de route.", "Il y a environ trois heures"),
        ("Un chat et une souris vivaient là.", "Un chat et une souris vivaient"),
        ("Cette chanson a été composée par un musicien.", "Cette chanson a été composée"),
        ("Le mont Blanc est le plus haut sommet.", "Le mont Blanc est le plus haut"),
        ("La capitale de l'Italie est Rome.", "La capitale de l'Italie"),
    ],
)
def test_few_words_never_end_in_one_that_binds(answer: str, first: str) -> None:
    splitter = Clauses(first_words=4)
    pieces = [*splitter.feed(answer + " "), *splitter.flush()]
    assert pieces[0] == first
    assert " ".join(pieces) == answer
