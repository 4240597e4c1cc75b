"""A name -> a resolved profile, or every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import create_model

from swv6.errors import ProfileError
from swv6.plugins.manager import Plugins, installed
from swv6.profiles.choices import Chains, absolute
from swv6.profiles.contradictions import contradictions
from swv6.profiles.explain import MISSING, nearest, validate
from swv6.profiles.explain import found as shown
from swv6.profiles.extends import Reader
from swv6.profiles.languages import ISO_639_1
from swv6.profiles.merge import with_chains
from swv6.profiles.nodes import Node, Problem, plain
from swv6.profiles.overrides import override
from swv6.profiles.prompts import check as check_prompt
from swv6.profiles.schema import CHAINS, REQUIRED, Profile, Settings
from swv6.profiles.search import Found, find, is_path, visible


def resolve(name_or_path: str, overrides: Sequence[str] = (), plugins: Plugins | None = None) -> Profile:
    """Find, merge and validate a profile without opening or downloading anything.

    `overrides` are `key.path=value` texts. Raises ProfileError with one line for every mistake.
    """
    plugins = installed() if plugins is None else plugins
    at = locate(name_or_path, plugins)
    reader = Reader(plugins, [])
    root = reader.file(at)
    for text in overrides:
        root = root and override(root, text, reader.problems)
    profile = _validated(at.name, with_chains(root), reader) if root else None
    if profile is None:
        raise ProfileError(_lines(reader.problems), "swv6 profiles schema lists every key and what it takes")
    return profile


def locate(name_or_path: str, plugins: Plugins) -> Found:
    """Find a profile's file, or raise ProfileError naming the nearest one."""
    if at := find(name_or_path, plugins, Path.cwd()):
        return at
    if is_path(name_or_path):
        raise ProfileError([f"{name_or_path}: no such profile file"], "swv6 profiles list")
    known = [found.name for found in visible(plugins)]
    raise ProfileError([f"no profile is called {name_or_path!r}{nearest(name_or_path, known)}"], "swv6 profiles list")


def _validated(name: str, root: Node, reader: Reader) -> Profile | None:
    plugins, problems = reader.plugins, reader.problems
    written = root.value if isinstance(root.value, dict) else {}
    rest = Node({key: node for key, node in written.items() if key not in CHAINS}, root.place)
    found = list[Problem]()
    settings = validate(_Keys, plain(rest), rest, "", found)
    # what a profile that cannot be read would have said is not missing
    problems += [p for p in found if reader.whole or p.text != MISSING]
    problems += _unknown_language(rest)
    problems += contradictions(settings.turns, rest) if isinstance(settings, Settings) else []
    check_prompt(written.get("prompt"), problems)
    off = _disabled(rest, plugins, problems)
    enabled = plugins.without(off) if off else plugins
    terms = _vocabulary(rest, problems)
    chains = Chains(plugins, enabled, _language(rest), problems, REQUIRED if reader.whole else (), terms)
    choices: dict[str, Any] = {key: chains.chain(key, root) for key in CHAINS}
    if problems or not isinstance(settings, Settings):
        return None
    values = {key: getattr(settings, key) for key in Settings.model_fields}
    return Profile(name=name, **values, **choices)


_ANY: dict[str, Any] = dict.fromkeys((*CHAINS, "extends"), (Any, None))
_Keys = create_model("_Keys", __base__=Settings, **_ANY)
"""The keys of a file; the chains are there so that a misspelt one finds its neighbour."""


def _unknown_language(root: Node) -> list[Problem]:
    """Find a language that no engine can know: two letters that ISO 639-1 gives to none."""
    written = root.value.get("language") if isinstance(root.value, dict) else None
    code = written.value if written and isinstance(written.value, str) else ""
    if written is None or not re.fullmatch(r"[a-z]{2}(-.*)?", code) or code[:2] in ISO_639_1:
        return []
    return [Problem(written.place, "language", f"{shown(code)}, expected a language of ISO 639-1, such as fr or en")]


def _language(root: Node) -> str:
    """Give the language as written, even when another key is wrong."""
    written = root.value.get("language") if isinstance(root.value, dict) else None
    if written is None:
        return str(Settings.model_fields["language"].default)
    return written.value if isinstance(written.value, str) else ""


def _vocabulary(root: Node, problems: list[Problem]) -> Node | None:
    """Give the vocabulary that is named, which must exist."""
    written = root.value.get("vocabulary") if isinstance(root.value, dict) else None
    if written is None or not isinstance(written.value, str):
        return None
    if not Path(file := absolute(written, always=True)).is_file():
        problems.append(Problem(written.place, "vocabulary", f"found {written.value}, but {file} is no file"))
    return written


def _disabled(root: Node, plugins: Plugins, problems: list[Problem]) -> tuple[str, ...]:
    """Give the plugins to leave out; one that is not installed is fine, one that looks misspelt is not."""
    switch = root.value.get("plugins") if isinstance(root.value, dict) else None
    names = switch.value.get("disable") if switch and isinstance(switch.value, dict) else None
    nodes = names.value if names and isinstance(names.value, list) else []
    for number, node in enumerate(nodes):
        if (name := str(node.value)) not in plugins.found and (near := nearest(name, plugins.found)):
            problems.append(Problem(node.place, f"plugins.disable.{number}", f"found {name}, no such plugin{near}"))
    return tuple(str(node.value) for node in nodes)


def _lines(problems: list[Problem]) -> list[str]:
    """Put mistakes in the order of reading, those of `--set` last, each once."""
    order = {problem.place.file: None for problem in problems}
    files = list(order)
    ranked = sorted(problems, key=lambda p: (not p.place.line, files.index(p.place.file), p.place.line))
    return list(dict.fromkeys(str(problem) for problem in ranked))
