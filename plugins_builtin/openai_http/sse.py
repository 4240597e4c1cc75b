"""Server-sent events: bytes, cut anywhere, to the data of whole events."""

from __future__ import annotations

import codecs

LONGEST = 1 << 20
"""Characters that one event may have; a server that never ends a line must not fill the memory."""


class Events:
    """Collects the bytes of one stream, as in https://html.spec.whatwg.org/multipage/server-sent-events.html."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
        self._line = ""
        self._data: list[str] = []
        self._size = 0

    def feed(self, piece: bytes) -> list[str]:
        """Return the data of the events that `piece` completes. Raises ValueError when one grows beyond LONGEST."""
        return self._lines(self._decode(piece))

    def end(self) -> list[str]:
        """Return what was left at the end of the stream: some servers forget the last empty line."""
        return self._lines(self._decode(b"", final=True) + "\n\n")

    def _lines(self, text: str) -> list[str]:
        text = self._line + text
        held = "\r" if text.endswith("\r") else ""  # it may be the first half of \r\n
        text = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n")
        *lines, rest = text.split("\n")
        self._line = rest + held
        if self._size + len(self._line) > LONGEST:
            raise ValueError(f"an event of more than {LONGEST} characters")
        return [data for line in lines if (data := self._take(line)) is not None]

    def _take(self, line: str) -> str | None:
        """Add one line to the event; an empty one completes it."""
        if not line:
            data, self._data, self._size = "\n".join(self._data), [], 0
            return data or None
        field, _, value = line.partition(":")
        if field == "data":
            self._data.append(value.removeprefix(" "))
            self._size += len(value)
        return None
