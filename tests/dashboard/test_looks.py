"""What a page looks like where it is narrow, in Debian's Chromium."""

from __future__ import annotations

import anyio
import pytest
from anyio import to_thread

from swv6.dashboard.conversation import Conversation
from swv6.dashboard.routes import routes
from swv6.telemetry import events as e
from swv6.telemetry import serving
from swv6.telemetry.access import Access
from swv6.telemetry.stamps import Stamped
from tests.dashboard.browser import browser
from tests.dashboard.test_conversation import BUDGET, turn

pytestmark = pytest.mark.anyio
SPILT = """
const cells = [...document.querySelectorAll("#backends td")].filter((cell) => cell.textContent);
const all = [document.documentElement, ...document.querySelectorAll(".wide:has(.blocks)"), ...cells];
return [cells.length, all.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.outerHTML.slice(0, 99))];
"""


def looked(url: str) -> None:
    """Look at a conversation of one turn, on a telephone in French."""
    with browser("fr", size=(400, 900)) as page:
        page.get(url)
        page.until("return document.querySelectorAll('#turns li').length")
        figures = page.js("return [...document.querySelectorAll('.ticks text')].map((text) => text.textContent)")
        assert "0\u00a0s" in figures
        assert not [figure for figure in figures if figure.startswith("-0\u00a0")]
        page.js("document.querySelector('#turns + details').open = true")
        cells, spilt = page.js(SPILT)
        assert spilt == []
        assert cells >= 18
        said = page.js("return getComputedStyle(document.querySelector('#backends td'), '::before').content")
        assert said == '"Moteur"'


async def test_nothing_is_cut_off_on_a_telephone() -> None:
    on = Conversation(BUDGET, True)
    for after, event in [
        *turn(1),
        (4.0, e.ModelLoaded("tts", "kokoro", 3.1)),
        (5.0, e.CacheUsed("tts", "kokoro", True)),
    ]:
        on(Stamped(event, "s", 1, on.began + after))
    access = Access()
    at = serving.bound(access, 0)
    with anyio.fail_after(120):
        async with serving.served(serving.application(routes(on.board, access), access), at):
            await to_thread.run_sync(looked, serving.address(at))
            on.board.close()
