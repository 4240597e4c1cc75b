"""What becomes of the figures of `swv6 bench`: compared with an older run, kept, and written where it was wished."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from swv6.cli._writable import writable, write
from swv6.errors import Swv6Error

if TYPE_CHECKING:
    from swv6.bench.comparing import Since
    from swv6.bench.series import Asked, Section

    Page = Callable[[Since | None], str]
    """What moved -> HTML."""

Json = Annotated[str, typer.Option("--json", metavar="FILE", help="Write everything as JSON; - is stdout.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page with a picture of everything.")]
Compare = Annotated[
    str,
    typer.Option(
        "--compare", metavar="FILE", help="Say what moved since an older --json; `last`: the newest run that was kept."
    ),
]
Fail = Annotated[bool, typer.Option("--fail-if-slower", help="Exit 1 when something got slower or worse beyond noise.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="Keep the run here.", show_default="bench in the user's state folder"),
]


class Earlier(NamedTuple):
    """The report to compare with."""

    name: str
    found: dict[str, Any]
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What becomes of the figures."""

    json: str = ""
    html: Path | None = None
    compare: str = ""
    fail: bool = False
    out: Path | None = None

    @property
    def folder(self) -> Path:
        """Where every run is kept."""
        from swv6.bench.results import default_folder

        return self.out or default_folder()

    def checked(self) -> Wishes:
        """See that all of it can be written before minutes are spent; raises UsageError."""
        from swv6.bench.results import opened

        for path in (self.html, Path(self.json) if self.json not in ("", "-") else None):
            if path is not None:
                writable(path)
        opened(self.folder)
        return self

    def earlier(self, wanted: Mapping[str, Asked | None]) -> Earlier | None:
        """Read what to compare with, where there is anything; `wanted` is what each section will be asked, if known.

        Raises UsageError.
        """
        from swv6.bench.results import fitting, older, read

        if not self.compare:
            return None
        part = next(iter(wanted)) if len(wanted) == 1 else "all"
        path = older(self.compare, self.folder, wanted)
        found, sections = read(path, part)
        fitting(sections, wanted, path, part)
        return Earlier(path.name, found, sections)


def written(
    found: dict[str, Any], sections: Sequence[Section], wishes: Wishes, earlier: Earlier | None, page: Page
) -> bool:
    """Compare, keep and write; true when something got slower or worse. One that fails does not stop the others."""
    from swv6.cli._sections import compared

    since = _since(earlier, found, sections) if earlier else None
    if since and wishes.json != "-":
        compared(since)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    acts: list[Callable[[], None]] = [partial(_kept, found, wishes.folder)]
    if wishes.json == "-":
        print(text)
    elif wishes.json:
        acts.append(partial(write, Path(wishes.json), text + "\n"))
    if (html := wishes.html) is not None:
        acts.append(lambda: write(html, page(since)))
    _all(acts)
    return since is not None and since.worse


def _since(earlier: Earlier, found: dict[str, Any], sections: Sequence[Section]) -> Since:
    from swv6.bench.comparing import Since, differs, moved, unlike

    before = earlier.sections
    return Since(earlier.name, moved(before, sections), differs(earlier.found, found), unlike(before, sections))


def _all(acts: Sequence[Callable[[], None]]) -> None:
    errors = list[Swv6Error]()
    for act in acts:
        try:
            act()
        except Swv6Error as error:
            errors.append(error)
    if errors:
        raise errors[0]


def _kept(found: dict[str, Any], folder: Path) -> None:
    from swv6.bench.results import keep

    print(f"swv6: kept as {keep(found, folder)}", file=sys.stderr)
