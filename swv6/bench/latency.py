"""Ask every question of every run, in one conversation or in several at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from anyio import create_task_group

from swv6.bench.ear import Ear
from swv6.bench.mouths import DeviceMouth, FileMouth, Mouth
from swv6.bench.questions import Question
from swv6.bench.recorder import to_current
from swv6.bench.talker import Talker, talker
from swv6.bench.turn import Turn
from swv6.conversation.session import Session
from swv6.errors import DeviceError
from swv6.models.store import Store
from swv6.plugins.manager import installed
from swv6.profiles import Choice, Profile
from swv6.profiles.schema import Caches
from swv6.stages.build import Builder, build
from swv6.stages.opening import opened


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and how often."""

    questions: tuple[Question, ...]
    runs: int = 1
    sessions: int = 1
    one_conversation: bool = False
    whole: bool = False
    compare: bool = True
    through: str = ""
    """Part of the name of the loudspeaker that asks, when the microphone is a real one."""


async def measure(plan: Plan, profile: Profile, store: Store, folder: Path, done: Callable[[Turn], None]) -> list[Turn]:
    """Ask everything; `done` is told each turn. Sound files of the answers go to `folder`.

    Nothing is answered from a cache of whole answers: the same question is asked again in each run.
    """
    profile = profile.model_copy(update={"cache": Caches(), "cues": None})
    turns = list[Turn]()

    def keep(turn: Turn) -> None:
        turns.append(turn)
        done(turn)

    async with build(profile, store, to_current) as builder, AsyncExitStack() as stack:
        talkers = [await stack.enter_async_context(_talker(builder, plan, folder, n)) for n in range(plan.sessions)]
        async with create_task_group() as tasks:
            for talking in talkers:
                tasks.start_soon(_ask_all, talking, plan, keep)
    return turns


async def _ask_all(talking: Talker, plan: Plan, keep: Callable[[Turn], None]) -> None:
    """Ask in an order of its own, so that several conversations do not ask the same at once."""
    shift = (talking.number - 1) % len(plan.questions)
    order = plan.questions[shift:] + plan.questions[:shift]
    for run in range(plan.runs):
        for question in order:
            keep(await talking.ask(question, run + 1))


@asynccontextmanager
async def _talker(builder: Builder, plan: Plan, folder: Path, number: int) -> AsyncIterator[Talker]:
    profile = builder.profile.model_copy(
        update={
            "speaker": tuple(_filed(choice, folder / f"answers-{number + 1}.wav") for choice in builder.profile.speaker)
        }
    )
    own = replace(builder, profile=profile)  # its chains are the builder's: the engines are shared
    async with AsyncExitStack() as stack:
        asks = None if profile.microphone[0].backend == "wav" else await _asker(plan.through, stack, builder.store)

        def mouth(session: Session) -> Mouth:
            if asks is None:
                return FileMouth(profile.microphone[0], builder.store)
            if session.microphone is None:
                raise DeviceError("there is no microphone to ask", "swv6 bench latency --microphone wav")
            return DeviceMouth(session.microphone, asks)

        talking = await stack.enter_async_context(talker(own, mouth, number + 1))
        talking.one_conversation, talking.whole, talking.compare = plan.one_conversation, plan.whole, plan.compare
        yield talking


def _filed(choice: Choice, file: Path) -> Choice:
    """Let each conversation that is answered into a file have one of its own."""
    if choice.backend != "wav":
        return choice
    return choice.model_copy(update={"options": choice.options.model_copy(update={"file": file, "real_time": True})})


async def _asker(name: str, stack: AsyncExitStack, store: Store) -> Ear:
    """Open the loudspeaker that asks; raises DeviceError and MissingExtra."""
    offer = installed().backends("speaker").get("sounddevice")
    if offer is None:
        raise DeviceError("only the sounddevice backend can ask a real microphone", "swv6 plugins")
    offer.check()
    options = offer.options_model().model_validate({"device": name})
    choice = Choice(backend="sounddevice", options=options, offer=offer)
    return Ear(await stack.enter_async_context(opened(choice, store)))
