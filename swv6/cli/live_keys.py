"""What each key does while a conversation is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from swv6.cli.keys import BACKSPACE, ENTER, ESCAPE, pressed

if TYPE_CHECKING:
    from anyio import CancelScope

    from swv6.conversation.by_hand import Hands


class Shows(Protocol):
    """Where a line being typed is seen."""

    def typing(self, line: str | None) -> None:
        """Show the line so far; None when nothing is typed any more."""

    def asked(self, text: str) -> None:
        """Show a whole line as a question."""


class Board:
    """The keys; before the conversation is open they only quit."""

    def __init__(self, shows: Shows) -> None:
        self.hands: Hands | None = None
        self._shows = shows
        self._line: str | None = None

    async def attend(self, conversation: CancelScope) -> None:
        """Do what the keys say until one of them quits."""
        async for key in pressed():
            if self._line is not None:
                self._edit(self._line, key)
            elif key in "qQ":
                conversation.cancel()
            elif self.hands is not None:
                self._act(self.hands, key)

    def _act(self, hands: Hands, key: str) -> None:
        match key.lower():
            case " ":
                hands.press()
            case "m":
                hands.mute(not hands.talk.muted)
            case "r":
                hands.say_again()
            case "t":
                self._show("")
            case _:
                pass

    def _edit(self, line: str, key: str) -> None:
        if key == ENTER:
            self._show(None)
            if line.strip() and self.hands is not None:
                self._shows.asked(line.strip())
                self.hands.type(line)
        elif key == ESCAPE:
            self._show(None)
        elif key == BACKSPACE:
            self._show(line[:-1])
        elif key.isprintable():
            self._show(line + key)

    def _show(self, line: str | None) -> None:
        self._line = line
        self._shows.typing(line)
