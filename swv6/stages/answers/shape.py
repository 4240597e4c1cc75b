"""The wrappers of one language model, in their order."""

from __future__ import annotations

from swv6.profiles.thinking import Answer
from swv6.stages.answers.ends import stopped_at, within, without_loops
from swv6.stages.answers.refusals import unless_refused
from swv6.stages.answers.thoughts import without_thoughts
from swv6.types import LLM


def shaped(llm: LLM, answer: Answer, last_in: str = "") -> LLM:
    """Hide thoughts and end what does not end; a refusal is for the next model.

    `last_in` is the user's language for the last model: its refusals are spoken, but in that language only.
    """
    stage = without_thoughts(within(llm, answer.within) if answer.within else llm)
    stage = without_loops(stopped_at(stage, answer.stop))
    return unless_refused(stage, last_in)
