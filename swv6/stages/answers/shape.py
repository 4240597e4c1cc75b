"""The wrappers of one language model, in their order."""

from __future__ import annotations

from swv6.profiles.thinking import Answer
from swv6.stages.answers.ends import stopped_at, within, without_loops
from swv6.stages.answers.refusals import unless_refused
from swv6.stages.answers.thoughts import without_thoughts
from swv6.types import LLM


def shaped(llm: LLM, answer: Answer, last: bool) -> LLM:
    """Hide thoughts and end what does not end; a refusal is for the next model, and spoken where there is none."""
    stage = without_thoughts(within(llm, answer.within) if answer.within else llm)
    stage = without_loops(stopped_at(stage, answer.stop))
    return stage if last else unless_refused(stage)
