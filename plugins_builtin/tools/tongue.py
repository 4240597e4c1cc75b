"""In which language a tool answers, and questions without what is heard in different ways."""

from __future__ import annotations

import unicodedata

from swv6.plugins import Scene


def in_french(scene: Scene, otherwise: bool) -> bool:
    """Say whether to answer in French; `otherwise` by the tool's own options."""
    return scene.language.startswith("fr") if scene.language else otherwise


def folded(text: str) -> str:
    """Drop accents, capitals and hyphens."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'").replace("-", " "))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
