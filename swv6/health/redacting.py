"""Take secrets and speech out of what leaves this machine."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

SECRET = re.compile(r"key|token|secret|passw|credential|auth(?!or)|cookie", re.IGNORECASE)
"""Names whose values are never shown."""
NAMES_ONLY = ("key_env",)
"""Names that hold the name of a secret, not the secret."""
PRIVATE = re.compile(r"^(prompt|initial_prompt|hotwords|text|heard|said|answer|transcript|stop|apology)$")
"""Names whose values somebody wrote or said: only their length is shown."""
_SHORT = 6
"""Characters from which the value of a secret variable is looked for in everything."""
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_QUERY = re.compile(r"(?<=://)([^?\s\"']+)\?[^\s\"']*")
_LOOKS = re.compile(r"\b(?:sk|hf|ghp|glpat|xox[bp])[-_][A-Za-z0-9_\-]{8,}|\bBearer\s+\S+|\beyJ[\w-]{10,}\.[\w.-]+")
"""What keys look like, wherever they are."""


def redacted(value: Any, name: str = "") -> Any:
    """Copy JSON values without the secrets and the texts; `name` is the key that a value stands under."""
    if isinstance(value, Mapping):
        return {str(k): "(redacted)" if name == "env" else redacted(v, str(k)) for k, v in value.items()}
    if name not in NAMES_ONLY and SECRET.search(name) and isinstance(value, str) and value:
        return "(redacted)"
    if PRIVATE.match(name) and isinstance(value, str):
        return f"({len(value)} characters)" if value else ""
    if isinstance(value, list | tuple):
        return [redacted(item, name) for item in value]
    return value


def secret_values(also: Collection[str] = ()) -> set[str]:
    """Give the values of the environment variables whose names sound secret, and of those named in `also`."""
    named = {v for k, v in os.environ.items() if k in also and v}
    return named | {v for k, v in os.environ.items() if SECRET.search(k) and len(v) >= _SHORT and not _is_path(v)}


def _is_path(value: str) -> bool:
    try:
        return Path(value).exists()
    except (OSError, ValueError):
        return False


def scrubbed(text: str, secrets: Collection[str]) -> str:
    """Take out the secrets, what looks like a key, passwords and queries in addresses, and whose home it is."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "(redacted)")
    text = _LOOKS.sub("(redacted)", text)
    text = _QUERY.sub(r"\1?(redacted)", _USER.sub("", text))
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~").replace(home.replace("\\", "\\\\"), "~")
    return text


_LOGGED = {
    *("timestamp", "time", "level", "logger", "event", "name", "kind", "backend", "turn", "session", "outcome"),
    *("first", "total", "hit", "skipped", "error", "after_decision", "after_speech", "stt", "llm", "tts"),
    *("interrupted", "adopted", "state", "seconds"),
}
"""What a line of the log may keep."""
_WORD = re.compile(r"[\w.:+\-]{1,60}")
"""What holds no sentence: a name, a number, a time."""


def unspoken(line: str) -> str:
    """Keep of a line of JSON the names and figures that say what happened; empty for every other line."""
    try:
        entry = json.loads(line)
    except ValueError:
        return ""
    if not isinstance(entry, dict):
        return ""
    kept = {k: v for k, v in entry.items() if k in _LOGGED and _harmless(v)}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _harmless(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and bool(_WORD.fullmatch(value)))
