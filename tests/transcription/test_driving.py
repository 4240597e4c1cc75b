"""Driving a crew: no more windows in memory than it has room for, one failure never stops the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import anyio
import pytest

from swv6.cli.app import leaves
from swv6.errors import BackendError, ModelError, Unavailable
from swv6.plugins.executing import Crew
from swv6.transcription import driving
from swv6.transcription.jobs import Done, Failed, Heard, Job, News, Source
from swv6.transcription.keeping import Nothing
from swv6.transcription.windows import windows
from swv6.types import Audio, Transcript
from tests.transcription.world import tone

pytestmark = pytest.mark.anyio
ROOM = 3


class Counting:
    """A recogniser that counts what it is given at once, and fails for one start."""

    def __init__(self, refused: float = -1.0) -> None:
        self.inside = self.most = self.asked = 0
        self._refused = refused

    async def __call__(self, audio: Audio, /) -> AsyncIterator[Transcript]:
        self.asked += 1
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            await anyio.sleep(0.001)
            if audio.start == self._refused:
                raise BackendError("refused")
            yield Transcript(f"{audio.start:.0f}", duration=audio.seconds)
        finally:
            self.inside -= 1


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Give four recordings of ten seconds, which are cut into windows of about one."""
    monkeypatch.setattr(driving, "windows", partial(windows, window=1.0, search=0.5))
    paths = [tmp_path / f"{n}.wav" for n in range(4)]
    for path in paths:
        tone(path, seconds=10.0)
    return [Job(Source(path, path.name, None)) for path in paths]


async def test_no_more_windows_are_decoded_than_there_is_room_for(
    jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window counts from before it is decoded until it is heard; the crew is never idle for want of one."""
    stt, told, cut = Counting(), list[News](), partial(windows, window=1.0, search=0.5)
    decoded, ahead = 0, list[int]()

    def counted(blocks: Iterator[Audio]) -> Iterator[Audio]:
        nonlocal decoded
        for window in cut(blocks):
            decoded += 1
            ahead.append(decoded - (stt.asked - stt.inside))
            yield window

    monkeypatch.setattr(driving, "windows", counted)
    await driving.drive(jobs, Crew(stt, ROOM), (), told.append, Nothing())
    assert stt.most == max(ahead) == ROOM
    assert stt.asked == decoded >= 40
    assert [news.job for news in told if isinstance(news, Done)] == jobs


async def test_a_failing_window_ends_its_recording_only(jobs: list[Job]) -> None:
    stt, told = Counting(refused=0.0), list[News]()
    await driving.drive(jobs[:1], Crew(stt, ROOM), (), told.append, Nothing())
    assert isinstance(told[-1], Failed)
    assert "0.wav: refused" in told[-1].error.what
    assert stt.asked <= ROOM + 1  # the rest of it is not heard


class Unable:
    """A recogniser none of whose backends can be loaded, or only some."""

    def __init__(self, *reasons: Exception) -> None:
        self._reasons = reasons

    async def __call__(self, audio: Audio, /) -> AsyncIterator[Transcript]:
        raise Unavailable("no stt backend could answer", self._reasons)
        yield Transcript("")


async def test_a_model_that_cannot_be_loaded_ends_the_run_and_fails_no_recording(jobs: list[Job]) -> None:
    broken, told = ModelError("cannot load", "swv6 models verify"), list[News]()
    with pytest.raises(BaseExceptionGroup) as ended:
        await driving.drive(jobs, Crew(Unable(broken), ROOM), (), told.append, Nothing())
    assert set(leaves(ended.value)) == {broken}
    assert told == []


async def test_what_another_recogniser_may_not_hear_is_the_recording_s_failure(jobs: list[Job]) -> None:
    told, ear = list[News](), Unable(ModelError("cannot load"), BackendError("too loud"))
    await driving.drive(jobs, Crew(ear, ROOM), (), told.append, Nothing())
    assert [type(news) for news in told] == [Failed] * len(jobs)


async def test_texts_come_in_order_however_they_are_heard(jobs: list[Job]) -> None:
    told = list[News]()
    await driving.drive(jobs[:1], Crew(Counting(), ROOM), (), told.append, Nothing())
    starts = [int(news.part.text) for news in told if isinstance(news, Heard)]
    assert starts == sorted(starts)
