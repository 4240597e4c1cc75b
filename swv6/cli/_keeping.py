"""What `swv6 talk` keeps of a conversation: a folder of its own, a session, or both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swv6.profiles import Profile
    from swv6.sessions.archive import Story
    from swv6.sessions.recorder import Recorder
    from swv6.sessions.turn import Keeps


@dataclass(slots=True)
class Keeping:
    """What becomes of a conversation."""

    named: str
    """The profile, as it was named."""
    folder: Path | None = None
    """Where `--save` puts it."""
    earlier: Story | None = None
    """The session that goes on."""
    recorder: Recorder | None = None

    def __post_init__(self) -> None:
        """See that `--save` can be obeyed, before anything is loaded. Raises UsageError."""
        if self.folder is not None:
            _checked(self.folder)

    def sound(self, profile: Profile) -> bool:
        """Say whether sound is kept."""
        return self.folder is not None or profile.sessions == "audio"

    @contextmanager
    def keeper(self, profile: Profile) -> Iterator[Keeps]:
        """Open what keeps turns; everything is written when the block ends."""
        from swv6.sessions.folder import Folder
        from swv6.sessions.recorder import recording
        from swv6.sessions.turn import Several

        folders = (Folder(self.folder),) if self.folder else ()
        if profile.sessions == "off":
            yield Several(folders)
            return
        name = str(Path(self.named).absolute()) if Path(self.named).suffix else self.named
        with recording(name, profile.language, profile.sessions == "audio", self.earlier) as self.recorder:
            yield Several((self.recorder, *folders))

    def left(self) -> list[str]:
        """Say what is there now, a line each."""
        session = self.recorder.session if self.recorder else None
        lines = [f"kept in {self.folder}"] if self.folder else []
        return lines + ([f"kept as session {session}: swv6 sessions show {session}"] if session else [])


def _checked(folder: Path) -> None:
    """Make the folder and a file in it, and leave nothing behind; raises UsageError."""
    from tempfile import TemporaryFile

    from swv6.errors import UsageError
    from swv6.sessions.folder import Folder

    try:
        made = not folder.exists()
        Folder(folder)
        with TemporaryFile(dir=folder):
            pass
        if made:
            folder.rmdir()
    except OSError as error:
        raise UsageError(f"--save {folder}: {error.strerror or error}", "name a folder that can be written") from None


def earlier(resume: bool, session: str) -> Story | None:
    """Read the session that is to go on. Raises UsageError when there is none."""
    from swv6.errors import UsageError
    from swv6.sessions.archive import LAST, story

    if session and not resume:
        raise UsageError(f"talk {session}: only --resume takes a session", f"swv6 talk --resume {session}")
    return story(session or LAST) if resume else None
