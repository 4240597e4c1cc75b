"""Summing up what a model will soon not be told any more, while nobody speaks."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.confided import confided
from swv6.conversation.history import History
from swv6.errors import BackendError
from swv6.stages.streams import owned
from swv6.telemetry.events import Event, HeardSoFar, ReplyEnded, Report, TurnBegan, TurnEnded
from swv6.types import LLM, Chat, Message

log = logging.getLogger("swv6.summarising")

LONGEST = 700
"""Characters of a summary: about 200 tokens, a tenth of what the shipped profiles tell a model."""
_ASK = {
    "fr": "Résume en trois phrases courtes ce que l'utilisateur t'a dit, avec tous les noms et les nombres, sans rien "
    "ajouter. Commence par : L'utilisateur",
    "en": "Sum up in three short sentences what the user told you, with all names and numbers, adding nothing. Begin "
    "with: The user",
}
"""Worded by trial on a model of 1.5 billion weights (benchmarks/spoken_memory.py): asked "who am I" it takes itself for
the user, and asked for a home or a trade that nobody named it invents one."""

_HEADING = {
    "fr": "Résumé de ce que l'utilisateur et toi vous êtes dit plus tôt : {summary}",
    "en": "Summary of what the user and you said earlier: {summary}",
}


@dataclass(slots=True)
class Summariser:
    """Works between two turns, and stops at once when somebody speaks; without a summary the oldest turns are dropped.

    It asks after what the model has read already, so that nothing is read twice: neither by it nor by what follows.
    """

    llm: LLM
    tasks: TaskGroup
    language: str
    history: History | None = None
    """The conversation; None before there is one."""
    _work: anyio.CancelScope | None = None
    _ended: anyio.Event = field(default_factory=anyio.Event)

    def remember(self, history: History) -> None:
        """Take charge of a conversation."""
        history.heading = _HEADING.get(self.language[:2], _HEADING["en"])
        history.quote = partial(confided, language=self.language)
        self.history = history

    def hearing(self, report: Report) -> Report:
        """Pass events on; an answer's end begins the work, speech ends it."""

        def listen(event: Event, /) -> None:
            report(event)
            if isinstance(event, ReplyEnded):
                self.begin()
            elif isinstance(event, TurnBegan | TurnEnded | HeardSoFar):
                self.stop()

        return listen

    def before(self, stage: Callable[[Chat], AsyncIterator[str]]) -> LLM:
        """Let whatever the model is asked for go first."""

        async def run(chat: Chat, /) -> AsyncIterator[str]:
            await self.quiet()
            async with owned(stage(chat)) as deltas:
                async for delta in deltas:
                    yield delta

        return run

    def begin(self) -> None:
        """Sum up, if it will soon be needed and nothing of it is under way."""
        if self._work is None and self.history is not None and self.history.wants_summary:
            self._work, self._ended = anyio.CancelScope(), anyio.Event()
            self.tasks.start_soon(self._sum_up, self.history, self._work)

    def stop(self) -> None:
        """Give up what is under way."""
        if self._work is not None:
            self._work.cancel()

    async def quiet(self) -> None:
        """Give up, and wait until the model is free."""
        if self._work is not None:
            self.stop()
            await self._ended.wait()

    async def _sum_up(self, history: History, work: anyio.CancelScope) -> None:
        try:
            with work:
                told = len(history.messages)
                words = await self.asked(history.chat())
                if words and told == len(history.messages):
                    history.next_summary = words
        except BackendError as error:
            log.info("what was said could not be summed up: %s", error.what)
        finally:
            self._work = None
            self._ended.set()

    async def asked(self, chat: Chat) -> str:
        """Give what the model writes; nothing where it does not come to an end."""
        ask, said = _ASK.get(self.language[:2], _ASK["en"]), ""
        async with owned(self.llm((*chat, Message("user", ask)))) as deltas:
            async for delta in deltas:
                said += delta
                if len(said) > LONGEST:
                    return said[: said.rfind(".") + 1]
        return " ".join(said.split())
