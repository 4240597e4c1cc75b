"""`swv6 talk`: hold a conversation."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from swv6.cli._keeping import Keeping, earlier
from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.errors import DeviceError

if TYPE_CHECKING:
    from swv6.cli.live import LiveView
    from swv6.cli.live_keys import Board
    from swv6.cli.transcript import Printer
    from swv6.conversation.judging import Judge
    from swv6.conversation.loop import Conversation
    from swv6.models.store import Store
    from swv6.profiles import Profile

    View: TypeAlias = LiveView | Printer

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
    push_to_talk: Annotated[
        bool, typer.Option("--push-to-talk", help="Only the space bar begins and ends your turns.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines only, as when stdout is no terminal.")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help="Keep the sound and the text here.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last conversation, or with ID.")] = False,
    session: Annotated[
        str, typer.Argument(metavar="ID", help="With --resume: one of `swv6 sessions list`.", show_default=False)
    ] = "",
    assert_budget: Annotated[
        bool, typer.Option("--assert-budget", help="Exit 1 when answers were later or fewer than the budget says.")
    ] = False,
    metrics: Annotated[
        int,
        typer.Option(
            "--metrics", metavar="PORT", help="Serve Prometheus metrics here (loopback); 0: off.", min=0, max=65535
        ),
    ] = 0,
    yes: YesOption = False,
) -> None:
    """Hold a conversation: speak, and be answered aloud. Ctrl-C ends it."""
    from swv6.conversation.judging import Judge

    chosen = (
        ("turns.barge_in=true", headphones),
        ("turns.mode=push", push_to_talk),
        (f"metrics.port={metrics}", bool(metrics)),
    )
    overrides = [*set_, *(override for override, wanted in chosen if wanted)]
    kinds = ("llm", "tts") if text else ("stt", "llm", "tts", "vad", "microphone", "speaker")
    keeping = Keeping(profile, save, earlier(resume, session))
    resolved, store = prepare(profile, overrides, kinds, yes)
    wanted = _Wanted(once, keeping, Judge(resolved.budget))
    try:
        failed = run(lambda: _shown(resolved, store, plain, text, wanted))
    except DeviceError as error:
        if keeping.earlier is not None:
            error.hint = error.hint.replace("swv6 talk --text", f"swv6 talk --resume {keeping.earlier.id} --text")
        raise
    if failed or (assert_budget and not wanted.judge.verdict.met):
        raise typer.Exit(1)


class _Wanted(NamedTuple):
    """What becomes of a conversation."""

    once: bool
    keeping: Keeping
    judge: Judge


async def _shown(profile: Profile, store: Store, plain: bool, typed: bool, wanted: _Wanted) -> int:
    """Hold a conversation in front of a terminal, or of a file."""
    from anyio import create_task_group

    from swv6.cli import keys
    from swv6.cli.live_keys import Board
    from swv6.errors import UsageError

    pressable = not typed and keys.available()
    if profile.turns.mode == "push" and not typed and not pressable:
        raise UsageError("talking by key needs a terminal", "leave --push-to-talk (turns.mode: push) out")
    view = _view(profile, plain, typed, pressable)
    board = Board(view)
    try:
        async with create_task_group() as tasks:
            with keys.single_keys() if pressable else nullcontext(), view:
                if pressable:
                    tasks.start_soon(board.attend, tasks.cancel_scope)
                await _converse(profile, store, view, board, wanted)
            tasks.cancel_scope.cancel()
    finally:  # Ctrl-C is how most conversations end
        if board.hands is not None:
            _say_what_is_left(profile, board.hands.talk, typed, wanted)
    return board.hands.talk.replies.unanswered if board.hands is not None else 0  # none: left while it was loading


def _say_what_is_left(profile: Profile, talk: Conversation, typed: bool, wanted: _Wanted) -> None:
    """Say on stderr what the conversation left behind, or that there was none."""
    import sys

    from swv6.cli._owing import lost

    if not talk.replies.turns and not typed:
        print("swv6: nothing was heard", file=sys.stderr)
        return
    verdict = wanted.judge.verdict
    lines = (str(verdict),) if verdict.asked else ()
    for line in (
        *lines,
        *(f"kept in {path}" for path in _written(profile)),
        *wanted.keeping.left(),
        *lost(talk.session),
    ):
        print(f"     · {line}", file=sys.stderr)


def _written(profile: Profile) -> list[str]:
    """Name the files that the profile's speaker writes."""
    from swv6.plugins.options import Output

    return [
        str(path)
        for choice in profile.speaker
        for name, field in type(choice.options).model_fields.items()
        if any(isinstance(mark, Output) for mark in field.metadata)
        if (path := getattr(choice.options, name)) and Path(path).exists()
    ]


def _view(profile: Profile, plain: bool, typed: bool, pressable: bool) -> View:
    from swv6.cli import live
    from swv6.cli.transcript import Printer

    return Printer(profile, typed) if plain or typed or not live.possible() else live.LiveView(profile, pressable)


async def _converse(profile: Profile, store: Store, view: View, board: Board, wanted: _Wanted) -> None:
    from dataclasses import replace

    from swv6.cli._owing import given
    from swv6.cli.transcript import Printer
    from swv6.conversation.announcing import Announcer
    from swv6.conversation.by_hand import Hands
    from swv6.conversation.loop import Conversation
    from swv6.conversation.session import open_session
    from swv6.stages.build import build
    from swv6.stages.monitored import monitored, place

    typed = isinstance(view, Printer) and view.typed
    report = wanted.judge.beside(view)
    metrics = place(profile.metrics) if profile.metrics else None  # a port in use is said before anything is loaded
    async with (
        build(profile, store, report) as builder,
        monitored(builder, metrics) if metrics else nullcontext(),
        open_session(builder, typed) as session,
    ):
        with wanted.keeping.keeper(profile) as keeper:
            session = replace(session, parts=replace(session.parts, keep=wanted.keeping.sound(profile)))
            history = session.history(wanted.keeping.earlier)
            talk = Conversation(session, history, keeper, limit=1 if wanted.once else 0)
            board.hands = Hands(talk)
            if session.timers is not None:
                session.timers.say = Announcer(talk)
            view.ready(session)
            if isinstance(view, Printer) and view.typed:
                await talk.answer_lines(view.lines())
            else:
                await talk.listen()
            if not wanted.once:
                await given(session)


if __name__ == "__main__":
    app()
