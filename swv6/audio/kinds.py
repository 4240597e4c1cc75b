"""What a file is that holds no sound, as far as its first bytes tell."""

from __future__ import annotations

import codecs
from pathlib import Path

_HEAD = 1 << 12
_MARKS = (
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"GGUF", "a model"),
)
"""How such files begin, by their formats' definitions."""


def other_kind(path: Path) -> str:
    """Say what a file is instead of sound, "a picture"; empty when nobody knows."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    return next((kind for mark, kind in _MARKS if head.startswith(mark)), "a text file" if _text(head) else "")


def lacks_index(path: Path) -> bool:
    """Tell whether an MP4 or M4A file was never finished: its `moov` box, which comes last, is not there.

    Boxes as in ISO 14496-12: four bytes of length, four of name.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        at, names = 0, list[bytes]()
        while at + 8 <= size and len(names) < 100:
            file.seek(at)
            length, name = int.from_bytes(file.read(4), "big"), file.read(4)
            names.append(name)
            at += int.from_bytes(file.read(8), "big") if length == 1 else length or size
            if length not in (0, 1) and length < 8:
                break
    return names[:1] == [b"ftyp"] and b"moov" not in names


def _text(head: bytes) -> bool:
    """Tell whether it is UTF-8 (its last letter may be cut) without control characters but white space."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and all(sign.isprintable() or sign.isspace() for sign in text)
