"""Blocks of code in a text: shown, never read aloud; a few words say that there is one."""

from __future__ import annotations

import re

NAMES = {"py": "python", "js": "javascript", "ts": "typescript", "sh": "shell", "yml": "yaml", "cpp": "c++", "cs": "c#"}
"""How a language is called where its short name is written."""
NAMELESS = frozenset({"", "text", "txt", "plaintext", "plain", "console", "output"})
"""What is written after a fence and names no language."""
SAID = {"fr": "un bloc de code {}", "en": "a block of {} code"}
OTHERWISE = "code"
"""In every other language: the word that all of them have."""

_OPENS = re.compile(r"[ \t>]*(?P<mark>`{3,}|~{3,})(?P<about>[^`\n]*)\n")
_MAYBE = re.compile(r"[ \t>]{0,20}(?:`{0,2}|~{0,2}|`{3,8}[^`\n]{0,80}|~{3,8}[^`\n]{0,80})")
_BLOCK = re.compile(
    r"^[ \t>]{0,20}(?P<mark>`{3,8}|~{3,8})(?P<about>[^`\n]{0,80})\n"
    r"(?P<code>.*?)(?:^[ \t>]{0,20}(?P=mark)[`~]{0,8}[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)


class Code(str):
    """The fence that begins a block of code, or the rest of the block."""

    __slots__ = ("begins",)
    begins: bool

    def __new__(cls, text: str, begins: bool) -> Code:
        """Mark a piece of a text as code."""
        code = super().__new__(cls, text)
        code.begins = begins
        return code


class Fences:
    """Finds blocks of code in a text that arrives letter by letter; what may be a fence waits for its line's end."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._line = ""
        self._mark = ""  # of the block we are in
        self._ordinary = False  # the line is known to be no fence

    def __call__(self, letter: str) -> str:
        """Take a letter; give what is certain: ordinary text, a Code, or nothing yet."""
        if self._ordinary and not self._mark:
            self._ordinary = letter != "\n"
            return letter
        self._held.append(letter)
        self._line += letter if not self._mark or len(self._line) < len(self._mark) + 40 else ""
        return self._inside(letter) if self._mark else self._outside(letter)

    def rest(self) -> str:
        """Give what is left at the end; ready for another text afterwards."""
        rest = self._taken()
        rest, self._mark, self._ordinary = Code(rest, False) if self._mark else rest, "", False
        return rest

    def _inside(self, letter: str) -> str:
        if letter != "\n":
            return ""
        line, self._line = self._line.strip(" \t>\n"), ""
        if len(line) < len(self._mark) or set(line) != {self._mark[0]}:
            return ""
        self._mark = ""
        return Code(self._taken(), False)

    def _outside(self, letter: str) -> str:
        if letter == "\n" and (opens := _OPENS.fullmatch(self._line)):
            self._mark = opens["mark"]
            return Code(self._taken(), True)
        if letter != "\n" and _MAYBE.fullmatch(self._line):
            return ""
        self._ordinary = letter != "\n"
        return self._taken()

    def _taken(self) -> str:
        text = "".join(self._held)
        self._held, self._line = [], ""
        return text


def said(fence: str, language: str) -> str:
    """Say that here is a block of code; `fence` is the line that begins it."""
    words = fence.strip(" \t>`~\n").split()
    name = re.sub(r"[^\w+#-]", "", words[0].lower()) if words else ""
    name = "" if name in NAMELESS else NAMES.get(name, name)
    return " ".join(SAID.get(language[:2].lower(), OTHERWISE).format(name).split())


def without_code(text: str, language: str) -> str:
    """Put words in the place of each block of code; one that is not closed goes on to the end."""
    if isinstance(text, Code):
        return said(text, language) if text.begins else ""
    if "```" not in text and "~~~" not in text:
        return text
    return _BLOCK.sub(lambda match: f"{said(match['about'], language)}." if match["code"].strip() else "", text)
