"""Reading what was kept: stories, their sound, and where words were said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from swv6.errors import UsageError
from swv6.sessions.database import connected, searchable
from swv6.sessions.turn import Span, Turn
from swv6.types import Audio, Message

LAST = "last"
"""What names the newest session."""


@dataclass(frozen=True, slots=True)
class Story:
    """A session with its turns."""

    id: int
    began: float
    """Seconds since 1970."""
    profile: str
    language: str
    turns: tuple[Turn, ...]

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return max((turn.answered.end for turn in self.turns), default=0.0)

    def messages(self) -> list[Message]:
        """Give what a language model is told when it goes on."""
        said = list[Message]()
        for turn in self.turns:
            if said and said[-1].role == "user":
                said[-1] = Message("user", f"{said[-1].text} {turn.user}")
            else:
                said.append(Message("user", turn.user))
            if turn.assistant:
                cut = " …" if turn.outcome == "interrupted" else ""
                said.append(Message("assistant", turn.assistant + cut))
        return said


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in a list."""

    id: int
    began: float
    profile: str
    turns: int
    first: str
    """What was said first."""
    audio: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Where words were said."""

    session: int
    began: float
    turn: int
    who: str
    """`user` or `assistant`."""
    text: str


def listing(path: Path | None = None) -> list[Summary]:
    """List the sessions, the newest first."""
    with connected(path) as database:
        rows = database.execute(
            "SELECT s.id, s.began, s.profile, COUNT(t.id), (SELECT user FROM turns WHERE session = s.id"
            " ORDER BY number LIMIT 1), EXISTS (SELECT 1 FROM sounds JOIN turns ON sounds.turn = turns.id"
            " WHERE turns.session = s.id) FROM sessions s LEFT JOIN turns t ON t.session = s.id GROUP BY s.id"
            " ORDER BY s.id DESC"
        ).fetchall()
    return [Summary(id, at, name, turns, first or "", bool(sound)) for id, at, name, turns, first, sound in rows]


def story(name: str, path: Path | None = None, sound: bool = False) -> Story:
    """Read a session by its number, or `last`. Raises UsageError when there is none."""
    with connected(path) as database:
        id = _id(database, name)
        began, profile, language = database.execute(
            "SELECT began, profile, language FROM sessions WHERE id = ?", (id,)
        ).fetchone()
        rows = database.execute(
            "SELECT id, number, user, assistant, outcome, asked_from, asked_to, answered_from, answered_to FROM turns"
            " WHERE session = ? ORDER BY number",
            (id,),
        ).fetchall()
        turns = tuple(
            Turn(n, user, said, outcome, Span(*spans[:2]), Span(*spans[2:]), *_sounds(database, row, sound))
            for row, n, user, said, outcome, *spans in rows
        )
    return Story(id, began, profile, language, turns)


def remove(names: list[str], path: Path | None = None) -> list[int]:
    """Remove sessions for good; none when one of them does not exist."""
    with connected(path) as database:
        ids = [_id(database, name) for name in names]
        database.executemany("DELETE FROM sessions WHERE id = ?", [(id,) for id in ids])
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing of them stays in the journal
    return ids


def search(words: str, path: Path | None = None) -> list[Found]:
    """Find where all of `words` were said in one turn, whatever the accents; the newest first."""
    terms = words.replace("\0", " ").split()
    if not terms:
        return []
    with connected(path) as database:
        if searchable(database):
            query = " ".join('"' + term.replace('"', '""') + '"*' for term in terms)
            where, values = "t.id IN (SELECT rowid FROM words WHERE words MATCH ?)", [query]
        else:
            where = " AND ".join(["t.user || ' ' || t.assistant LIKE ?"] * len(terms))
            values = [f"%{term}%" for term in terms]
        rows = database.execute(
            "SELECT s.id, s.began, t.number, t.user, t.assistant FROM turns t JOIN sessions s ON s.id = t.session"
            f" WHERE {where} ORDER BY s.id DESC, t.number",
            values,
        ).fetchall()
    return [
        Found(session, began, number, who, text)
        for session, began, number, user, assistant in rows
        for who, text in (("user", user), ("assistant", assistant))
        if text
    ]


def _id(database: Connection, name: str) -> int:
    if name == LAST:
        row = database.execute("SELECT MAX(id) FROM sessions").fetchone()
    else:
        row = database.execute("SELECT id FROM sessions WHERE CAST(id AS TEXT) = ?", (name.lstrip("#"),)).fetchone()
    if row is None or row[0] is None:
        what = "no conversation has been kept yet" if name == LAST else f"there is no session {name or repr(name)}"
        raise UsageError(what, "swv6 sessions list")
    return int(row[0])


def _sounds(database: Connection, turn: int, wanted: bool) -> tuple[Audio | None, tuple[Audio, ...]]:
    if not wanted:
        return None, ()
    import numpy as np

    rows = database.execute("SELECT who, rate, pcm FROM sounds WHERE turn = ? ORDER BY rowid", (turn,)).fetchall()
    said = {"user": list[Audio](), "assistant": list[Audio]()}
    for who, rate, pcm in rows:
        said[who].append(Audio(np.frombuffer(pcm, "<i2").astype(np.float32) / 32767.0, rate))
    return next(iter(said["user"]), None), tuple(said["assistant"])
