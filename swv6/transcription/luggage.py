"""The small files that a recogniser's options name, carried to a machine that does not have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from swv6.profiles import Choice

BIGGEST = 1 << 20
"""Bytes of a file that travels: a vocabulary does, a model does not."""


@dataclass(frozen=True, slots=True)
class Luggage:
    """What is in each file, by its path on the machine that packed it."""

    contents: Mapping[str, bytes]

    @contextmanager
    def unpacked(self, choices: Iterable[Choice]) -> Iterator[tuple[Choice, ...]]:
        """Give the choices with paths to copies of the files, which are there while the block lasts."""
        with TemporaryDirectory(prefix="swv6-", ignore_cleanup_errors=True) as folder:
            places = dict[str, Path]()
            for number, (path, content) in enumerate(self.contents.items()):
                places[path] = Path(folder, str(number)).with_suffix(Path(path).suffix)
                places[path].write_bytes(content)
            yield tuple(_moved(choice, places) for choice in choices)


def packed(choices: Iterable[Choice]) -> Luggage:
    """Read the files that options name with a path."""
    paths = {path for choice in choices for path in _named(choice).values() if path.is_file()}
    return Luggage({str(path): path.read_bytes() for path in sorted(paths) if path.stat().st_size <= BIGGEST})


def _named(choice: Choice) -> dict[str, Path]:
    values = {name: getattr(choice.options, name) for name in type(choice.options).model_fields}
    return {name: value for name, value in values.items() if isinstance(value, Path)}


def _moved(choice: Choice, places: Mapping[str, Path]) -> Choice:
    moved = {name: places[str(path)] for name, path in _named(choice).items() if str(path) in places}
    return choice.model_copy(update={"options": choice.options.model_copy(update=moved)}) if moved else choice
