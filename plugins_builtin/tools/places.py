"""Places whose time is asked for, and the zones they are in."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from plugins_builtin.tools.tongue import folded

_ALSO = {
    "londres": "Europe/London", "pekin": "Asia/Shanghai", "beijing": "Asia/Shanghai", "moscou": "Europe/Moscow",
    "le caire": "Africa/Cairo", "au caire": "Africa/Cairo", "athenes": "Europe/Athens", "lisbonne": "Europe/Lisbon",
    "bruxelles": "Europe/Brussels", "varsovie": "Europe/Warsaw", "geneve": "Europe/Zurich", "alger": "Africa/Algiers",
    "barcelone": "Europe/Madrid", "barcelona": "Europe/Madrid", "milan": "Europe/Rome", "lyon": "Europe/Paris",
    "marseille": "Europe/Paris", "washington": "America/New_York", "boston": "America/New_York",
    "san francisco": "America/Los_Angeles", "miami": "America/New_York", "quebec": "America/Toronto",
    "japon": "Asia/Tokyo", "japan": "Asia/Tokyo", "chine": "Asia/Shanghai", "china": "Asia/Shanghai",
    "france": "Europe/Paris", "angleterre": "Europe/London", "england": "Europe/London", "inde": "Asia/Kolkata",
    "india": "Asia/Kolkata", "allemagne": "Europe/Berlin", "germany": "Europe/Berlin", "espagne": "Europe/Madrid",
    "spain": "Europe/Madrid", "italie": "Europe/Rome", "italy": "Europe/Rome", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "bombay": "Asia/Kolkata", "vienne": "Europe/Vienna", "edimbourg": "Europe/London",
    "la reunion": "Indian/Reunion", "singapour": "Asia/Singapore", "seoul": "Asia/Seoul", "dubai": "Asia/Dubai",
}  # fmt: skip
"""As they are said in French, or not in the list of zones; countries of one zone too."""
_PLACE = re.compile(
    r"(?:,? |\b)(?:a|au|aux|en|in)\s+(?P<name>(?:la |le |les )?[a-z]+(?:[ '][a-z]+){0,2}?)(?=\W*$|,| s'il| please| now)"
)
_NO_PLACE = re.compile(
    r"(?:quel(?:le)?s?|cet?|cette|moment|instant|present|peu|ton|votre|mon|my|your|this|all|nouveau|l|l'instant|heure|"
    r"fait|la|french|english|\w+ais)\b"
)


def place(said: str) -> tuple[str, str]:
    """Give the place at the end of a question, without accents, and its zone; both are empty where there is none.

    The zone alone is empty for a place that nobody knows.
    """
    found = _PLACE.search(folded(said))
    if found is None or _NO_PLACE.match(found["name"]):
        return "", ""
    name = found["name"]
    return found[0], _zones().get(name, _zones().get(re.sub(r"^(?:la|le|les) ", "", name), ""))


@cache
def _zones() -> dict[str, str]:
    """Give the zones by the city that names them; nothing where this machine has no list."""
    zones = sorted(zone for zone in available_timezones() if zone.count("/") and not zone.startswith("Etc/"))
    return {folded(zone.rpartition("/")[2].replace("_", " ")): zone for zone in zones} | (_ALSO if zones else {})


def phrase(said: str) -> str:
    """Give the words of a place as they were said, with a capital; empty where they cannot be told apart."""
    words, wanted = re.findall(r"[\w']+", said), (place(said)[0]).strip(" ,").split()
    runs = (words[at : at + len(wanted)] for at in range(len(words)))
    found = next((" ".join(run) for run in runs if [folded(word) for word in run] == wanted), "")
    return found[:1].upper() + found[1:]
