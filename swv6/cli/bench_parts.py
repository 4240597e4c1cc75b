"""`swv6 bench say`, `llm`, `vad`, `overhead`, `startup` and `all`: one report, whatever is measured."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.bench.parts import PARTS, Part
from swv6.cli._figures import Compare, Fail, Html, Json, Out, Wishes, written
from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.cli.interrupting import INTERRUPTED
from swv6.errors import Swv6Error, UsageError

if TYPE_CHECKING:
    from swv6.bench.series import Section
    from swv6.models.store import Store
    from swv6.profiles import Profile


def command(part: Part) -> Callable[..., None]:
    """Make the command of one measurement."""

    def measure(
        profile: ProfileOption = "default",
        set_: SetOption = [],  # noqa: B006 (typer copies it)
        runs: int = part.runs,
        json_: Json = "",
        html: Html = None,
        compare: Compare = "",
        fail: Fail = False,
        out: Out = None,
        yes: YesOption = False,
    ) -> None:
        wishes = Wishes(json_, html, compare, fail, out).checked()
        gather([(part, runs)], *prepare(profile, set_, part.kinds, yes), wishes)

    measure.__doc__ = part.summary
    measure.__annotations__["runs"] = Annotated[int, typer.Option("--runs", min=1, help=part.rounds)]
    return measure


def everything(
    parts: Annotated[
        list[str] | None, typer.Argument(metavar="PART", help="Only these: " + ", ".join(p.name for p in PARTS))
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
    wishes = Wishes(json_, html, compare, fail, out).checked()
    gather([(part, part.few) for part in chosen], *prepare(profile, set_, kinds, yes), wishes)


def gather(chosen: Sequence[tuple[Part, int]], profile: Profile, store: Store, wishes: Wishes) -> None:
    """Measure each, show it, and write the report of those that are finished; raises UsageError for a bad wish."""
    earlier = wishes.earlier({part.name: None for part, _ in chosen})  # a wrong file is told before minutes are spent
    done = _measured(chosen, profile, store, wishes.json == "-")
    if done.sections:
        from swv6.bench.report_page import page
        from swv6.bench.results import report

        found = report(done.sections, profile, done.failed)
        if written(found, done.sections, wishes, earlier, partial(page, found, done.sections)):
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
