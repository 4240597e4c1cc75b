"""The documentation cannot drift: generated pages are fresh, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from swv6.cli.lazy import BUILTIN

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").rglob("*.md")])


def test_generated_pages_are_fresh() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_that_pages_name_exist(page: Path) -> None:
    known = {command.name for command in BUILTIN} | {"morse"}
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"(?:^|[`/\\ ])swv6(?:\.exe)? ([a-z]+)(?=[\s`]|$)", "\n".join(_code(text)), re.MULTILINE):
        assert name in known


def _code(text: str) -> list[str]:
    """Give the code of a page: indented blocks, fenced shell blocks and what stands in backticks."""
    fenced = re.findall(r"```(?:bash|powershell|console)\n(.*?)```", text, re.DOTALL)
    return fenced + re.findall(r"^ {4}(.*)$", text, re.MULTILINE) + re.findall(r"`([^`\n]+)`", text)


def test_every_hook_and_command_is_in_the_reference() -> None:
    from swv6.plugins.hookspecs import KINDS

    hooks = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
    assert all(f"`{hook}`" in hooks for hook in KINDS.values())
    cli = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert all(f"## swv6 {command.name}\n" in cli for command in BUILTIN)
