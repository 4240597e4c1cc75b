"""Every variable of the environment that the program reads is documented."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_is_on_a_page() -> None:
    code = [file for folder in ("swv6", "plugins_builtin") for file in (ROOT / folder).rglob("*.py")]
    read = {name for file in code for name in re.findall(r'"(SWV6_[A-Z_]*[A-Z])"', file.read_text(encoding="utf-8"))}
    pages = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    assert "SWV6_RUNNING" in read
    assert {name for name in read if not re.search(rf"{name}(?![A-Z_])", pages)} == set()
