"""`swv6 bench transcribe`: how many words are wrong, and how fast."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from swv6.cli.chain import SetOption, YesOption, prepare, run
from swv6.cli.profiles import complete_profile
from swv6.errors import UsageError

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
    json_: Annotated[str, typer.Option("--json", metavar="FILE", help="Write everything as JSON; - is stdout.")] = "",
    yes: YesOption = False,
) -> None:
    """Count wrong words and characters of recordings whose words are known, and time them.

    Case, punctuation, apostrophes and how a number is written count for nothing.
    """
    from swv6.bench.ranking import report
    from swv6.bench.transcribe import measure, samples
    from swv6.cli._ranking import Progress, show
    from swv6.text.wer import errors

    chosen = samples(folder)
    errors(chosen[0].text, "", "fr")  # what is missing is told before the models are loaded
    prepared = [prepare(name, set_, ("stt",), yes) for name in profiles or ["default"]]
    if len({profile.name for profile, _ in prepared}) < len(prepared):
        raise UsageError("two profiles have one name", "name each profile once")
    entries = [profile for profile, _ in prepared]
    with Progress(len(chosen) * runs * (len(entries) + baseline)) as progress:
        found = run(lambda: measure(entries, prepared[0][1], chosen, runs, baseline, progress.done))
    _written(json.dumps(report(found, runs), ensure_ascii=False, indent=2), json_)
    if json_ != "-":
        texts = {sample.file: sample.text for sample in chosen}
        show(found, texts, {profile.name: profile.language for profile in entries}, worst)


def _written(text: str, to: str) -> None:
    if to == "-":
        print(text)
    elif to:
        try:
            Path(to).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{to}: {error.strerror or error}", "name a file that can be written") from None
