"""`swv6 bench say`, `llm`, `vad`, `overhead`, `startup` and `all`: one report, whatever is measured."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.bench.parts import PARTS, Part
from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.cli.interrupting import INTERRUPTED
from swv6.errors import Swv6Error, UsageError

if TYPE_CHECKING:
    from swv6.bench.series import Section
    from swv6.models.store import Store
    from swv6.profiles import Profile

Runs = Annotated[int, typer.Option("--runs", min=1, help="Rounds; of vad: recordings.")]
Json = Annotated[str, typer.Option("--json", metavar="FILE", help="Write everything as JSON; - is stdout.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page with a picture of everything.")]
Compare = Annotated[
    str, typer.Option("--compare", metavar="FILE", help="Say what moved since an older report; `last` is the newest.")
]
Fail = Annotated[bool, typer.Option("--fail-if-slower", help="Exit 1 when something got slower or worse beyond noise.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="Keep the report here.", show_default="bench in the state folder"),
]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What becomes of the figures."""

    json: str = ""
    html: Path | None = None
    compare: str = ""
    fail: bool = False
    out: Path | None = None


def command(part: Part) -> Callable[..., None]:
    """Make the command of one measurement."""

    def measure(
        profile: ProfileOption = "default",
        set_: SetOption = [],  # noqa: B006 (typer copies it)
        runs: Runs = part.runs,
        json_: Json = "",
        html: Html = None,
        compare: Compare = "",
        fail: Fail = False,
        out: Out = None,
        yes: YesOption = False,
    ) -> None:
        gather([(part, runs)], *prepare(profile, set_, part.kinds, yes), Wishes(json_, html, compare, fail, out))

    measure.__doc__ = part.summary
    return measure


def everything(
    parts: Annotated[
        list[str] | None, typer.Argument(metavar="[PART]...", help="Only these: " + ", ".join(p.name for p in PARTS))
    ] = None,
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    json_: Json = "",
    html: Html = None,
    compare: Compare = "",
    fail: Fail = False,
    out: Out = None,
    yes: YesOption = False,
) -> None:
    """Measure everything, briefly: a few minutes. Ctrl-C keeps the parts that are finished."""
    known = {part.name: part for part in PARTS}
    for name in parts or ():
        if name not in known:
            raise UsageError(f"there is no part called {name}", f"swv6 bench all {' '.join(known)}")
    chosen = [part for part in PARTS if not parts or part.name in parts]
    kinds = tuple(dict.fromkeys(kind for part in chosen for kind in part.kinds))
    wishes = Wishes(json_, html, compare, fail, out)
    gather([(part, part.few) for part in chosen], *prepare(profile, set_, kinds, yes), wishes)


def gather(chosen: Sequence[tuple[Part, int]], profile: Profile, store: Store, wishes: Wishes) -> None:
    """Measure each, show it, and write the report of those that are finished; raises UsageError for a bad wish."""
    from swv6.bench.results import default_folder, older, read

    folder = wishes.out or default_folder()
    path = older(wishes.compare, folder, [part.name for part, _ in chosen]) if wishes.compare else None
    before = read(path) if path else None  # a wrong file is told before minutes are spent
    done = _measured(chosen, profile, store, wishes.json == "-")
    if done.sections and _written(done, profile, wishes, folder, (path, *before) if path and before else None):
        done.left = done.left or int(wishes.fail)
    if done.left:
        raise typer.Exit(done.left)


@dataclass(slots=True)
class _Done:
    """What was measured, and what was not."""

    sections: list[Section] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left: int = 0
    """Exit code: 130 after a Ctrl-C, 1 when a part failed."""


def _measured(chosen: Sequence[tuple[Part, int]], profile: Profile, store: Store, silent: bool) -> _Done:
    from swv6.cli._sections import show, told

    done = _Done()
    for part, runs in chosen:
        print(f"swv6: bench {part.name}", file=sys.stderr, flush=True)
        try:
            done.sections.append(run(partial(part.measure(), profile, store, runs, told)))
        except SystemExit as ended:
            if ended.code != INTERRUPTED:
                raise
            done.left = INTERRUPTED
            return done
        except Swv6Error as error:
            if len(chosen) == 1:
                raise
            print(f"swv6: bench {part.name}: {error.what}", file=sys.stderr)
            done.failed.append(f"{part.name}: {error.what}")
            done.left = 1
        else:
            if not silent:
                show(done.sections[-1])
    return done


def _written(
    done: _Done,
    profile: Profile,
    wishes: Wishes,
    folder: Path,
    before: tuple[Path, dict[str, object], list[Section]] | None,
) -> bool:
    """Keep, write and compare; true when something got slower or worse."""
    from swv6.bench.comparing import BAD, differs, moved
    from swv6.bench.results import keep, report
    from swv6.cli._sections import compared

    sections, found = done.sections, report(done.sections, profile, done.failed)
    moves, then = (moved(before[2], sections), before[0].name) if before else ([], "")
    if before and wishes.json != "-":
        compared(moves, differs(before[1], found), then)
    if wishes.json == "-":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif wishes.json:
        _write(Path(wishes.json), json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    if wishes.html is not None:
        from swv6.bench.report_page import page

        _write(wishes.html, page(found, sections, moves, then))
    print(f"swv6: kept as {keep(found, folder)}", file=sys.stderr)
    return any(move.verdict in BAD for move in moves)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}", "name a file that can be written") from None
