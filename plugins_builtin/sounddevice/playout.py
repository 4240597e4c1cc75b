"""What waits to be played, what the device's buffer holds, and what has been heard; knows no device."""

from __future__ import annotations

from collections import deque
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swv6.plugins import Samples


class Playout:
    """A queue of sound that a device drains, padded with silence, and takes back what was not heard.

    All lengths are samples at the device's rate. The device calls `give`; everybody else calls the rest.
    """

    def __init__(self, buffer: int) -> None:
        self._buffer = buffer
        """How much of what was given is still on its way to the ear."""
        self._lock = Lock()
        self._queue: deque[Samples] = deque()
        self._sent: deque[tuple[int, Samples]] = deque()
        """What may not have been heard yet, with its place among all that was given, silence included."""
        self._given = 0
        self._wholly = 0
        """Heard, besides what `_sent` tells."""
        self._mute = False
        """The device's buffer is being thrown away."""
        self._paused = False

    @property
    def waiting(self) -> int:
        """How much has not been given to the device yet."""
        with self._lock:
            return sum(map(len, self._queue))

    @property
    def heard(self) -> int:
        """How much left the buffer; never goes back."""
        with self._lock:
            return self._wholly + sum(self._head(at, part) for at, part in self._sent)

    @property
    def done(self) -> bool:
        """Tell whether everything has been heard."""
        with self._lock:
            return not self._queue and all(self._head(at, part) == len(part) for at, part in self._sent)

    def feed(self, samples: Samples) -> None:
        """Queue samples."""
        with self._lock:
            if len(samples):
                self._queue.append(samples)

    def give(self, out: Any, frames: int) -> None:
        """Fill `out`, shape (frames, channels), with what comes next."""
        with self._lock:
            count = 0 if self._mute or self._paused else self._take(out, frames)
            self._given += frames
            self._settle()
        out[count:] = 0.0

    def pause(self) -> bool:
        """Give silence and take back what was not heard; True when the device must throw its buffer away."""
        with self._lock:
            self._paused = True
            unheard = [part[self._head(at, part) :] for at, part in self._sent]
            self._queue.extendleft(part for part in reversed(unheard) if len(part))
            return self._recall()

    def resume(self) -> None:
        """Go on where `pause` stopped."""
        with self._lock:
            self._paused = False

    def stop(self) -> bool:
        """Forget the queue and what was not heard; True when the device must throw its buffer away."""
        with self._lock:
            self._paused = False
            self._queue.clear()
            return self._recall()

    def thrown_away(self) -> None:
        """Give sound again: the device's buffer is empty."""
        with self._lock:
            self._mute = False

    def _recall(self) -> bool:
        """Count as heard what was heard, and mute until the device has forgotten the rest."""
        self._settle()
        if not self._sent:
            return False
        self._wholly += sum(self._head(at, part) for at, part in self._sent)
        self._sent.clear()
        self._mute = True
        return True

    def _settle(self) -> None:
        while self._sent and self._head(*self._sent[0]) == len(self._sent[0][1]):
            self._wholly += len(self._sent.popleft()[1])

    def _head(self, at: int, part: Samples) -> int:
        """Say how much of a part, given as sample number `at`, has left the buffer."""
        return min(len(part), max(0, self._given - self._buffer - at))

    def _take(self, out: Any, frames: int) -> int:
        count = 0
        while self._queue and count < frames:
            part, rest = self._queue[0][: frames - count], self._queue.popleft()[frames - count :]
            out[count : count + len(part)] = part[:, None]
            self._sent.append((self._given + count, part))
            count += len(part)
            if len(rest):
                self._queue.appendleft(rest)
        return count
