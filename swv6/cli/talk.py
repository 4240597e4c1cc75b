"""`swv6 talk`: hold a conversation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile

app = typer.Typer(rich_markup_mode=None)


@app.command()
def talk(
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    text: Annotated[bool, typer.Option("--text", "-t", help="Type instead of speaking, one line a turn.")] = False,
    once: Annotated[bool, typer.Option("--once", help="End after one answer.")] = False,
    headphones: Annotated[
        bool, typer.Option("--headphones", help="You wear headphones: speaking interrupts the answer.")
    ] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help="Keep the sound and the text here.")
    ] = None,
    yes: YesOption = False,
) -> None:
    """Hold a conversation: speak, and be answered aloud. Ctrl-C ends it."""
    overrides = [*set_, "turns.barge_in=true"] if headphones else set_
    kinds = ("llm", "tts") if text else ("stt", "llm", "tts", "vad", "microphone", "speaker")
    resolved, store = prepare(profile, overrides, kinds, yes)
    run(lambda: _converse(resolved, store, text, once, save))


async def _converse(profile: Profile, store: Store, typed: bool, once: bool, save: Path | None) -> None:
    from dataclasses import replace

    from swv6.cli.transcript import Printer
    from swv6.conversation.history import History
    from swv6.conversation.loop import Conversation
    from swv6.conversation.saving import Saver
    from swv6.conversation.session import open_session
    from swv6.stages.build import build

    printer = Printer(profile, typed)
    saver = Saver(save) if save else None
    async with build(profile, store, printer) as builder, open_session(builder, typed) as session:
        session = replace(session, parts=replace(session.parts, keep=saver is not None))
        talk = Conversation(session, History(profile.prompt), saver, limit=1 if once else 0)
        printer.ready(session)
        await (talk.answer_lines(printer.lines()) if typed else talk.listen())


if __name__ == "__main__":
    app()
