"""The entries of a chain -> backends with validated options."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swv6.plugins import Backend
from swv6.plugins.manager import DISABLE, Plugins
from swv6.plugins.options import Options, Output, Weights
from swv6.profiles.disabled import Disabled, as_written, disabled
from swv6.profiles.explain import found, nearest, parts, validate
from swv6.profiles.nodes import Node, Problem, join, plain
from swv6.profiles.schema import CHAINS, REQUIRED, Choice

ALL = ("transcript_filters", "text_filters", "listeners", "tools")
"""Chains of which every entry is used, instead of the first that can be."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Validates chains against the plugins that a profile leaves enabled."""

    plugins: Plugins
    """Everything installed, to tell a disabled backend from an unknown one."""
    enabled: Plugins
    language: str
    """What backends that set no language take; empty when the profile's own is wrong."""
    problems: list[Problem]
    required: tuple[str, ...] = REQUIRED
    """Chains that need at least one backend."""
    vocabulary: Node | None = None
    """The profile's, for backends that take one and set none."""

    def chain(self, key: str, root: Node) -> tuple[Choice, ...]:
        """Validate one chain of a profile."""
        node = root.value.get(key) if isinstance(root.value, dict) else None
        entries = node.value if node is not None and isinstance(node.value, list) else []
        if node is None or not entries:
            if key in self.required:
                known = ", ".join(self.enabled.backends(CHAINS[key])) or "none installed"
                self._wrong(node or root, key, f"found nothing, expected at least one backend ({known})")
            return ()
        paths = [key if node.single else join(key, n) for n in range(len(entries))]
        pairs = list(zip(entries, paths, strict=True))
        choices = [c for entry, path in pairs if (c := self._choice(CHAINS[key], entry, path)) is not None]
        return self._unless_disabled(key, pairs[0], choices)

    def _unless_disabled(self, key: str, first: tuple[Node, str], choices: list[Choice]) -> tuple[Choice, ...]:
        """Keep disabled backends where others can answer in their place, or there need be none."""
        off = [choice for choice in choices if isinstance(choice.offer, Disabled)]
        if key in ALL:  # every one of these is used, so one that is disabled is done without
            return tuple(choice for choice in choices if choice not in off)
        if off and len(off) == len(choices) and key in self.required:
            names = ", ".join(f"{choice.backend} is {choice.offer.missing()}" for choice in off)
            self._wrong(*first, f"{names}, expected at least one backend that is not")
        return tuple(choices)

    def _choice(self, kind: str, entry: Node, path: str) -> Choice | None:
        if not isinstance(entry.value, dict) or len(entry.value) != 1:
            many = f"found {len(entry.value)} keys" if isinstance(entry.value, dict) else found(plain(entry))
            self._wrong(entry, path, f"{many}, expected a backend or one {{backend: {{options}}}}")
            return None
        ((name, options),) = entry.value.items()
        offer = self.enabled.backends(kind).get(name)
        if offer is None and (why := self._disabled(kind, name)):
            return Choice(backend=name, options=as_written(plain(options)), offer=disabled(name, why))
        if offer is None:
            self._wrong(options, path, self._unknown(kind, name))
            return None
        model = self._model(offer, options, path)
        validated = self._options(model, options, join(path, name)) if model else None
        return Choice(backend=name, options=validated, offer=offer) if validated is not None else None

    def _disabled(self, kind: str, name: str) -> str:
        """Say what disables a backend; empty when nothing does.

        What a plugin offers that the environment disables is not known, as it was not loaded: a name that nobody
        offers, and that resembles none, may be its own.
        """
        if (kind, name) in self.plugins.owners:
            return "disabled by plugins.disable of the profile"
        unread = [plugin.name for plugin in self.plugins.found.values() if plugin.disabled]
        if name in unread or (unread and name not in self.plugins.found and not nearest(name, self._known(kind))):
            return f"disabled by {DISABLE}"
        return ""

    def _known(self, kind: str) -> list[str]:
        return sorted(self.enabled.backends(kind))

    def _unknown(self, kind: str, name: str) -> str:
        """Tell a broken backend from one that nobody offers."""
        owner = self.plugins.owners.get((kind, name), name)
        plugin = self.enabled.found.get(owner)
        known = self._known(kind)
        if plugin and plugin.error:
            return f"found {name}, but its plugin is broken: {plugin.error} (see swv6 plugins show {plugin.name})"
        expected = f"expected one of {', '.join(known) or 'none installed'}"
        return f"found unknown {kind.replace('_', ' ')} backend {name}, {expected}{nearest(name, known)}"

    def _model(self, offer: Backend[Any], node: Node, path: str) -> type[Options] | None:
        try:
            return offer.options_model()
        except Exception as error:  # noqa: BLE001 - a plugin's border
            self._wrong(node, path, f"found {offer.name}, whose options cannot be imported: {error!r}")
            return None

    def _options(self, model: type[Options], node: Node, path: str) -> Options | None:
        data = plain(node)
        if isinstance(node.value, dict):
            for key, child in node.value.items():
                if field := model.model_fields.get(key):
                    data[key] = self._field(child, [field.annotation, *field.metadata], join(path, key))
            if self.language and "language" in model.model_fields:
                data.setdefault("language", self.language)
        if self.vocabulary and isinstance(data, dict) and "vocabulary" in model.model_fields:
            data.setdefault("vocabulary", absolute(self.vocabulary))
        validated = validate(model, data, node, path, self.problems)
        return validated if isinstance(validated, Options) else None

    def _field(self, node: Node, annotations: list[Any], path: str) -> Any:
        """Make paths absolute and look models up in the catalog, wherever they are in the value."""
        kinds = [part for annotation in annotations for part in parts(annotation)]
        weights = [kind for kind in kinds if isinstance(kind, Weights)]
        written = any(isinstance(kind, Output) for kind in kinds)
        if written or not (weights or Path in kinds):
            return plain(node)
        for leaf, where in _texts(node, path):
            if weights:
                self._weights(leaf, weights[0], where)
            elif not Path(file := absolute(leaf, always=True)).exists():
                self._wrong(leaf, where, f"{found(leaf.value)}, but {file} does not exist")
        return _map_texts(node, lambda leaf: absolute(leaf, always=not weights))

    def _weights(self, node: Node, weights: Weights, path: str) -> None:
        from swv6.models.catalog import load as catalog

        name = str(node.value)
        models = catalog()
        known = sorted(model.name for model in models.values() if model.format == weights.format)
        if name in known or is_path(name, node.place.folder):
            return
        kind = f"found {name}, a model of format {models[name].format}" if name in models else f"found model {name}"
        expected = f"expected a {weights.format} model ({', '.join(known)}) or the path of one"
        self._wrong(node, path, f"{kind}, {expected}{nearest(name, known)}")

    def _wrong(self, node: Node, path: str, text: str) -> None:
        self.problems.append(Problem(node.place, path, text))


def is_path(text: str, folder: Path) -> bool:
    """Tell a path from a model's name: it has a separator, or it exists."""
    return any(mark in text for mark in ("/", "\\", os.sep)) or (folder / text).exists()


def absolute(node: Node, always: bool = True) -> str:
    """Resolve a path against the folder of the file that wrote it; without `always`, leave a model's name alone."""
    text = str(node.value)
    if not always and not is_path(text, node.place.folder):
        return text
    return str(node.place.folder / Path(text).expanduser())


def _texts(node: Node, path: str) -> Iterator[tuple[Node, str]]:
    """Give the texts of a value and their key paths."""
    if isinstance(node.value, str):
        yield node, path
    elif isinstance(node.value, dict | list):
        pairs = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
        for key, child in pairs:
            yield from _texts(child, join(path, key))


def _map_texts(node: Node, change: Any) -> Any:
    if isinstance(node.value, str):
        return change(node)
    if isinstance(node.value, list):
        return [_map_texts(child, change) for child in node.value]
    if isinstance(node.value, dict):
        return {key: _map_texts(child, change) for key, child in node.value.items()}
    return node.value
