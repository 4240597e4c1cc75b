"""French abbreviations, acronyms and words that the voice says wrongly as they are written."""

from __future__ import annotations

import re

from swv6.text.numbers import french, french_ordinal, roman
from swv6.text.rules import Rule, figured, respelt, rule, table, words_of

_CAPITAL = r"(?=[A-ZÀ-ÖØ-Þ])"
_SOUNDED = re.compile(r"(?!.*[B-DF-HJ-NP-TV-XZ]{3})(?=.*[AEIOUY]).*")
"""What a French mouth can read as a word: no three consonants in a row."""


def _letters(match: re.Match[str]) -> str:
    word = match[0]
    lists = words_of("acronyms.fr.txt")
    if word in lists["spelled"]:
        return _apart(match)
    if word in lists["whole"] or not re.search("[AEIOUY]", word) or (len(word) > 3 and _SOUNDED.fullmatch(word)):
        return word
    shouted = re.search(r"[A-ZÀ-Þ]{2}[\W\d_]{1,3}$", match.string[max(0, match.start() - 6) : match.start()])
    return word if shouted else _apart(match)


def _apart(match: re.Match[str]) -> str:
    """Spell it; espeak-ng takes "L'I" for an abbreviation, with an apostrophe to be read, but not "L'i"."""
    elided = match.string[max(0, match.start() - 2) : match.start()] in ("L'", "D'")
    first = "i" if elided and match[0][0] == "I" else match[0][0]
    return " ".join((first, *match[0][1:]))


def _century(match: re.Match[str]) -> str:
    value = roman(match[1])
    return french_ordinal(value, match[2] in ("re", "ère")) if value else match[0]


def _reign(match: re.Match[str]) -> str:
    value = roman(match[2])
    return f"{match[1]} {french(value)}" if 0 < value < 40 else match[0]


_DAYS = {day[:3]: day for day in "lundi mardi mercredi jeudi vendredi samedi dimanche".split()}  # noqa: SIM905
_DAY = "[lL]un|[mM]ar|[mM]er|[jJ]eu|[vV]en|[sS]am|[dD]im"
_MONTH = "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"


def _day(match: re.Match[str]) -> str:
    return _DAYS[match[1].lower()]


