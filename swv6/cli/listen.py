"""`swv6 listen`: dictation, from the microphone to lines of text."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from swv6.conversation.dictated import Ear
    from swv6.conversation.dictation import Dictation
    from swv6.models.store import Store
    from swv6.profiles import Profile
    from swv6.stages.build import Builder

app = typer.Typer(rich_markup_mode=None)


@app.command()
def listen(
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="F", exists=True, dir_okay=False, help="Hear a recording instead of the microphone."
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End after one utterance.")] = False,
    push_to_talk: Annotated[
        bool, typer.Option("--push-to-talk", help="Only the space bar begins and ends what you dictate.")
    ] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Put all that was said on the clipboard, too.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object for each utterance, with times.")
    ] = False,
    yes: YesOption = False,
) -> None:
    """Dictate: what you say is printed, a line an utterance. Ctrl-C prints what is left and ends it."""
    import json

    overrides = [*set_, *(["turns.mode=push"] if push_to_talk else [])]
    if from_ is not None:
        overrides.append(f"microphone=[wav: {{files: [{json.dumps(str(from_))}], real_time: false}}]")
    resolved, store = prepare(profile, overrides, ("stt", "vad", "microphone"), yes)
    if run(lambda: _dictated(resolved, store, _Wanted(once, copy, as_json))):
        raise typer.Exit(1)


class _Wanted(NamedTuple):
    """What becomes of what is said."""

    once: bool
    copy: bool
    as_json: bool


async def _dictated(profile: Profile, store: Store, wanted: _Wanted) -> int:
    """Dictate, and return how many utterances could not be transcribed.

    A Ctrl-C does not reach what transcribes: it ends the listening, and what was said is printed before it is obeyed.
    """
    from anyio import CancelScope, create_task_group, sleep_forever
    from anyio.lowlevel import checkpoint

    from swv6.cli import keys
    from swv6.cli._dictation import Shown
    from swv6.conversation.dictation import Dictation
    from swv6.errors import UsageError
    from swv6.stages.build import build

    pressable = keys.available()
    if profile.turns.mode == "push" and not pressable:
        raise UsageError("dictating by key needs a terminal", "leave --push-to-talk (turns.mode: push) out")
    shown, failed = Shown(wanted.as_json, wanted.copy), 0
    async with create_task_group() as outside:
        with CancelScope(shield=True) as inside:
            end: list[Callable[[], None]] = [inside.cancel]

            async def obey() -> None:
                try:
                    await sleep_forever()
                finally:
                    end[-1]()

            outside.start_soon(obey)
            with keys.single_keys() if pressable else nullcontext():
                async with build(profile, store, shown) as builder:
                    dictation = Dictation(await _ear(builder), shown.say, limit=1 if wanted.once else 0)
                    end.append(dictation.stop)
                    shown.note(_ready(profile, pressable))
                    async with create_task_group() as tasks:
                        if pressable:
                            tasks.start_soon(_attend, dictation)
                        await dictation.listen()
                        tasks.cancel_scope.cancel()
                    failed = dictation.failed
        outside.cancel_scope.cancel()
    await checkpoint()  # here a Ctrl-C is obeyed
    return failed


async def _ear(builder: Builder) -> Ear:
    """Open the microphone first (it fails fastest), then what understands it; no language model, no voice."""
    from swv6.conversation.dictated import Ear
    from swv6.conversation.manual import ears
    from swv6.stages.devices import fastest_allowed, first_that_opens, open_filters, open_turn_end, open_wake_word
    from swv6.stages.filters import mapped

    profile = builder.profile
    microphone = await first_that_opens(builder, "microphone")
    turns = ears(await fastest_allowed(builder), profile.turns)
    filters = await open_filters(builder, "transcript_filters")
    await builder.open("stt")
    return Ear(
        profile,
        microphone,
        turns,
        mapped(builder.chain("stt").stage, filters),
        builder.report,
        await open_turn_end(builder),
        None if profile.turns.mode == "push" else await open_wake_word(builder),
    )


def _ready(profile: Profile, pressable: bool) -> str:
    """Say what to do."""
    if profile.turns.mode == "push":
        how = "space begins and ends what you dictate, q quits"
    else:
        how = "dictate; q quits" if pressable else "dictate; Ctrl-C ends"
    return f"profile {profile.name} ({profile.language}): {how}"


async def _attend(dictation: Dictation) -> None:
    """Do what the keys say."""
    from swv6.cli.keys import pressed

    async for key in pressed():
        if key in "qQ":
            dictation.stop()
        elif key == " ":
            dictation.press()


if __name__ == "__main__":
    app()
