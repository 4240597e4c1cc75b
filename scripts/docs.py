"""Write the generated parts of docs/: the command line, the hooks, events, metrics, and the code that pages include.

`python scripts/docs.py` writes, `--check` only says what would change (and exits with 1). A page includes a file with

    <!-- include path/from/the/root -->
    (a code block, replaced)
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tables
import typer.core
import typer.main

from swv6.cli import app, lazy
from swv6.plugins import hookspecs
from swv6.plugins.offers import Backend, Command, ProfileOffer

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTE = "<!-- written by scripts/docs.py: do not edit -->\n"
WIDTH = 100
"""Columns of the help texts."""
_INCLUDE = re.compile(r"<!-- include (?P<path>\S+) -->\n```(?P<language>\w+)\n.*?```\n", re.DOTALL)
_LANGUAGES = {".py": "python", ".toml": "toml", ".yaml": "yaml"}


def cli() -> str:
    """Give docs/cli.md: the help of every command."""
    lazy.Lazy._offered = lambda self: {}  # type: ignore[method-assign]  # only our own, whatever is installed here
    pages = "\n".join(_help(typer.main.get_command(app.app), "swv6"))
    return f"# The command line\n\n{NOTE}\n{pages}"


def _help(command: Any, name: str, parent: Any = None) -> Iterator[str]:
    settings = {**command.context_settings, "terminal_width": WIDTH}
    context = command.context_class(command, info_name=name, parent=parent, **settings)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    for child in command.list_commands(context) if isinstance(command, typer.core.TyperGroup) else ():
        yield from _help(command.get_command(context, child), child, context)


def hooks() -> str:
    """Give docs/hooks.md: every hook, and the offers that hooks return."""
    parts = ["# The hooks\n", NOTE, "Each takes nothing, runs once at start and returns offers.\n"]
    for kind, hook in hookspecs.KINDS.items():
        function = getattr(hookspecs, hook)
        parts.append(f"## `{hook}`\n\nKind `{kind}`, returns `{inspect.signature(function).return_annotation}`.\n")
        parts.append(f"{hookspecs.hook_docs()[hook]}\n")
    for offer in (Backend, Command, ProfileOffer):
        source = inspect.getsource(offer)
        fields = source[: source.find("\n    def ")].rstrip() if "\n    def " in source else source.rstrip()
        parts.append(f"## `{offer.__name__}`\n\n```python\n{fields}\n```\n")
    return "\n".join(parts)


def included(page: Path) -> str:
    """Give a page with its included code renewed."""

    def renew(match: re.Match[str]) -> str:
        file = ROOT / match["path"]
        code = file.read_text(encoding="utf-8").rstrip()
        return f"<!-- include {match['path']} -->\n```{_LANGUAGES[file.suffix]}\n{code}\n```\n"

    return _INCLUDE.sub(renew, page.read_text(encoding="utf-8"))


def main() -> int:
    """Write what has changed, or only say so."""
    pages = {DOCS / "cli.md": cli(), DOCS / "hooks.md": hooks()}
    pages |= {page: included(page) for page in DOCS.glob("*.md") if page not in pages}
    pages[DOCS / "telemetry.md"] = tables.renewed(pages[DOCS / "telemetry.md"])
    stale = [p for p, text in pages.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    for page in stale:
        print(f"{page.relative_to(ROOT)}: changed")
        if "--check" not in sys.argv:
            page.write_text(pages[page], encoding="utf-8", newline="\n")
    if stale and "--check" in sys.argv:
        print("run: python scripts/docs.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