ABBREVIATIONS: list[Rule] = [
    rule(rf"\bM\. (?=et |ou |l[ea] |l')|\bM\. ?{_CAPITAL}", "monsieur "),
    rule(rf"\bMM\. (?=les )|\bMM\. ?{_CAPITAL}", "messieurs "),
    rule(r"\bMme\b\.?", "madame"),
    rule(r"\bMmes\b\.?", "mesdames"),
    rule(r"\bMlles\b\.?", "mesdemoiselles"),
    rule(r"\bMlle\b\.?", "mademoiselle"),
    rule(r"\bMgr\b\.?", "monseigneur"),
    rule(rf"\bDr\.? {_CAPITAL}", "docteur "),
    rule(rf"\bDre\.? {_CAPITAL}", "docteure "),
    rule(rf"\bPr\.? {_CAPITAL}", "professeur "),
    rule(rf"\bMe {_CAPITAL}(?=[\w-]+(?:[.,]| [a-zà-ÿ]))", "maître "),
    rule(r"\b([rR])éf\.(?= ?[:\d\w])", r"\1éférence"),
    rule(rf"\bSte?[-. ] ?{_CAPITAL}", lambda m: "sainte " if m[0][2] == "e" else "saint "),
    rule(r"\b[pP]\. ?ex\.(?!\w)|\bpar ex\.", "par exemple"),
    rule(r"\bc(?:\.-?| |-)à-?d(?:ire\b|\.|\b)|\bc[àa]d\b", "c'est-à-dire"),
    rule(r"\betc(?:…|\.{2,})", "etc."),
    rule(r"\betc\.(?= ?$| [A-ZÀ-Þ])", "et cétéra."),
    rule(r"\betc\b\.?", "et cétéra"),
    rule(r"\bav\. J\.-C\.", "avant Jésus-Christ"),
    rule(r"\bapr?\. J\.-C\.", "après Jésus-Christ"),
    rule(r"\bJ\.-C\.", "Jésus-Christ"),
    rule(r"\bav\. (?=d[eu]|[A-ZÀ-Þ])", "avenue "),
    rule(r"\b(?:bd|Bd|boul\.) (?=d[eu]|[A-ZÀ-Þ])", "boulevard "),
    rule(r"\bpl\. (?=d[eu]|[A-ZÀ-Þ])", "place "),
    rule(r"\b([bB])ât\.", r"\1âtiment"),
    figured(r"\bapp?t\b\.? ?(?=\d)", "appartement "),
    rule(r"(?:(?<=\der)|(?<=\de)|(?<=ème)) arr(?:dt)?\b(?:\.(?!\s*$))?", " arrondissement"),
    figured(r"\bal\. ?(?=\d)", "alinéa "),
    figured(r"\b([oO])p\. ?(?=\d)", r"\1pus "),
    rule(r"\bd'alt\b(?:\.(?!\s*$))?", "d'altitude"),
    rule(r"\b[cC]f\.?(?= )", "voir"),
    rule(r"(?<![\w.])[eE]nv(?:\.(?=[ ,)])|(?=\.$))", "environ"),
    rule(r"\bapprox\.", "approximativement"),
    rule(r"\bvs\b\.?", "contre"),
    rule(r"\b[nN][°º] ?(?=\w)|№ ?|(?<![\w&])#(?=\d)|\b[nN]o (?=\d)", "numéro "),
    figured(r"\b[nN]os (?=\d)|\b[nN]°s ?(?=\d)", "numéros "),
    figured(r"\bpp\. ?(?=\d)", "pages "),
    figured(r"\bp\. ?(?=\d)", "page "),
    figured(r"§ ?(?=\d)", "paragraphe "),
    rule(r"\b([aA])rt\. ?(?=[\dLR])", r"\1rticle "),
    rule(r"\b([cC])hap\. ?(?=[\dIVX])", r"\1hapitre "),
    figured(r"\b([fF])ig\. ?(?=\d)", r"\1igure "),
    figured(r"\b([vV])ol\. ?(?=\d)", r"\1olume "),
    rule(r"\b([tT])él\.", r"\1éléphone"),
    rule(r"\bmax\.?(?=[ ,)]|$)", "maximum"),
    rule(r"(?<!\d)(?<!\d )\bmin\.(?=[ ,)]|$)", "minimum"),
    rule(r"\bhab\.", "habitants"),
    rule(r"\b(?:rdv|RDV|Rdv)\b", "rendez-vous"),
    rule(r"\b(?:svp|SVP)\b", "s'il vous plaît"),
    rule(r"\b(?:stp|STP)\b", "s'il te plaît"),
    rule(r"\bqqch\b\.?", "quelque chose"),
    rule(r"\bqqn\b\.?", "quelqu'un"),
    # "sam." may be a name, "mer.", "mar." and "jeu." end sentences: a date, an hour or another day tells
    rule(rf"\b({_DAY})\.(?= \d\d?(?:/| ?h|er\b| (?:{_MONTH}))|[ -](?:(?:au|et|à) )?(?:{_DAY})\.)", _day),
    rule(
        rf"((?:{'|'.join(_DAYS.values())})[ -](?:(?:au|et|à) )?)({_DAY})\.",
        lambda m: m[1].replace("-", " à ") + _DAYS[m[2].lower()],
    ),
    rule(r"\b[jJ]anv\.(?= |$)", "janvier"),
    rule(r"\b[fF]évr?\.(?= |$)", "février"),
    rule(r"\b[aA]vr\.(?= |$)", "avril"),
    rule(r"\b[jJ]uil\.(?= |$)", "juillet"),
    figured(r"\b[sS]ept\.(?= \d)", "septembre"),
    rule(r"\b[oO]ct\.(?= |$)", "octobre"),
    rule(r"\b[nN]ov\.(?= |$)", "novembre"),
    rule(r"\b[dD]éc\.(?= |$)", "décembre"),
    figured(
        r"\b1(?= (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)", "1er"
    ),
]

_PART = r"(?:[cC]hapitre|[tT]ome|[aA]cte|[sS]cène|[pP]artie|[lL]ivre|[vV]olume|[pP]hase|[aA]nnexe|[tT]itre|[aA]rticle)"
ROMANS: list[Rule] = [
    rule(r"\b([IVXLC]{2,})(er|re|ère|e|ème)\b", _century),
    rule(r"\b([IVX])(er|re|ère)\b", _century),
    rule(r"\b([IVX])(e|ème)(?= (?:siècle|[Rr]épublique|arrondissement|Reich|millénaire|dynastie|[Cc]orps))", _century),
    rule(r"(?<=\b[lL][ae] )([IVX])(e)\b(?! [a-z])", _century),
    rule(r"(?<=ième) s\.(?=[ ,)]|$)", " siècle"),
    rule(rf"\b({_PART}) ([IVX]+)\b(?!')", _reign),
    rule(r"\b(Charles|Léon|Pie|Henri|Louis) ([VX])\b(?!')", _reign),
    rule(r"\b([A-ZÀ-Þ][\wà-ÿ]{1,30}) ([IVX]{2,})\b(?!')", _reign),
]

ACRONYMS: list[Rule] = [rule(r"(?<![\w'-])[A-Z]{2,5}(?![\w-])|(?<=[ldLD]')[A-Z]{2,5}(?![\w-])", _letters)]
RESPELT = respelt(table("respelt.fr.txt"))
