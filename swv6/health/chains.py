"""Which backends of each chain can answer here, and what the servers among them say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyio import create_task_group

from swv6.errors import Swv6Error
from swv6.health.findings import Finding
from swv6.profiles.schema import CHAINS, REQUIRED
from swv6.stages.build import named
from swv6.stages.fallback import one_line
from swv6.stages.opening import weights

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Choice, Profile


OPENED = ("microphone", "speaker", "vad")
"""Chains whose backends are opened by a check of their own."""
SPOKEN = ("stt", "llm", "tts")
"""Chains whose last resort is worth a warning."""
_OTHER = "mend one of the lines above, or choose another backend: swv6 plugins"
_HINT = re.compile(r"(.*) \(([^()]+)\)", re.DOTALL)
"""What a backend says is wrong, and in brackets what mends it."""


@dataclass(frozen=True, slots=True)
class Server:
    """What a backend on another machine said."""

    problem: str = ""
    serves: tuple[str, ...] = ()
    """Names of its models."""


async def chains(profile: Profile, store: Store) -> list[Finding]:
    """Ask every server at once, then give the lines of every chain."""
    answers = dict[tuple[str, str], Server]()

    async def ask(key: tuple[str, str], choice: Choice) -> None:
        answers[key] = await _asked(choice)

    async with create_task_group() as tasks:
        for kind in CHAINS:
            for name, choice in named(getattr(profile, kind)):
                if not choice.offer.missing(choice.options) and (choice.offer.probe or choice.offer.serves):
                    tasks.start_soon(ask, (kind, name), choice)
    found = list[Finding]()
    for kind in CHAINS:
        if choices := getattr(profile, kind):
            found += _chain(kind, choices, store, {name: server for (k, name), server in answers.items() if k == kind})
    return found


async def _asked(choice: Choice) -> Server:
    """Ask one server whether it would answer, and for what it serves."""
    try:
        probe, lister = choice.offer.prober(), choice.offer.lister()
        if probe is not None and (problem := await probe(choice.options)):
            return Server(problem)
        return Server(serves=tuple(await lister(choice.options)) if lister is not None else ())
    except Exception as error:  # noqa: BLE001 - a plugin's border
        return Server(one_line(error))


def _chain(kind: str, choices: tuple[Choice, ...], store: Store, said: Mapping[str, Server]) -> Iterator[Finding]:
    """Give a line for each backend that has something to say, then one for the chain."""
    usable, later = dict[str, str](), list[str]()
    for name, choice in named(choices):
        server = said.get(name)
        if reason := choice.offer.missing(choice.options):
            what, _, how = reason.partition(": ")  # nothing to install is no cure for the wrong system
            yield Finding(f"{kind} {name}", "warning", what, choice.offer.install if how else "")
        elif server is not None and server.problem:
            yield _refused(kind, name, choice, server.problem)
        elif absent := list(_absent(choice, store)):
            later += absent
        else:
            usable.setdefault(choice.backend, choice.offer.warning)
            if server is not None:
                yield _answers(kind, name, choice, server)
    yield from _whole(kind, usable, later)


def _refused(kind: str, name: str, choice: Choice, problem: str) -> Finding:
    """Split what the backend said into what is wrong and what mends it."""
    said = _HINT.fullmatch(problem)
    text, hint = (said[1], said[2]) if said else (problem, "")
    if hasattr(choice.options, "url"):
        hint = f"{hint or 'start that server'} (--set {kind}.{choice.backend}.url=...)"
    return Finding(f"{kind} {name}", "warning", text, hint)


def _answers(kind: str, name: str, choice: Choice, server: Server) -> Finding:
    """Say what a server serves, and whether what is asked of it is among that."""
    listed = f": {', '.join(server.serves[:6])}{' ...' if len(server.serves) > 6 else ''}" if server.serves else ""
    model = getattr(choice.options, "model", "")
    if model and server.serves and model not in server.serves:
        command = f"--set {kind}.{choice.backend}.model={server.serves[0]}"
        return Finding(f"{kind} {name}", "warning", f"answers, but does not list {model}{listed}", command)
    return Finding(f"{kind} {name}", "ok", f"answers, serves{listed}" if listed else "answers")


def _whole(kind: str, usable: dict[str, str], later: list[str]) -> Iterator[Finding]:
    """Sum a chain up; whether a device can be used shows when it is opened."""
    missing = ", ".join(dict.fromkeys(later))
    pull = f"swv6 models pull {missing.replace(',', '')}" if missing else ""
    if usable and kind in OPENED:
        return
    last_resort = next(iter(usable.values()), "") if all(usable.values()) else ""
    if usable and kind in SPOKEN and last_resort:
        yield Finding(kind, "warning", f"usable here: {', '.join(usable)} only: {last_resort}", pull or _OTHER)
    elif usable:
        more = f" (more with {missing})" if missing else ""
        yield Finding(kind, "ok", f"usable here: {', '.join(usable)}{more}")
    elif missing:
        yield Finding(kind, "warning", f"usable once pulled: {missing}", pull)
    elif kind in REQUIRED:  # of another, each backend has said it above
        yield Finding(kind, "problem", "usable here: none", _OTHER)


def _absent(choice: Choice, store: Store) -> Iterator[str]:
    """Name the weights of a backend that are not here, or not right."""
    for _, value, mark in weights(choice.options):
        try:
            store.find(value, mark.format)
        except Swv6Error:
            yield value
