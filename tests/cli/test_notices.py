"""What commands that answer once say of events."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from swv6.cli.notices import Notices
from swv6.stages.listening import Fanout
from swv6.telemetry import events, log
from swv6.telemetry.log_events import logged

PASSED = events.FellBack("tts", "kokoro", "no weights")


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root, stderr = logging.getLogger("swv6"), sys.stderr
    before = root.handlers[:], root.level, root.propagate
    yield
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])
    monkeypatch.setattr(sys, "stderr", stderr)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_event_is_said_once(elsewhere: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """As a line of JSON where there is one; what workers elsewhere report is a line only when it is printed."""
    log.configure(0, as_json=True)
    notices = Notices(logged=not elsewhere)
    with logged(Fanout(events.nobody).stamp, False, "") as listener:
        assert listener is not None
        fanout = Fanout(notices)
        if not elsewhere:
            fanout.add("log", listener)
        for event in (PASSED, events.Notice("slow"), events.DeviceLost("speaker", "gone")):
            fanout(event)
    told = [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
    printed = ["swv6: tts: kokoro passed over: no weights", "swv6: slow", "swv6: speaker lost: gone; waiting for it"]
    assert told == (printed if elsewhere else ["fell_back", "notice", "device_lost"])


def test_a_person_reads_each_reason_once(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(0)
    notices = Notices()
    for event in (PASSED, PASSED, events.DeviceBack("speaker", "USB")):
        notices(event)
    assert capsys.readouterr().err.splitlines() == [
        "swv6: tts: kokoro passed over: no weights",
        "swv6: speaker is back: USB",
    ]
