"""What is said over an answer: a sign of listening ("oui", "hum"), however it was misheard, or words that interrupt."""

from __future__ import annotations

import re

from swv6.text.phonetics import unlike

BACKCHANNELS = {
    "fr": "oui ouais non si d'accord ok okay hum hm mmh mhm mm ah oh euh heu bien voilà exact exactement tout à fait "
    "je vois bon bah ben super parfait merci c'est ça",
    "en": "yes yeah yep no right ok okay sure hm hmm mhm mm uh huh ah oh uh um well i see exactly great thanks",
}
"""Words with which a listener says no more than "I am listening"."""
SIGNS = {
    "fr": "oui|ouais|non|si|d'accord|ok|hum|mmh|ah|oh|euh|bien|voilà|exact|exactement|tout à fait|je vois|bon|ah bon|"
    "bah|ben oui|super|parfait|merci|c'est ça|oui oui|ah oui|ah d'accord|ok d'accord",
    "en": "yes|yeah|yep|no|right|okay|sure|hmm|uh huh|ah|oh|well|i see|exactly|great|thanks|oh yes|all right",
}
"""The same as they are said."""
MISHEARD = {"fr": "où est-ce|mmr|toute affaire"}
"""What Whisper base makes of a slow "oui" and "ouais", of "mmh" and "tout à fait" said alone."""
ORDERS = {
    "fr": "attends|attendez|stop|arrête|arrêtez|arrête-toi|tais-toi|chut|pardon|excuse-moi|excusez-moi|pas ça|"
    "plus fort|moins vite|répète|répétez|quoi|comment|pourquoi|et toi|mais non|c'est faux|ça suffit",
    "en": "wait|stop|stop it|hold on|shut up|quiet|sorry|excuse me|not that|louder|slower|repeat|what|how|why|where|"
    "and you|that's wrong|enough|pardon",
}
"""Short things that are said to interrupt."""
MISHEARD_ORDERS = {"fr": "amit|amid"}
"""What Whisper base makes of a quick "arrête" said alone; these very words, for "Amui" and "Amou" were signs."""
_WORD = re.compile(r"[\w'-]+")
_MANY = 3
"""Words above which an utterance is taken for a turn whatever they are."""
_ALIKE = 0.4
"""How unlike a sign of listening a misheard one may sound (`benchmarks/barge_in.py`: more lets "arrête" pass)."""
_FEW = 4
"""Words above which nothing is a misheard sign."""
_SHORT = 0.5
"""Seconds of voice under which an utterance that was not understood is no turn: a syllable or two, a cough."""
_UNSURE = 0.4
"""Confidence (0..1) under which a short utterance was not understood: Whisper gives a cough 0.2 to 0.4."""


def backchannel(text: str, language: str) -> bool:
    """Say whether an utterance is empty, or only a sign of listening."""
    words = _words(text)
    known = set(BACKCHANNELS.get(language[:2], "").split())
    return len(words) <= _MANY and all(word in known for word in words)


def listening(text: str, language: str, seconds: float, confidence: float = 0.0) -> bool:
    """Say whether what was heard over an answer is a sign of listening, or no words at all.

    `seconds` of voice; `confidence` of the transcript, 0 when unknown. A recogniser mishears half of the single
    syllables, so what sounds more like a sign than like an order counts as one, and so does short speech that it is
    unsure of.
    """
    said = _once(_words(text))
    if backchannel(said, language):
        return True
    if said in MISHEARD_ORDERS.get(language[:2], "").split("|"):
        return False
    order = _nearest(said, ORDERS, language)
    sign = min(_nearest(said, SIGNS, language), _nearest(said, MISHEARD, language))
    if len(_words(said)) <= _FEW and sign <= _ALIKE and sign < order:
        return True
    return seconds < _SHORT and 0 < confidence < _UNSURE and order > _ALIKE


def _nearest(text: str, phrases: dict[str, str], language: str) -> float:
    return min((unlike(text, phrase) for phrase in phrases.get(language[:2], "").split("|") if phrase), default=1.0)


def _once(words: list[str]) -> str:
    """Say once what is said several times in a row, the last time perhaps cut: Whisper stutters on a single word."""
    *whole, last = words or [""]
    for size in range(1, len(words) // 2 + 1):
        again = last and words[(len(words) - 1) % size].startswith(last)
        if again and all(word == words[at % size] for at, word in enumerate(whole)):
            return " ".join(words[:size])
    return " ".join(words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))
