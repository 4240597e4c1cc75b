"""`swv6 bench`: measure how fast it is here."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.bench.parts import PARTS
from swv6.cli._figures import Compare, Earlier, Fail, Html, Json, Out, Wishes, written
from swv6.cli.bench_parts import command, everything
from swv6.cli.bench_transcribe import transcribe
from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.errors import UsageError

if TYPE_CHECKING:
    from swv6.bench.control import Control
    from swv6.bench.latency import Plan
    from swv6.bench.series import Section
    from swv6.bench.turn import Turn
    from swv6.models.store import Store
    from swv6.profiles import Profile

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
MicrophoneOption = Annotated[
    str, typer.Option("--microphone", "-m", help="`wav` speaks the files itself; or a real one, as `sounddevice`.")
]
SpeakerOption = Annotated[
    str,
    typer.Option("--speaker", "-s", help="`wav`, or a real one, as `sounddevice`.", show_default="as the microphone"),
]
Through = Annotated[
    str,
    typer.Option("--through", metavar="DEVICE", help="The loudspeaker that asks a real microphone; part of its name."),
]
OneConversation = Annotated[bool, typer.Option("--one-conversation", help="Ask everything in one conversation.")]


@app.callback()
def bench() -> None:
    """Measure how fast it is here."""


for part in PARTS:
    if part.summary:
        app.command(part.name)(command(part))


@app.command()
def latency(
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Spoken questions; the shipped French ones by default."),
    ] = None,
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    microphone: MicrophoneOption = "wav",
    speaker: SpeakerOption = "",
    through: Through = "",
    runs: Annotated[int, typer.Option("--runs", min=1, help="Ask everything so often.")] = 1,
    sessions: Annotated[int, typer.Option("--sessions", min=1, help="Conversations at once.")] = 1,
    one_conversation: OneConversation = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Hear each answer to its end; also measures gaps in it.")
    ] = False,
    sequential: Annotated[
        bool, typer.Option("--sequential/--no-sequential", help="Also do it without streaming, turn by turn.")
    ] = True,
    no_compare: Annotated[bool, typer.Option("--no-compare", hidden=True)] = False,
    json_: Json = "",
    html: Html = None,
    compare: Compare = "",
    fail: Fail = False,
    out: Out = None,
    assert_budget: Annotated[
        bool,
        typer.Option("--assert-budget", help="Exit 1 when p95 is over the budget, or too few are answered."),
    ] = False,
    yes: YesOption = False,
) -> None:
    """Time spoken questions until their answers are heard.

    From the true end of speech to the first sound that can be heard of the answer.
    """
    from swv6.bench.control import Control
    from swv6.bench.joined import answered, questioned
    from swv6.bench.latency import Plan
    from swv6.bench.questions import questions
    from swv6.bench.summary import within
    from swv6.bench.turn import Turn

    if sessions > 1 and microphone != "wav":
        raise UsageError("several conversations cannot share one microphone", "leave --sessions or --microphone out")
    if through and microphone == "wav":
        raise UsageError(
            f"--through {through}: the `wav` microphone speaks the files itself",
            f"--microphone sounddevice --through {through}",
        )
    wishes = Wishes(json_, html, compare, fail, out).checked()
    asked = tuple(questions(files or ()))
    plan = Plan(asked, runs, sessions, one_conversation, whole, sequential and not no_compare, through)
    of = questioned(plan, microphone)
    earlier = wishes.earlier({"latency": of})
    devices = [*_device("microphone", microphone, asked[0].file), *_device("speaker", speaker or microphone, None)]
    kinds = ("stt", "llm", "tts", "vad", "microphone", "speaker")
    resolved, store = prepare(profile, [*devices, *set_], kinds, yes)
    turns, control, slower = list[Turn](), Control(), False
    try:
        _measure(plan, resolved, store, turns.append, control)
    finally:  # Ctrl-C too: what was measured is shown
        if turns:
            slower = _written(turns, plan, resolved, answered(turns, control.series, of), (wishes, earlier))
    if (fail and slower) or (assert_budget and not within(turns, resolved.budget)):
        raise typer.Exit(1)


app.command()(transcribe)
app.command("all")(everything)


def _device(kind: str, backend: str, question: Path | None) -> list[str]:
    """Give the override that puts one device in the place of the profile's."""
    from swv6.plugins.manager import installed
    from swv6.profiles.explain import nearest

    known = installed().backends(kind)
    if backend not in known:
        raise UsageError(f"--{kind} {backend}: expected one of {', '.join(known)}{nearest(backend, known)}")
    options: dict[str, object] = {}
    if backend == "wav":
        options = {"file": "answers.wav"} if question is None else {"files": [str(question.absolute())]}
    return [f"{kind}={json.dumps([{backend: options}])}"]


def _measure(plan: Plan, profile: Profile, store: Store, keep: Callable[[Turn], None], control: Control) -> None:
    """Measure every turn and keep it as soon as it is known."""
    from tempfile import TemporaryDirectory

    from swv6.bench.latency import measure
    from swv6.cli._latency import Progress

    with TemporaryDirectory(prefix="swv6-bench-") as folder, Progress(plan) as progress:

        def done(turn: Turn) -> None:
            keep(turn)
            progress.done(turn)
            if plan.sessions == 1:  # nobody else is being answered
                control.tick()

        run(lambda: measure(plan, profile, store, Path(folder), done))


def _written(
    turns: list[Turn],
    plan: Plan,
    profile: Profile,
    section: Section,
    wished: tuple[Wishes, Earlier | None],
) -> bool:
    """Show, compare, keep and write; true when something got slower."""
    from swv6.bench import results
    from swv6.bench.page import page
    from swv6.bench.summary import report
    from swv6.cli._latency import show

    found = report(turns, plan, profile)
    wishes, earlier = wished
    if wishes.json != "-":
        show(turns, profile)
    whole = results.joined(found, results.report([section], profile))
    return written(whole, [section], wishes, earlier, partial(page, found, turns))
