"""What tools have promised when a conversation ends: what is due soon is waited for, the rest is said to be lost."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swv6.conversation.session import Session

PATIENCE = 60.0
"""Seconds by which the end of a pipe or of a recording is put off: a timer that is tried, no alarm."""


async def given(session: Session) -> None:
    """Wait for what is due soon, where nobody has ended the conversation: its questions came from a pipe or a file."""
    from swv6.telemetry.events import Notice

    by_hand = sys.stdin.isatty() if session.microphone is None else session.microphone.live
    soon = [one for one in session.timers.left if one.left <= PATIENCE] if session.timers else []
    if session.timers is None or by_hand or not soon:
        return
    what = "a timer" if len(soon) == 1 else f"{len(soon)} timers"
    session.parts.report(Notice(f"waiting {max(1, round(soon[-1].left))} s for {what}; Ctrl-C ends"))
    await session.timers.wait(PATIENCE)


def lost(session: Session) -> list[str]:
    """Name what is not said any more."""
    now = datetime.now().astimezone()
    left = session.timers.left if session.timers else []
    return [f'lost: "{one.words}", due at {now + timedelta(seconds=one.left):%H:%M:%S}' for one in left]
