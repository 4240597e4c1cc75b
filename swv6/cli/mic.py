"""`swv6 mic`: check the microphone, the words it brings, and the echo."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.errors import DeviceError, UsageError

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile

ELSEWHERE = "swv6 devices, to see what there is; a recording is checked by: swv6 mic --from-file FILE"
"""What helps where there is no device."""
UNUSABLE = 5
"""Exit code when a verdict is `problem`."""

app = typer.Typer(rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user wants to know."""

    as_json: bool = False
    language: str = ""
    """Of the reading test; empty for none."""
    text: str = ""
    file: Path | None = None
    loopback: bool = False
    seconds: float = 5.0
    """Of free speech, where nothing is read."""


@app.command()
def mic(
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    read: Annotated[str, typer.Option("--read", metavar="fr|en", help="Read a text aloud and count the words.")] = "",
    text: Annotated[str, typer.Option("--text", help="The text that is read, instead of the shipped one.")] = "",
    from_file: Annotated[
        Path | None, typer.Option("--from-file", metavar="F", help="Check a recording instead of the microphone.")
    ] = None,
    loopback: Annotated[bool, typer.Option("--loopback", help="Play a chirp and measure its echo.")] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=1, max=60, help="How long you speak.")] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
    yes: YesOption = False,
) -> None:
    """Check the microphone: noise, level, clipping, lost sound, speech; exit with 5 when it is unusable."""
    asked = _checked(Asked(as_json, read, text, from_file, loopback, seconds))
    kinds = ("microphone", "speaker") if loopback else ("microphone", "vad", *(("stt",) if asked.language else ()))
    resolved, store = prepare(profile, [*set_, *_overrides(asked)], kinds, yes)
    try:
        report = run(lambda: _report(resolved, store, asked))
    except DeviceError as error:  # how to talk without one is no help here
        raise DeviceError(error.what, ELSEWHERE if "swv6 talk" in error.hint else error.hint) from error
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    if not report["usable"]:
        raise typer.Exit(UNUSABLE)


def _checked(asked: Asked) -> Asked:
    """Refuse what does not go together; a text of one's own is read in the profile's language unless `--read` says."""
    if asked.loopback and (asked.file or asked.language or asked.text):
        raise UsageError("--loopback plays a chirp: it goes with no recording and no text")
    if asked.language not in ("", "fr", "en") and not asked.text:
        raise UsageError(f"no text in {asked.language!r} is shipped", "--read fr, --read en, or give a --text")
    if asked.file and asked.language and not asked.text:
        raise UsageError("what is said in the recording?", '--text "..."')
    if asked.file and not asked.file.exists():
        raise UsageError(f"{asked.file}: no such file", "check the path")
    return replace(asked, language=asked.language or "profile") if asked.text else asked


def _overrides(asked: Asked) -> list[str]:
    """Say to the profile what the options mean: the recording is a microphone, the text's language is the profile's."""
    changes = [] if asked.language in ("", "profile") else [f"language={asked.language}"]
    if asked.file:
        pace = "true" if asked.language else "false"  # latencies mean something at the speed of speech only
        file = json.dumps(str(asked.file.resolve()))
        changes.append(f"microphone={{wav: {{files: [{file}], real_time: {pace}, silence_after: 0}}}}")
    return changes


async def _report(profile: Profile, store: Store, asked: Asked) -> dict[str, Any]:
    """Open what is needed, check, show the verdicts (unless JSON was asked for) and give the report."""
    from rich.console import Console

    from swv6.cli._findings import WIDE, show
    from swv6.cli.mic_meter import Meter
    from swv6.cli.notices import Notices
    from swv6.stages.build import build
    from swv6.stages.devices import first_that_opens

    progress = Console(stderr=True, highlight=False)
    out = Console(highlight=False, quiet=asked.as_json, width=None if sys.stdout.isatty() else WIDE)
    async with build(profile, store, Notices()) as builder:
        microphone = await first_that_opens(builder, "microphone")
        name = getattr(microphone, "description", "") or (asked.file.name if asked.file else "")
        progress.print(f"profile {profile.name}, {name or 'microphone'}", style="dim", markup=False)
        with Meter(progress) as meter:
            if asked.loopback:
                from swv6.cli.mic_loopback import loopback as check
            else:
                from swv6.cli.mic_check import check
            report, findings, extra = await check(builder, microphone, meter, asked)
    show(out, findings)
    for line in extra:
        out.print(line)
    sys.stdout.flush()
    usable = not any(f.level == "problem" for f in findings)
    return {
        "profile": profile.name,
        "microphone": name,
        "usable": usable,
        "findings": [*map(asdict, findings)],
        **report,
    }


if __name__ == "__main__":
    app()
