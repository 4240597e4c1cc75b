"""Answering with a tool where one is asked for: seldom looked at, never in the way of an ordinary question."""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Protocol

import anyio
from pydantic import BaseModel, ValidationError

from swv6.errors import BackendError
from swv6.plugins.speech import Speech
from swv6.plugins.tools import Call, Scene, Tool
from swv6.stages.streams import owned
from swv6.stages.tools.timers import Timers
from swv6.telemetry.events import Report, ToolCalled, nobody
from swv6.types import LLM, Chat

log = logging.getLogger("swv6.tools")

LONGEST = 400
"""Characters of a result that are said: half a minute."""
SORRY = {
    "fr": {
        "late": "Désolé, cela prend trop de temps.",
        "wrong": "Désolé, je n'ai pas compris ce qu'il faut faire.",
        "failed": "Désolé, cela n'a pas marché.",
    },
    "en": {
        "late": "Sorry, that takes too long.",
        "wrong": "Sorry, I did not understand what to do.",
        "failed": "Sorry, that did not work.",
    },
}


class Spoken(Speech, Protocol):
    """The voice of a conversation, as whoever answers with a tool sees it."""

    def answering(self, question: str) -> str:
        """Give the language in which a question is answered."""

    def forget(self) -> None:
        """Take back what an answer has changed that nobody heard."""


@dataclass(slots=True)
class Toolbox:
    """The tools of a profile, and how they are chosen."""

    tools: Sequence[Tool]
    choose: Callable[[Chat, Sequence[Tool]], Awaitable[Call | None]] | None
    """None where the model cannot: then only tools without arguments are called."""
    language: str
    timers: Timers
    report: Report = nobody
    speech: Spoken | None = None
    """How answers are spoken, where a tool may change it."""

    def asked(self, question: str) -> list[Tool]:
        """Give the tools that a question may be for."""
        text = folded(question)
        return [tool for tool in self.tools if any(re.search(trigger, text) for trigger in tool.triggers)]

    async def chosen(self, chat: Chat) -> tuple[Tool, str] | None:
        """Choose a tool for the last question, with its arguments in JSON; None for an ordinary question."""
        asked = self.asked(chat[-1].text)
        if asked and not asked[0].arguments.model_fields and asked[0].read is None:
            return asked[0], "{}"
        if read := _read(asked, chat[-1].text):
            return read
        if not asked or self.choose is None:
            return None
        try:
            call = await self.choose(chat, asked)
        except BackendError as error:
            log.info("no tool could be chosen: %s", error.what)
            return None
        found = {tool.name: tool for tool in asked}.get(call.tool) if call else None
        return (found, call.arguments) if call and found else None

    def answers_in(self, chat: Chat) -> str:
        """Give the language in which the last question is answered."""
        return self.speech.answering(chat[-1].text) if self.speech else self.language.partition("-")[0]

    def forget(self) -> None:
        """Drop what an answer that was never confirmed has asked for."""
        self.timers.forget()
        if self.speech is not None:
            self.speech.forget()

    async def used(self, tool: Tool, arguments: str, chat: Chat) -> str:
        """Validate, run, and give what is said of it; a tool that hangs or fails ends in an apology."""
        began = monotonic()
        outcome, said = await self._run(tool, arguments, chat)
        self.report(ToolCalled(tool.name, outcome, monotonic() - began))
        return said if outcome == "ok" else said or SORRY.get(self.answers_in(chat), SORRY["en"])[outcome]

    async def _run(self, tool: Tool, arguments: str, chat: Chat) -> tuple[str, str]:
        """Give how it went and what is said of it; empty for an apology."""
        try:
            values: BaseModel = tool.arguments.model_validate_json(arguments)
        except ValidationError as error:
            wrong = ", ".join(f"{'.'.join(map(str, e['loc']))}: {e['type']}" for e in error.errors(include_input=False))
            log.info("%s: wrong arguments: %s", tool.name, wrong)
            return "wrong", ""
        later = partial(self.timers.later, owner=tool.name)
        scene = Scene(chat, later, self.answers_in(chat), self.speech, self.timers.promised(tool.name))
        refused = "wrong"
        with anyio.move_on_after(tool.timeout):
            try:
                if tool.check is not None:
                    tool.check(values, scene)
                refused = "failed"
                return "ok", (await tool.run(values, scene))[:LONGEST]
            except ValueError as error:
                return refused, str(error)[:LONGEST]
            except Exception as error:  # noqa: BLE001 - a plugin's border
                _broken(tool, error)
                return "failed", ""
        return "late", ""


def _broken(tool: Tool, error: Exception) -> None:
    log.warning("the tool %s failed: %s: %s", tool.name, type(error).__name__, error)


def _read(asked: Sequence[Tool], question: str) -> tuple[Tool, str] | None:
    """Take the arguments from the question's own words, where one of the tools is sure of them."""
    for tool in asked:
        try:
            if tool.read is not None and (arguments := tool.read(question)) is not None:
                return tool, json.dumps(arguments)
        except Exception as error:  # noqa: BLE001 - a plugin's border
            _broken(tool, error)
    return None


def folded(text: str) -> str:
    """Drop accents, capitals and hyphens."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'").replace("-", " "))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def with_tools(llm: LLM, box: Toolbox) -> LLM:
    """Answer with a tool where one is asked for, and with `llm` otherwise."""

    async def run(chat: Chat, /) -> AsyncIterator[str]:
        box.forget()
        choice = await box.chosen(chat)
        if choice is None:
            async with owned(llm(chat)) as deltas:
                async for delta in deltas:
                    yield delta
            return
        tool, arguments = choice
        if tool.meanwhile:
            yield f"{tool.meanwhile} "
        if said := await box.used(tool, arguments, chat):
            yield said

    return run if box.tools else llm
