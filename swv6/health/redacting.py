"""Take secrets and speech out of what leaves this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from swv6.telemetry.secrets import SECRET, SHORT, without_secrets
from swv6.telemetry.secrets import secret_values as secret_values

NAMES_ONLY = ("key_env",)
"""Names that hold the name of a secret, not the secret."""
PRIVATE = re.compile(r"^(prompt|initial_prompt|hotwords|text|heard|said|answer|transcript|stop|apology)$")
"""Names whose values somebody wrote or said: only their length is shown."""


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


def key_names(value: Any) -> Collection[str]:
    """Name the environment variables that a profile, as JSON values, says hold keys."""
    if isinstance(value, dict):
        own = {value["key_env"]} if isinstance(value.get("key_env"), str) else set[str]()
        return own.union(*(key_names(v) for v in value.values()))
    return set[str]().union(*(key_names(v) for v in value)) if isinstance(value, list) else set[str]()


def of_a_terminal(profile: Mapping[str, Any]) -> list[str]:
    """Give the secret values that are taken out of lines for people, longest first.

    A value of a few letters (a server of one's own takes any key) is left: it would blot out ordinary words.
    """
    return sorted((v for v in secret_values(key_names(profile)) if len(v) >= SHORT), key=len, reverse=True)


def scrubbed(text: str, secrets: Collection[str]) -> str:
    """Take out the secrets, what looks like a key, passwords and queries in addresses, and whose home it is."""
    text = without_secrets(text, sorted(secrets, key=len, reverse=True))
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~").replace(home.replace("\\", "\\\\"), "~")
    return text


_LOGGED = {
    *("timestamp", "time", "level", "logger", "event", "name", "kind", "backend", "turn", "session", "outcome"),
    *("first", "total", "hit", "skipped", "error", "after_decision", "after_speech", "stt", "llm", "tts"),
    *("interrupted", "adopted", "state", "seconds", "at", "after", "elapsed", "silence", "thinking", "tool"),
    *("on", "down", "language", "exit_code"),
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
