"""A language model whose answers the test writes: a real server over HTTP, and the profile that asks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tests.live.room import RATE
from tests.servers import LLMServer, Script, llm_server

STORY = (
    "Lundi, il pleut sur la ville et les gens marchent vite. ",
    "Mardi, le vent se lève et les arbres dansent. ",
    "Mercredi, un chat noir traverse la place du marché. ",
    "Jeudi, la boulangère offre un gâteau aux enfants. ",
    "Vendredi, le train de Lyon arrive en retard. ",
    "Samedi, une musique douce sort de la fenêtre. ",
    "Dimanche, tout le monde dort jusqu'à midi. ",
)
"""An answer of some twenty seconds in which no two clauses are alike."""


@contextmanager
def answers(*deltas: str) -> Iterator[LLMServer]:
    """Answer every question with these deltas."""
    with llm_server(Script(deltas=deltas)) as server:
        yield server


def answer_next(server: LLMServer, *deltas: str) -> None:
    """Answer the next questions with these."""
    server.script = replace(server.script, deltas=deltas)


def asks(server: LLMServer, *others: str) -> Sequence[str]:
    """Give the overrides of a profile that asks the server and speaks with espeak, the fastest voice."""
    return (
        f"llm=[{{openai: {{url: '{server.url}', model: test-model}}}}]",
        "tts=[{espeak: {words_per_minute: 200}}]",
        f"speaker=[{{sounddevice: {{rate: {RATE}}}}}]",
        *others,
    )
