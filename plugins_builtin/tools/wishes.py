"""Wishes about how one is spoken to, as they are said in French or English."""

from __future__ import annotations

import re

from plugins_builtin.tools.tongue import folded

LANGUAGES = {
    "fr": ("french", r"francais", "français", "French"),
    "en": ("english", r"anglais", "anglais", "English"),
    "de": ("german", r"allemand", "allemand", "German"),
    "es": ("spanish", r"espagnol", "espagnol", "Spanish"),
    "it": ("italian", r"italien", "italien", "Italian"),
    "pt": ("portuguese", r"portugais", "portugais", "Portuguese"),
}
"""Code -> its name in English, in French without accents, and as it is said in both."""
UNKNOWN = "other language"
"""A wish for a language that is none of these."""
_FOREIGN = (
    r"klingon|elfique|elvish|dothraki|esperanto|latin|grec|greek|russe|russian|arabe|arabic|turc|turkish|hebreu|hebrew|"
    r"hindi|bengali|coreen|korean|mandarin|cantonais|suedois|swedish|norvegien|danish|flamand|flemish|dutch|polish|"
    r"tcheque|czech|swahili|breton|basque|catalan|corse|occitan|alsacien|creole|romanche|gaelique|gaelic|welsh|"
    r"(?!jamais|desormais|combien|finish|parfois|autrefois|toutefois)[a-z]{3,}(?:ais|ois|ien|ese|ish|ian)"
    r"(?=\W*$|,| s'il| please)"
)
"""Names of languages, and what ends like one, without accents."""
_LANGUAGE = "|".join(f"{english}|{french}" for english, french, *_ in LANGUAGES.values())
_POLITE = (
    r"^\W*(?:(?:s'il (?:te|vous) plait|stp|et|bon|ok|okay|non|oui|alors|maintenant|dis|tu|vous|me|moi|nous|"
    r"est ce que|peux|pouvez|pourrais|pourriez|veux|voudrais|aimerais|prefere\w*|je|j'|que|qu'|il faut(?: que)?|"
    r"please|now|so|well|can|could|would|will|you|i|want|like|i'd|to|let's|for|a|une?)\b[\s,]*)*"
)
"""What may stand before a wish: only what begins with a verb of it is one."""
_SPEAK = r"(?:parle[rsz]?|reponds?|repondre|repondez|lis|continue[rz]?|speak|talk|answer|reply|respond|read|go on)\b"
_TURN = r"(?:passe[rz]?|reviens|revenir|repasse[rz]?|bascule[rz]?|switch|change[rz]?|go back|come back|back)\b"
_PACE = r"(?:vite|rapide(?:ment)?|lente?(?:ment)?|doucement|normale?(?:ment)?|fast(?:er)?|quick\w+|slow\w*)"
_FAST = r"\b(?:vite|rapide(?:ment)?|fast(?:er)?|quick(?:er|ly)|accelere\w*|speed (?:it )?up)\b"
_SLOW = r"\b(?:lente?(?:ment)?|doucement|slow(?:er|ly)?|ralenti\w*|slow down)\b"
_LESS = r"\b(?:moins|trop|pas (?:si|aussi|trop)|less|too|so|not (?:so|too))\s+(?:\w+\s+)?"
_ASKED = (
    rf"{_POLITE}(?!parles\b)(?!(?<=vous )parlez)(?<!^you )(?:{_SPEAK}|{_TURN})"
    r"(?: (?:a|au|en|in|to|moi|me|nous|us|plutot|seulement)\b)*"
)
_STRANGE = rf"{_ASKED} (?P<name>{_FOREIGN})\b"
TRIGGERS = (
    rf"{_POLITE}(?:ne )?(?:{_SPEAK}|va|vas|aller|allez|go)\b.{{0,30}}\b{_PACE}\b",
    rf"{_POLITE}(?:ralenti\w*|accelere\w*|slow down|speed (?:it )?up|faster|slower)\b",
    rf"{_POLITE}(?:un peu |beaucoup |a bit |a little )?(?:plus|moins|less|more) {_PACE}\b",
    rf"{_ASKED} (?:{_LANGUAGE})\b",
    _STRANGE,
    rf"{_POLITE}(?:en|in) (?:{_LANGUAGE})\W*(?:s'il (?:te|vous) plait|please)?\W*$",
    rf"{_POLITE}(?:change\w*|prends|prendre|essaye?\w*|essaie|mets|mettre|utilise\w*|use|try|take|switch|give me|have|"
    r"entendre|hear)?\b.{0,12}\b(?:autre|nouvelle|differente?|another|different|other|new|de|your|la|ta|the)? ?"
    r"(?:voix|voice)\b(?: (?:differente|s'il (?:te|vous) plait|please)|\W)*$",
)


def wish(question: str) -> str | None:
    """Give the change that a question asks for; None where its words leave a doubt."""
    text = folded(question)
    if not any(re.search(trigger, text) for trigger in TRIGGERS):
        return None
    if named := re.findall(rf"\b(?:{_LANGUAGE})\b", text):
        said = {english for english, french, *_ in LANGUAGES.values() if named[0] in (english, french)}
        return said.pop() if len(set(named)) == 1 and not re.search(r"\b(?:pas|plus|not|don't)\b", text) else None
    if strange(question):
        return UNKNOWN
    if re.search(r"\b(?:voix|voice)\b", text):
        return "voice"
    if re.search(r"\bnormal", text):
        return "normal"
    slow, fast = re.search(_SLOW, text), re.search(_FAST, text)
    if bool(slow) == bool(fast):
        return None
    less = re.search(_LESS + (r"(?:vite|rapide|fast|quick)" if fast else r"(?:lente?|doucement|slow)"), text)
    return "slower" if bool(fast) == bool(less) else "faster"


def strange(question: str) -> str:
    """Give the language that is asked for and is none of ours, as it was said; empty where there is none."""
    found = re.search(_STRANGE, folded(question))
    if found is None:
        return ""
    words = re.findall(r"[^\W\d_]+", question)
    return next((word for word in words if folded(word) == found["name"]), found["name"])


def named(question: str, change: str) -> bool:
    """Say whether the language of a change was said."""
    names = next((names for names in LANGUAGES.values() if names[0] == change), None)
    return names is None or any(name in folded(question) for name in names[:2])
