"""One stream of sound on its way: queued, then in the device's buffer, then heard."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swv6.plugins import Samples


class Track:
    """A queue of sound that takes back what was not heard.

    All lengths are samples. Places are counted among all samples that the device was given, silence included; `now` is
    the place of the next sample to leave the device's buffer.
    """

    def __init__(self) -> None:
        self._queue: deque[Samples] = deque()
        self._sent: deque[tuple[int, Samples]] = deque()
        """What may not have been heard yet, with its place."""
        self._wholly = 0
        """Heard, besides what `_sent` tells."""

    @property
    def waiting(self) -> int:
        """How much has not been given to the device yet."""
        return sum(map(len, self._queue))

    def heard(self, now: int) -> int:
        """Say how much left the buffer."""
        return self._wholly + sum(_head(at, part, now) for at, part in self._sent)

    def done(self, now: int) -> bool:
        """Tell whether everything has been heard."""
        return not self._queue and all(_head(at, part, now) == len(part) for at, part in self._sent)

    def feed(self, samples: Samples) -> None:
        """Queue samples."""
        if len(samples):
            self._queue.append(samples)

    def take(self, out: Any, at: int) -> int:
        """Write what comes next into `out`, shape (frames,), whose place is `at`; return how much that was."""
        count = 0
        while self._queue and count < len(out):
            part, rest = self._queue[0][: len(out) - count], self._queue.popleft()[len(out) - count :]
            out[count : count + len(part)] = part
            self._sent.append((at + count, part))
            count += len(part)
            if len(rest):
                self._queue.appendleft(rest)
        return count

    def settle(self, now: int) -> bool:
        """Forget what was wholly heard; tell whether anything is on its way."""
        while self._sent and _head(*self._sent[0], now) == len(self._sent[0][1]):
            self._wholly += len(self._sent.popleft()[1])
        return bool(self._sent)

    def recall(self, now: int) -> None:
        """Take back what was not heard: it comes first again."""
        unheard = [part[_head(at, part, now) :] for at, part in self._sent]
        self._wholly = self.heard(now)
        self._sent.clear()
        self._queue.extendleft(part for part in reversed(unheard) if len(part))

    def forget(self, now: int) -> None:
        """Drop the queue and what was not heard."""
        self.recall(now)
        self._queue.clear()


def _head(at: int, part: Samples, now: int) -> int:
    """Say how much of a part, given as sample number `at`, has left the buffer."""
    return min(len(part), max(0, now - at))
