"""`swv6 bench transcribe`: how many words are wrong, and how fast."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swv6.cli._figures import Compare, Fail, Html, Json, Out, Wishes, written
from swv6.cli.chain import SetOption, YesOption, prepare, run
from swv6.cli.profiles import complete_profile
from swv6.errors import UsageError

if TYPE_CHECKING:
    from swv6.bench.series import Section
    from swv6.bench.transcribe import Heard
    from swv6.profiles import Profile

Profiles = Annotated[
    list[str],
    typer.Option(
        "--profile",
        "-p",
        help="Name or path of a profile; several are compared.",
        show_default="default",
        autocompletion=complete_profile,
    ),
]


def transcribe(
    folder: Annotated[Path, typer.Argument(help="Recordings, each beside a text of the same name: a.wav, a.txt.")],
    profiles: Profiles = [],  # noqa: B006 (typer copies it)
    set_: SetOption = [],  # noqa: B006
    runs: Annotated[int, typer.Option("--runs", min=1, help="Hear everything so often.")] = 3,
    baseline: Annotated[
        bool, typer.Option("--baseline/--no-baseline", help="Also call faster-whisper directly, on the same model.")
    ] = True,
    worst: Annotated[int, typer.Option("--worst", min=0, help="Show so many of the worst recordings.")] = 5,
    json_: Json = "",
    html: Html = None,
    compare: Compare = "",
    fail: Fail = False,
    out: Out = None,
    yes: YesOption = False,
) -> None:
    """Count wrong words of recordings, and time them.

    Their words are known; wrong characters are counted, too. Case, punctuation, apostrophes and how a
    number is written count for nothing.
    """
    from functools import partial

    from swv6.bench.control import Control
    from swv6.bench.joined import heard_by, recorded
    from swv6.bench.ranking import report
    from swv6.bench.report_page import page
    from swv6.bench.results import joined
    from swv6.bench.transcribe import measure, samples
    from swv6.cli._ranking import Progress, show
    from swv6.text.wer import errors

    chosen, control = samples(folder, _left_out), Control()
    wishes = Wishes(json_, html, compare, fail, out).checked()
    earlier = wishes.earlier({"transcribe": recorded(chosen)})
    errors(chosen[0].text, "", "fr")  # what is missing is told before the models are loaded
    prepared = [prepare(name, set_, ("stt",), yes) for name in profiles or ["default"]]
    if len({profile.name for profile, _ in prepared}) < len(prepared):
        raise UsageError("two profiles have one name", "name each profile once")
    entries = [profile for profile, _ in prepared]
    with Progress(len(chosen) * runs * (len(entries) + baseline)) as progress:

        def done(heard: Heard) -> None:
            progress.done(heard)
            control.tick()

        found = run(lambda: measure(entries, prepared[0][1], chosen, runs, baseline, done))
    if json_ != "-":
        texts = {sample.file: sample.text for sample in chosen}
        show(found, texts, {profile.name: profile.language for profile in entries}, worst)
    section = heard_by(found, control.series, recorded(chosen))
    whole = joined(report(found, runs), _alike(section, entries))
    if written(whole, [section], wishes, earlier, partial(page, whole, [section])) and fail:
        raise typer.Exit(1)


def _left_out(text: Path) -> None:
    print(f"swv6: {text}: holds no words: its recording is left out", file=sys.stderr)


def _alike(section: Section, profiles: Sequence[Profile]) -> dict[str, Any]:
    """Give the section as a report; of several profiles all names and hashes."""
    from swv6.bench import results
    from swv6.bench.machine import fingerprint

    found = results.report([section], profiles[0])
    names, hashes = [profile.name for profile in profiles], [fingerprint(profile) for profile in profiles]
    found["profile"] = {"name": ", ".join(names), "hash": " ".join(hashes)}
    return found
