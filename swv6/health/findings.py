"""One line of a report, and running checks so that one that fails keeps no other from its lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from swv6.errors import Swv6Error
from swv6.telemetry.secrets import without_secrets

Level = Literal["ok", "warning", "problem"]
PATIENCE = 60.0
"""Seconds after which an asynchronous check is given up: a driver that hangs must not hang the report."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report."""

    name: str
    level: Level
    text: str
    command: str = ""
    """What mends it."""
    code: int = 1
    """What `swv6 doctor` exits with when it is a problem."""

    def as_dict(self) -> dict[str, Any]:
        """Give JSON values; only a problem has a code."""
        return {name: value for name, value in asdict(self).items() if name != "code" or self.level == "problem"}

    def without(self, secrets: Collection[str]) -> Finding:
        """Give the line without these values, what looks like a key, and what addresses hide."""
        name, text, command = (without_secrets(part, secrets) for part in (self.name, self.text, self.command))
        return replace(self, name=name, text=text, command=command)


def contained(name: str, check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """Run a check; what it raises becomes its last line."""
    found = list[Finding]()
    try:
        for finding in check():
            found.append(finding)
    except Exception as error:  # noqa: BLE001 - a report has a line for whatever happens
        found.append(failed(name, error))
    return found


async def contained_async(
    name: str, check: Callable[[], Awaitable[Iterable[Finding]]], patience: float = PATIENCE
) -> list[Finding]:
    """Run an asynchronous check for at most `patience` seconds; what it raises becomes a line."""
    from anyio import move_on_after

    with move_on_after(patience) as scope:
        try:
            return list(await check())
        except Exception as error:  # noqa: BLE001 - as above
            return [failed(name, error)]
    if scope.cancelled_caught:
        return [Finding(name, "problem", f"no answer within {patience:g} s", "swv6 -vv doctor")]
    return []


def failed(name: str, error: Exception) -> Finding:
    """Make a line of an error; of a group of errors, the first one counts."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    text = next(iter(str(getattr(error, "what", "") or error).splitlines()), "")
    if isinstance(error, Swv6Error):
        return Finding(name, "problem", text or type(error).__name__, error.hint)
    return Finding(name, "problem", f"{type(error).__name__}: {text}" if text else type(error).__name__)
