"""Server-sent events: the newest of everything, at each page's own pace."""

from __future__ import annotations

import anyio
import pytest
from starlette.types import Message

from swv6.dashboard.board import WATCHERS, Board
from swv6.dashboard.streaming import PACE, Stream

pytestmark = pytest.mark.anyio


class Page:
    """A page that reads one message whenever it is let."""

    def __init__(self, patient: bool = True) -> None:
        self.got = list[Message]()
        self.left = anyio.Event()
        self.may_read = anyio.Event()
        self.reads = patient

    async def send(self, message: Message) -> None:
        """Take a message, now or when somebody lets it."""
        if not self.reads and message["type"] == "http.response.body":
            await self.may_read.wait()
        self.got.append(message)

    async def receive(self) -> Message:
        """Stay until it is closed."""
        await self.left.wait()
        return {"type": "http.disconnect"}

    @property
    def text(self) -> str:
        """What it was sent."""
        return b"".join(message.get("body", b"") for message in self.got).decode()

    async def until(self, text: str) -> None:
        """Wait for a text."""
        with anyio.fail_after(10):
            while text not in self.text:  # noqa: ASYNC110 (what it waits for is another's list)
                await anyio.sleep(0.01)


def board() -> tuple[Board, list[int]]:
    """Give a board with one number on it."""
    value, made = [0], Board()
    made.show("n", lambda: value[0])
    return made, value


async def test_a_page_is_told_what_changes_and_leaves() -> None:
    on, value = board()
    page = Page()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Stream(on), {}, page.receive, page.send)
        await page.until("event: n\ndata: 0\n\n")
        value[0] = 7
        on.touch("n")
        await page.until("data: 7\n\n")
        assert on.watchers == 1
        page.left.set()
    assert on.watchers == 0
    assert page.text.startswith("retry: 1000\n\n")


async def test_who_is_slow_misses_what_was_in_between_and_nobody_waits_for_it() -> None:
    on, value = board()
    slow, quick = Page(patient=False), Page()
    async with anyio.create_task_group() as tasks:
        for page in (slow, quick):
            tasks.start_soon(Stream(on), {}, page.receive, page.send)
        await quick.until("data: 0")
        for n in range(1, 10_001):
            value[0] = n
            on.touch("n")
        await quick.until("data: 10000\n\n")
        assert "data" not in slow.text
        slow.may_read.set()
        await slow.until("data: 10000\n\n")
        assert slow.text.count("data:") == 1
        on.close()
    assert not slow.got[-1]["more_body"]


async def test_who_takes_nothing_is_given_up() -> None:
    on, _ = board()
    page = Page(patient=False)
    with anyio.fail_after(10):
        await Stream(on, stalled=0.01)({}, page.receive, page.send)
    assert on.watchers == 0


async def test_the_end_of_the_conversation_ends_the_streams() -> None:
    on, _ = board()
    page = Page()
    with anyio.fail_after(10):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(Stream(on), {}, page.receive, page.send)
            await page.until("data: 0")
            on.close()
    assert page.got[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


async def test_so_many_pages_and_no_more() -> None:
    on, _ = board()
    on.watchers = WATCHERS
    page = Page()
    await Stream(on)({"type": "http", "method": "GET"}, page.receive, page.send)
    assert page.got[0]["status"] == 503


async def test_a_section_is_written_once_for_all_and_not_for_nobody() -> None:
    on, looks = Board(), list[int]()
    on.show("n", lambda: looks.append(1))
    for _ in range(1000):
        on.touch("n")
    assert not looks
    assert await on.news({}) == await on.news({}) == {"n": b"null"}
    assert looks == [1]
    assert PACE >= 0.1
