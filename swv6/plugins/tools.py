"""The contract of tools: what a language model may have done for it, and how it says so."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from swv6.plugins.speech import Speech
from swv6.types import LLM, Chat, Message


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that a tool will have said."""

    words: str
    left: float
    """Seconds until then."""
    cancel: Callable[[], None]
    """Takes it back, once the answer in which that is done is heard."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a tool sees of the conversation in which it is called."""

    chat: Chat
    """Everything said, the question last."""
    later: Callable[[float, str], None]
    """Have something said in so many seconds."""
    language: str = ""
    """ISO 639-1 code of what is said now; empty where only the tool's own options know."""
    speech: Speech | None = None
    """How answers are spoken; None where that cannot be changed."""
    promised: Sequence[Promise] = ()
    """What this tool will have said, soonest first."""

    @property
    def said(self) -> str:
        """The question, in the user's own words."""
        return self.chat[-1].text if self.chat else ""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that is done instead of being answered by heart.

    `run` takes its validated arguments and returns what is said; it raises ValueError, saying why in the user's
    language, when it cannot be done.
    """

    name: str
    description: str
    """For the language model."""
    arguments: type[BaseModel]
    """Its fields, and what they mean."""
    run: Callable[[Any, Scene], Awaitable[str]]
    triggers: tuple[str, ...]
    """Regular expressions, without accents or capitals: only a question in which one is found is worth a call."""
    meanwhile: str = ""
    """Said while it runs; empty for what takes no time."""
    timeout: float = 5.0
    """Seconds after which it is given up."""
    read: Callable[[str], dict[str, Any] | None] | None = None
    """Gives the arguments where the question's own words leave no doubt: then no model is asked for them."""
    examples: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Questions and their arguments, for the language model: two to four, as different as they are said."""
    check: Callable[[Any, Scene], None] | None = None
    """Raises ValueError, saying why in the user's language, where valid arguments are not what was said: models repair
    what cannot be done ("minus three minutes" becomes three). Then nothing is run."""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that a model has chosen, with arguments that nobody has validated."""

    tool: str
    arguments: str
    """JSON."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """An LLM stage that can choose a tool.

    Optional: of any other stage no tool is asked that needs arguments.
    """

    stage: LLM
    choose: Callable[[Chat, Sequence[Tool]], Awaitable[Call | None]]
    """Returns None when no tool is right. Raises BackendError."""

    def __call__(self, chat: Chat, /) -> AsyncIterator[str]:
        """Answer."""
        return self.stage(chat)


def schema(tools: Sequence[Tool]) -> dict[str, Any]:
    """Describe every possible call, and none, as JSON Schema: for engines that constrain what is generated."""
    shapes = [(tool.name, tool.arguments.model_json_schema()) for tool in tools]
    named = {name: shape for _, arguments in shapes for name, shape in arguments.pop("$defs", {}).items()}
    calls: list[dict[str, Any]] = [
        {
            "type": "object",
            "properties": {"tool": {"const": name}, "arguments": arguments},
            "required": ["tool", "arguments"],
            "additionalProperties": False,
        }
        for name, arguments in shapes
    ]
    nothing = {"type": "object", "properties": {"tool": {"const": "none"}}, "required": ["tool"]}
    return {"anyOf": [*calls, {**nothing, "additionalProperties": False}], **({"$defs": named} if named else {})}


_NONE = '{"tool": "none"}'
_ORDINARY = ("Raconte-moi une histoire.", "Combien de temps vit un chat ?", "What is the capital of Peru?")
"""Questions for no tool, by which a model learns that there are such."""


def asking(chat: Chat, tools: Sequence[Tool]) -> Chat:
    """Ask for a call in a conversation of its own, in which the last question only is new.

    Small models choose by the examples that they see as turns; what comes before the question is read once.
    """
    lines = [f'- "{tool.name}": {tool.description}' for tool in tools]
    system = "\n".join(
        ["Turn each request into one call of a tool, in JSON only.", *lines, f"- {_NONE}: anything else."]
    )
    shots = [(said, _call(tool.name, values)) for tool in tools for said, values in tool.examples]
    shots = [*shots, *((said, _NONE) for said in _ORDINARY)]
    turns = [turn for said, call in shots for turn in (Message("user", said), Message("assistant", call))]
    return (Message("system", system), *turns, Message("user", chat[-1].text))


def described(tool: Tool) -> str:
    """Describe a tool with its examples, for protocols that take a text."""
    return "; ".join(
        [tool.description, *(f'"{said}" is {json.dumps(v, ensure_ascii=False)}' for said, v in tool.examples)]
    )


def _call(name: str, arguments: Mapping[str, Any]) -> str:
    return json.dumps({"tool": name, "arguments": arguments}, ensure_ascii=False)


def read_call(text: str) -> Call | None:
    """Read what a model wrote under `schema`; what is cut off, or no call, is none."""
    try:
        call = json.loads(text)
    except ValueError:
        return None
    return Call(call["tool"], json.dumps(call["arguments"])) if "arguments" in call else None
