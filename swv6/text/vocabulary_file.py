"""Reading a vocabulary from YAML; every mistake is named with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from swv6.errors import ProfileError
from swv6.text.vocabulary import Entry, Vocabulary, key
from swv6.text.yaml_loader import LOADER

HINT = 'write each line as   term: [what it is heard as, another one]   or as   term:   (quote figures: "3090")'


def read(path: Path, ignore_accents: bool = False) -> Vocabulary:
    """Read a map of terms to what they are misheard as (a text, a list, or nothing).

    Raises ProfileError with a line `file:line: ...` for every mistake.
    """
    problems = list[str]()
    entries = tuple(_entries(path, _root(path), problems))
    _contradictions(entries, ignore_accents, problems)
    if problems:
        raise ProfileError(problems, HINT)
    return Vocabulary(entries, ignore_accents)


def _root(path: Path) -> Any:
    try:
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=LOADER)
    except OSError as error:
        raise ProfileError([f"{path}: cannot be read: {error.strerror or error}"], HINT) from error
    except UnicodeDecodeError as error:
        raise ProfileError([f"{path}: found bytes that are not UTF-8"], "save the file as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ProfileError([f"{path}:{mark.line + 1 if mark else 1}: {what}"], HINT) from error


def _entries(path: Path, root: Any, problems: list[str]) -> list[Entry]:
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        problems.append(f"{_at(path, root)}: found no map, expected terms and what they are heard as")
        return []
    return [_entry(path, term, heard, problems) for term, heard in root.value]


def _entry(path: Path, term: Any, heard: Any, problems: list[str]) -> Entry:
    nodes = heard.value if isinstance(heard, yaml.SequenceNode) else [heard]
    nothing = isinstance(heard, yaml.ScalarNode) and heard.tag.endswith(":null")
    forms = [] if nothing else [_text(path, node, problems) for node in nodes]
    return Entry(_text(path, term, problems), tuple(forms), _at(path, term))


def _text(path: Path, node: Any, problems: list[str]) -> str:
    """Take a text, or a number as it is written."""
    if not isinstance(node, yaml.ScalarNode):
        problems.append(f"{_at(path, node)}: found a {node.id}, expected a word or several")
        return ""
    text = " ".join(str(node.value).split())
    if not any(map(str.isalnum, text)):
        problems.append(f"{_at(path, node)}: found {text!r}, expected a word or several")
    return text


def _contradictions(entries: tuple[Entry, ...], ignore_accents: bool, problems: list[str]) -> None:
    """Find what is said to mean two things: a form of two terms, or a term that is a mistake for another."""
    meant = dict[str, Entry]()
    for entry in entries:
        known = meant.setdefault(key(entry.term, ignore_accents), entry)
        if known is not entry:
            problems.append(f"{entry.place}: {entry.term!r} is written twice, first in line {_line(known)}")
    for entry in entries:
        for form in entry.heard:
            known = meant.setdefault(key(form, ignore_accents), entry)
            if known is not entry:
                also = f"{known.term!r} (line {_line(known)})"
                problems.append(f"{entry.place}: {form!r} is said to mean {entry.term!r}, and also {also}")


def _line(entry: Entry) -> str:
    return entry.place.rpartition(":")[2]


def _at(path: Path, node: Any) -> str:
    return f"{path}:{node.start_mark.line + 1}"
