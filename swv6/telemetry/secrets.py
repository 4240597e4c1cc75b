"""What is a secret, wherever it stands: by the name it stands under, by how it looks, by its value."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

SECRET = re.compile(r"key|token|secret|passw|credential|auth(?!or)|cookie", re.IGNORECASE)
"""Names whose values are never shown."""
HIDDEN = "(redacted)"
SHORT = 6
"""Characters from which the value of a secret variable is looked for in everything."""
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_QUERY = re.compile(r"(?<=://)([^?\s\"']+)\?[^\s\"']*")
_LOOKS = re.compile(
    r"\b(?:sk|hf|ghp|gho|github_pat|glpat|xox[abeprs]|pypi)[-_][A-Za-z0-9_\-]{8,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}"
    r"|\b(?:Bearer|Basic)\s+[^\s\"',;]+"
    r"|\beyJ[\w-]{10,}\.[\w.-]+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)",
    re.DOTALL,
)
"""What keys look like, wherever they are."""
_ASSIGNED = re.compile(
    r"(?P<name>(?:\b|_)(?:x-)?(?:api[-_]?key|access[-_]?key|token|client[-_]secret|secret(?=[\"']|\s*=)"
    r"|passwd|password|passphrase|authorization|cookie)[\"']?\s*[:=]\s*[\"']?)(?!\(redacted\)|Bearer\b|Basic\b)[^\s\"',;&}\]]+",
    re.IGNORECASE,
)
"""A name that sounds secret, and its value: `api_key=...`, `"token": "..."`, `X-Api-Key: ...`."""
_HINTS = re.compile(
    r"key|token|secret|passw|passphrase|auth|cookie|bearer|basic|://|(?:sk|hf|ghp|gho|pat|glpat|xox.|pypi)[-_]|eyJ|AKIA|ASIA|AIza",
    re.IGNORECASE,
)
"""What every secret has that is known by its looks: most texts have none of it, and are looked at once."""


def without_secrets(text: str, values: Iterable[str] = ()) -> str:
    """Take out `values`, what looks like a key, and the passwords and queries of addresses."""
    for value in values:
        if value in text:
            text = text.replace(value, HIDDEN)
    if not _HINTS.search(text):
        return text
    text = _ASSIGNED.sub(rf"\g<name>{HIDDEN}", _LOOKS.sub(HIDDEN, text))
    return _QUERY.sub(rf"\1?{HIDDEN}", _USER.sub("", text))


def secret_values(also: Collection[str] = ()) -> set[str]:
    """Give the values of the environment variables whose names sound secret, and of those named in `also`."""
    named = {v for k, v in os.environ.items() if k in also and v}
    return named | {v for k, v in os.environ.items() if SECRET.search(k) and len(v) >= SHORT and not _is_path(v)}


@cache
def own_secrets() -> tuple[str, ...]:
    """Give this process's secret values, longest first, as they were when it was first asked."""
    return tuple(sorted(secret_values(), key=len, reverse=True))


def _is_path(value: str) -> bool:
    try:
        return Path(value).exists()
    except (OSError, ValueError):
        return False
