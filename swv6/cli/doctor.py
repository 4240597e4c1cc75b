"""`swv6 doctor`: check this machine for a profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.cli.chain import ProfileOption, SetOption, run

if TYPE_CHECKING:
    from swv6.cli.checks import Finding
    from swv6.profiles import Profile

app = typer.Typer(rich_markup_mode=None)


@app.command()
def doctor(
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check Python, packages, plugins, models, devices and the GPU; exit with 1 when something is wrong."""
    findings = list(_findings(profile, set_))
    (_print_json if as_json else _print_lines)(findings)
    codes = [f.code for f in findings if f.status == "problem"]
    if codes:
        raise typer.Exit(max(codes))


def _findings(name: str, overrides: list[str]) -> Iterator[Finding]:
    from swv6.cli import checks
    from swv6.errors import Swv6Error
    from swv6.models.store import Store
    from swv6.plugins import manager
    from swv6.profiles import resolve

    yield from checks.python()
    yield from checks.packages()
    yield from checks.plugins(manager.installed())
    try:
        profile = resolve(name, overrides)
    except Swv6Error as error:
        hint = error.hint or "swv6 profiles list"
        yield checks.Finding(f"profile {name}", "problem", error.what, hint, error.exit_code)
        return
    yield checks.Finding(f"profile {profile.name}", "ok", profile.summary or "valid")
    yield from checks.gpu(profile)
    yield from checks.backends(profile)
    yield from run(lambda: checks.servers(profile))
    yield from checks.models(profile, Store())
    yield from run(lambda: _devices(profile))


async def _devices(profile: Profile) -> list[Finding]:
    """Open the microphone and the speaker, and let each detector be measured."""
    from swv6.cli.checks import Finding
    from swv6.errors import Swv6Error
    from swv6.models.store import Store
    from swv6.stages.opening import opened

    found = list[Finding]()
    for kind in ("microphone", "speaker", "vad"):
        for choice in getattr(profile, kind):
            if choice.offer.missing(choice.options):
                continue
            try:
                async with opened(choice, Store()) as device:
                    found.append(Finding(f"{kind} {choice.backend}", "ok", _described(device)))
            except Swv6Error as error:
                found.append(Finding(f"{kind} {choice.backend}", "problem", error.what, error.hint))
    return found


def _described(device: object) -> str:
    if not (hasattr(device, "frame") and hasattr(device, "reset")):
        return f"opens: {described}" if (described := getattr(device, "description", "")) else "opens"
    from swv6.audio.vad_probe import probe

    return f"{probe(device) * 1e3:.1f} ms for 160 ms of sound"  # type: ignore[arg-type]


def _print_json(findings: list[Finding]) -> None:
    import json
    from dataclasses import asdict

    print(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2))


def _print_lines(findings: list[Finding]) -> None:
    width = max(len(f.subject) for f in findings)
    for f in findings:
        print(f"{f.status:<8}{f.subject:<{width}}  {f.what}")
        if f.hint and (f.status != "ok" or "not installed" in f.what):
            print(f"{'':<8}{'':<{width}}  -> {f.hint}")
