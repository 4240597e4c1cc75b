"""A profile's file and the ones it extends -> one tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from swv6.plugins.manager import Plugins
from swv6.profiles.explain import found, nearest
from swv6.profiles.merge import inherited, merge, with_chains
from swv6.profiles.nodes import Node, Problem, plain, read
from swv6.profiles.search import Found, find, visible


@dataclass(slots=True)
class Reader:
    """Reads files; mistakes go to `problems`."""

    plugins: Plugins
    problems: list[Problem]
    whole: bool = True
    """False when a profile that was extended could not be used: what it would have said is not missing."""

    def file(self, at: Found, above: tuple[Path, ...] = ()) -> Node | None:
        """Read a file and what it extends, merged; None when it cannot be used. `above` are the files that led here."""
        root = read(at.path, self.problems)
        if root is None:
            return None
        if root.value is None:
            root = replace(root, value={})
        if not isinstance(root.value, dict):
            self.problems.append(Problem(root.place, "", f"{found(plain(root))}, expected a map of keys"))
            return None
        own = with_chains(Node({k: n for k, n in root.value.items() if k != "extends"}, root.place))
        extends = root.value.get("extends")
        if extends is None or extends.value is None:
            return own
        under = self._parent(extends, (*above, at.path.resolve()))
        self.whole = self.whole and under is not None
        return merge(inherited(under), own) if under else own

    def _parent(self, extends: Node, above: tuple[Path, ...]) -> Node | None:
        name = extends.value
        if not isinstance(name, str):
            return self._wrong(extends, f"{found(plain(extends))}, expected the name or path of a profile")
        # a file may extend its own name: `default` in the user's folder extends the shipped `default`
        at = find(name, self.plugins, extends.place.folder, frozenset(above[-1:]))
        path = at.path.resolve() if at else None
        if at is None or path is None:
            known = [profile.name for profile in visible(self.plugins)]
            return self._wrong(extends, f"found {name}, expected one of {', '.join(known)}{nearest(name, known)}")
        if path in above:
            circle = " -> ".join(file.stem for file in (*above[above.index(path) :], path))
            return self._wrong(extends, f"found a circle ({circle}), expected a profile that does not lead back here")
        return self.file(at, above)

    def _wrong(self, extends: Node, text: str) -> Node | None:
        self.problems.append(Problem(extends.place, "extends", text))
        return None
