"""Where a text may be broken: what two neighbouring words have to do with each other."""

from __future__ import annotations

import re

GLUED = 10_000
"""Never broken, unless the two are wider than a line."""
SENTENCE, CLAUSE, COMMA, TURN, PLAIN, BOUND = 0, 10, 20, 40, 60, 120
"""What a break costs: after a sentence, a clause, a comma; before a word that begins a new thought; between any two
words; between two that belong together."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALWAYS = {
    "fr": _words(
        "le la les un une des du de d' l' au aux ce cet cette ces mon ton son ma ta sa mes tes ses notre votre nos vos"
        " leur leurs quel quelle quels quelles chaque m. mm. mme mmes mlle dr pr me st ste n° no"
    ),
    "en": _words(
        "a an the this these those my your his its our their each every mr. mrs. ms. dr. prof. st. no. mr mrs ms dr"
    ),
}
"""What stands before its noun or its name, by language."""
_OFTEN = {
    "fr": _words(
        "à en dans sur sous par pour sans avec chez entre vers depuis pendant et ou mais que qu' qui dont où si car ni"
        " donc je j' tu il elle on nous vous ils elles ne n' se s' me m' te t' y c' est sont a ont été être avoir"
        " très plus moins bien trop si aussi comme quand lorsque"
    ),
    "en": _words(
        "of to in on at by for with from into about over under and or but that which who if because as than when while"
        " i you he she it we they her him is are was were be been has have had do does did not will would can could"
        " should may might must very more most so too"
    ),
}
"""What leads on to the next word, by language."""
_TURNING = {
    "fr": _words(
        "et ou mais que qui dont où quand lorsque puis car si comme parce puisque afin pour avec sans dans depuis"
        " pendant alors donc"
    ),
    "en": _words("and or but that which who when while because if so than as for with without in since during then"),
}
"""What begins a new thought, by language."""
_CLOSING = " \u00a0\u202f\"'”’)]}»"
_OPENING = "«“\"'([\u00a0\u202f"
_FIGURE = re.compile(r"\d(?:[\d.,:/\u00a0\u202f]*\d)?[.,;:!?\u00a0\u202f]*")


def joint(before: str, after: str, language: str) -> int:
    """Say what a break between two words costs; `language` is an ISO 639-1 code."""
    code, word = language[:2].lower(), before.lower().replace("’", "'").lstrip(_OPENING)
    if word in _ALWAYS.get(code, ()):
        return GLUED
    sign = _sign(before)
    if sign != PLAIN:  # figures read one by one have commas between them
        return BOUND if sign == COMMA and before.rstrip(",")[-1:].isdigit() and after[:1].isdigit() else sign
    if word in _OFTEN.get(code, ()) or _belong(before, after):
        return BOUND
    return TURN if after.lower() in _TURNING.get(code, ()) else PLAIN


def _sign(before: str) -> int:
    """Weigh the punctuation that a word ends with."""
    bare = before.rstrip(_CLOSING)
    if bare.endswith((".", "!", "?", "…")):
        return SENTENCE
    if bare.endswith((";", ":", "—", "–")):
        return CLAUSE
    return COMMA if bare.endswith(",") or before != bare else PLAIN


def _belong(before: str, after: str) -> bool:
    """Tell a figure and its noun ("12 mars", "numéro 7"), and the words of a name, from other words."""
    figures = _FIGURE.fullmatch(before) or _FIGURE.fullmatch(after)
    return bool(figures) or (before[:1].isupper() and after[:1].isupper())
