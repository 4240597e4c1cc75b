"""What the tests of `swv6 doctor` share."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any


def found(done: subprocess.CompletedProcess[str], name: str) -> dict[str, Any]:
    """Give the finding of one name, of what `--json` printed."""
    findings: list[dict[str, Any]] = json.loads(done.stdout)
    (one,) = [finding for finding in findings if finding["name"] == name]
    return one


def put(folder: Path, *files: tuple[str, str]) -> None:
    """Write small files."""
    for name, text in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
