"""The two measurements that have tables of their own, latency and transcripts, as sections of one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from swv6.bench import latency as asking
from swv6.bench import transcribe as hearing
from swv6.bench.control import Control
from swv6.bench.questions import questions
from swv6.bench.series import Asked, Rounds, Section, Series, asked
from swv6.bench.summary import LABELS
from swv6.bench.turn import PARTS, Turn
from swv6.models.store import Store
from swv6.plugins.manager import installed
from swv6.profiles import Choice, Profile


async def latency(profile: Profile, store: Store, runs: int, told: Callable[[str], None]) -> Section:
    """Ask the first `runs` shipped questions, each followed by the same turn without streaming."""
    chosen = tuple(questions()[:runs])
    devices = {
        "microphone": (_wav("microphone", {"files": [str(chosen[0].file)]}),),
        "speaker": (_wav("speaker", {"file": "answers.wav"}),),
    }
    control, plan = Control(), asking.Plan(chosen)

    def done(turn: Turn) -> None:
        control.tick()
        told(f"latency: {turn.question}")

    with TemporaryDirectory(prefix="swv6-bench-") as folder:
        quiet = profile.model_copy(update=devices)
        turns = await asking.measure(plan, quiet, store, Path(folder), done)
    return answered(turns, control.series, questioned(plan))


def questioned(plan: asking.Plan, microphone: str = "wav") -> Asked:
    """Say what is asked, and in what way when it is not one question after the other, spoken by files."""
    ways = {
        f"{plan.sessions} conversations at once": plan.sessions > 1,
        "in one conversation": plan.one_conversation,
        "whole answers": plan.whole,
        f"through {microphone}": microphone != "wav",
    }
    said = [(question.name, question.text) for question in plan.questions]
    return asked(said, ", ".join(way for way, chosen in ways.items() if chosen))


def answered(turns: Sequence[Turn], control: Series | None, of: Asked) -> Section:
    """Give turns as a section; where some were also done without streaming, only those are in it."""
    names = ("voice_to_voice", "sequential", "from_decision", *PARTS)
    paired = any("sequential" in turn.measures for turn in turns)
    kinds = [
        Series(n, LABELS[n], "s", beside="sequential" if n == "voice_to_voice" else "", group=_group(n)) for n in names
    ]
    rounds = Rounds(kinds)
    for turn in turns:
        for name in names:
            if name in turn.measures and ("sequential" in turn.measures or not paired):
                rounds.add(name, turn.measures[name])
    missing = tuple(f"{turn.question}: {turn.problem}" for turn in turns if turn.problem)
    return Section("latency", "A spoken question, a spoken answer", rounds.series(), control, missing, of)


def _group(name: str) -> str:
    return "what each stage adds" if name in PARTS else "until the first sound"


def _wav(kind: str, options: dict[str, Any]) -> Choice:
    offer = installed().backends(kind)["wav"]
    return Choice(backend="wav", options=offer.options_model().model_validate(options), offer=offer)


async def transcribe(profile: Profile, store: Store, runs: int, told: Callable[[str], None]) -> Section:
    """Hear the first `runs` shipped questions twice, beside faster-whisper called directly on the same model."""
    control = Control()
    chosen = [hearing.Sample(question.file, question.text) for question in questions()[:runs]]

    def done(heard: hearing.Heard) -> None:
        control.tick()
        told(f"transcribe: {heard.file.name}, {heard.contender}")

    found = await hearing.measure([profile], store, chosen, 2, True, done)
    return heard_by(found, control.series, recorded(chosen))


def recorded(chosen: Sequence[hearing.Sample]) -> Asked:
    """Say what is heard."""
    return asked([(sample.file.name, sample.text) for sample in chosen])


def heard_by(found: list[hearing.Heard], control: Series | None, of: Asked) -> Section:
    """Give what was heard as a section: speed and wrong words of each contender, recording by recording."""
    base, names = hearing.BASELINE, list(dict.fromkeys(heard.contender for heard in found))
    rounds = Rounds(
        [Series(f"{n}.rtf", n, "x", beside="" if n == base else f"{base}.rtf", group=RTF) for n in names]
        + [Series(f"{n}.wer", n, "share", group="words that are wrong, a recording") for n in names]
    )
    for heard in found:
        rounds.add(f"{heard.contender}.rtf", heard.elapsed / heard.seconds)
        rounds.add(f"{heard.contender}.wer", heard.errors.wer)
    return Section("transcribe", "Hearing recordings", _paired(rounds.series(), found), control, asked=of)


RTF = "seconds of work for a second of sound"


def _paired(series: tuple[Series, ...], found: list[hearing.Heard]) -> tuple[Series, ...]:
    """Keep the values of everybody in the order of the recordings, so that ratios compare the same one."""
    order = {
        name: [(h.run, str(h.file)) for h in found if h.contender == name] for name in {h.contender for h in found}
    }
    sorted_ = list[Series]()
    for one in series:
        keys = order[one.name.rpartition(".")[0]]
        values = tuple(value for _, value in sorted(zip(keys, one.values, strict=True)))
        sorted_.append(Series(one.name, one.label, one.unit, values, one.beside, one.better, one.group))
    return tuple(sorted_)
