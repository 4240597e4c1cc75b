"""Errors that say what happened, where, and which command helps; each knows its exit code."""

from __future__ import annotations

from collections.abc import Sequence


class Swv6Error(Exception):
    """Something a user can act on.

    `hint` is the command (or the act) that helps; it is printed on a line of its own.
    """

    exit_code = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n  -> {self.hint}" if self.hint else self.what


class UsageError(Swv6Error):
    """The command line or a profile is wrong."""

    exit_code = 2


class ProfileError(UsageError):
    """A profile has mistakes; carries one line for each."""

    def __init__(self, problems: Sequence[str], hint: str = "") -> None:
        super().__init__("\n".join(problems), hint)
        self.problems = tuple(problems)


class HardwareError(Swv6Error):
    """The machine is not what the profile asks for."""

    exit_code = 3


class ModelError(Swv6Error):
    """Weights are missing, wrong or cannot be fetched."""

    exit_code = 4


class DeviceError(Swv6Error):
    """A microphone or a speaker cannot be used."""

    exit_code = 5


class AudioError(Swv6Error):
    """A sound file cannot be read or written."""


class MissingExtra(Swv6Error):
    """An optional dependency is not installed; `hint` is the `pip install` that brings it."""


class BackendError(Swv6Error):
    """A backend failed to answer; the documented error of every stage."""


class Unavailable(BackendError):
    """No backend could begin an answer; carries each one's error, and the hint of an only one."""

    def __init__(self, what: str, errors: Sequence[Exception] = (), hint: str = "") -> None:
        lines = [next(iter(str(e).splitlines()), "") or type(e).__name__ for e in errors]
        reasons = f": {lines[0]}" if len(lines) == 1 else "".join(f"\n  {line}" for line in lines)
        own = getattr(errors[0], "hint", "") if len(errors) == 1 else ""
        super().__init__(what + reasons, hint or own or "swv6 doctor")
        self.errors = tuple(errors)
