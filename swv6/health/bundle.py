"""The archive for those who help: what was found and what is installed, without secrets and without speech."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import distributions
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swv6.errors import UsageError
from swv6.health.redacting import key_names, redacted, scrubbed, secret_values, unspoken

if TYPE_CHECKING:
    from swv6.health.findings import Finding
    from swv6.health.look import Looked
    from swv6.plugins.manager import Plugins

LINES = 2000
"""Of the log, the last ones."""
README = """\
What `swv6 doctor --bundle` has put here, to be read before it is sent:

  findings.json   what `swv6 doctor` found
  versions.json   the system, Python, installed packages
  profile.json    the profile as it was resolved; secrets, prompts and other texts are left out
  plugins.json    plugins and what is wrong with them
  log.jsonl       the names and figures of the last lines of the log, where there is one

There is no sound in it, nothing that was said, and no text of a conversation. The home folder is written as ~.
"""
_FOUND = re.compile(r"found .*?(?=, expected|, no such|, but|$)")
"""What a wrong profile holds at a place: it may be a key in the wrong line."""


def write(path: Path, looked: Looked, plugins: Plugins, log: Path | None = None) -> list[str]:
    """Write the archive and name what is in it; raises UsageError when it cannot be written."""
    dump = looked.profile.model_dump(mode="json") if looked.profile else {}
    secrets = secret_values(key_names(dump))
    parts = {
        "README.txt": README,
        "findings.json": _json([_finding(found) for found in looked.findings]),
        "versions.json": _json(versions()),
        "profile.json": _json(redacted(dump)),
        "plugins.json": _json([asdict(plugin) for plugin in plugins.found.values()]),
    }
    if log is not None and (lines := last_lines(log)):
        parts["log.jsonl"] = "\n".join(lines) + "\n"
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, scrubbed(text, secrets))
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"--bundle {path}: {error.strerror or error}", "name a file that can be written") from None
    return list(parts)


def _finding(found: Finding) -> dict[str, Any]:
    values = found.as_dict()
    if found.name.startswith("profile ") and found.level == "problem":
        values["text"] = "\n".join(_FOUND.sub("found (...)", line) for line in found.text.splitlines())
    return values


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"


def versions() -> dict[str, Any]:
    """Say what runs here."""
    names = {(dist.metadata["Name"] or "?"): dist.version for dist in distributions()}
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "packages": dict(sorted(names.items(), key=lambda pair: pair[0].casefold())),
    }


def last_lines(log: Path) -> Sequence[str]:
    """Read the end of a log of JSON lines, each with its names and figures only; nothing when it cannot be read.

    What was set aside when the file was full (`log.1`, the newest, `log.2`...) comes before it.
    """
    lines = deque[str](maxlen=LINES)
    for file in (*reversed(list(_set_aside(log))), log):
        lines.extend(_kept(file))
    return list(lines)


def _set_aside(log: Path) -> Iterator[Path]:
    names = (log.with_name(f"{log.name}.{number}") for number in count(1))
    return takewhile(Path.exists, names)


def _kept(log: Path) -> Iterator[str]:
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if kept := unspoken(line):
                    yield kept
    except OSError:
        return
