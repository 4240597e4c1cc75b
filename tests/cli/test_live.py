"""The live view: what its lines say, whatever the terminal; keys; and a real conversation in a terminal."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from swv6.cli import live_lines
from swv6.cli.keys import tidied
from swv6.cli.live import LiveView
from swv6.cli.live_keys import Board
from swv6.cli.live_state import Now
from swv6.profiles import resolve
from swv6.telemetry import events
from swv6.telemetry.events import Event

ANSWER = events.ReplyEnded(1, "Il fait beau à Besançon.", "ok", 0.3, 0.7, 0.15, 1.15)
TURN: list[Event] = [
    events.StateChanged("hearing"),
    events.Level(0.1),
    events.HeardSoFar("Où est l'été"),
    events.StateChanged("thinking"),
    events.StageEnded("stt", "prism", 0.3, 0.3, "ok"),
    events.TurnHeard(1, "Où est l'été ?", "prism", 0.3),
    events.FellBack("tts", "kokoro", "its weights are damaged"),
    events.StageEnded("llm", "xllamacpp", 0.7, 1.0, "ok"),
    events.StageEnded("tts", "espeak", 0.1, 0.2, "ok"),
    events.ReplyText(1, "Il fait beau"),
    events.StateChanged("speaking"),
    events.ReplyText(1, "à Besançon."),
    ANSWER,
    events.StateChanged("listening"),
]


def console(width: int = 80, height: int = 24, encoding: str = "utf-8", **options: bool) -> Console:
    """Make a terminal out of memory."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return Console(file=file, width=width, height=height, force_terminal=True, highlight=False, **options)  # type: ignore[arg-type]


def shown(now: Now, on: Console) -> str:
    return "\n".join(line.plain for line in live_lines.bottom(now, on))


def after(happened: list[Event]) -> Now:
    now = Now(resolve("default"), keys=True, state="listening")
    for event in happened:
        now.take(event)
    return now


def test_a_turn_as_it_goes() -> None:
    assert "you  > Où est l'été\n" in shown(after(TURN[:3]), console())
    assert "hearing" in shown(after(TURN[:3]), console())
    assert "-20 dB" in shown(after(TURN[:3]), console())
    assert "swv6 > Il fait beau à Besançon.\n" in shown(after(TURN[:12]), console())
    assert "space interrupts" in shown(after(TURN[:12]), console())


def test_the_last_answer_against_its_budget_and_who_gave_it() -> None:
    text = shown(after(TURN), console(100))
    assert "last 1150/1200 ms  stt 300/400 prism  llm 700/500! xllamacpp  tts 150/200 espeak\n" in text
    assert "tts espeak, because kokoro: its weights are damaged\n" in text
    assert "150/200 espeak" in shown(after(TURN), console(50)).replace("\n", " ")


def test_a_repeat_and_a_recovered_backend_change_no_verdict() -> None:
    again = events.ReplyEnded(1, "Il fait beau.", "ok", 0.0, 0.0, 0.001, 0.002)
    text = shown(after([*TURN, events.CacheUsed("tts", "kokoro", True), again]), console())
    assert "last 1150/1200 ms" in text
    assert "because" not in text


def test_what_is_typed_stays_in_sight() -> None:
    now = after([])
    now.line = "mot " * 60 + "fin"
    last = shown(now, console(40)).splitlines()[-1]
    assert last.endswith("fin_")
    assert len(last) < 40


def test_muted_and_a_console_without_unicode() -> None:
    assert "muted" in shown(after([events.Muted(True)]), console())
    assert shown(after(TURN[:2]), console(encoding="cp1252")).isascii()


@given(
    st.lists(st.sampled_from([*TURN, events.Muted(True), events.Muted(False)])), st.integers(1, 200), st.integers(1, 9)
)
def test_no_line_is_wider_and_no_block_higher_than_the_terminal(happened: list[Event], width: int, height: int) -> None:
    lines = live_lines.bottom(after(happened), console(width, height))
    assert all(line.cell_len < max(width, 2) for line in lines)
    assert len(lines) <= max(height - 1, 1)


def test_the_conversation_stays_in_the_scroll_back() -> None:
    on = console()
    with LiveView(resolve("default"), keys=True, console=on) as view:
        for event in TURN:
            view(event)
    on.file.flush()
    printed = on.file.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert printed.count("Où est l'été ?") == 1
    assert "passed over: its weights are damaged" in printed
    assert printed.rindex("Il fait beau à Besançon.") > printed.index("passed over")
    assert printed.rindex("\x1b[?25h") > printed.rindex("\x1b[?25l")


@pytest.mark.parametrize(
    ("sent", "keys"),
    [("\x1b[A\x1b[1;5Cé", "é"), ("\x1bOP\x1b[3~q", "q"), ("a\r", "a\n"), ("\b", "\x7f"), ("\x1b", "\x1b")],
)
def test_arrows_and_function_keys_are_no_keys(sent: str, keys: str) -> None:
    assert tidied(sent) == keys


class FakeHands:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.did = list[str]()
        self.talk = self
        self.muted = False

    def press(self) -> None:
        """Write it down."""
        self.did.append("press")

    def mute(self, on: bool) -> None:
        """Write it down."""
        self.muted = on
        self.did.append(f"mute {on}")

    def type(self, text: str) -> None:
        """Write it down."""
        self.did.append(f"type {text}")

    def say_again(self) -> None:
        """Write it down."""
        self.did.append("again")


@pytest.mark.anyio
async def test_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    import anyio

    async def pressed():  # type: ignore[no-untyped-def]
        for key in " mmrtqé!\x7f\nt\x1bz tx\n":
            yield key
        yield "q"
        await anyio.sleep_forever()

    monkeypatch.setattr("swv6.cli.live_keys.pressed", pressed)
    hands, view = FakeHands(), LiveView(resolve("default"), keys=True, console=console())
    board = Board(view)
    board.hands = hands  # type: ignore[assignment]
    with anyio.fail_after(30), anyio.CancelScope() as scope:
        await board.attend(scope)
    assert scope.cancelled_caught
    assert hands.did == ["press", "mute True", "mute False", "again", "type qé", "press", "type x"]


@pytest.mark.weights
@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal that a test can type into: Unix only")
@pytest.mark.parametrize("end", ["q", "\x03", "\x03\x03", "SIGTERM"])
def test_a_conversation_in_a_terminal(end: str, tmp_path: object) -> None:
    from tests.cli.terminal import Terminal

    slow = ["--set", "microphone.0.wav.real_time=true", "--set", "microphone.0.wav.silence_after=30 s"]
    terminal = Terminal("talk", "-p", "offline-test", "--yes", *slow, cwd=str(tmp_path))
    terminal.see("loading")
    terminal.see("listening")
    assert not terminal.echoes
    terminal.see("hearing")
    if end == "q":
        terminal.see("you  >")
        terminal.see("thinking")
        terminal.see("last ")
        terminal.send("t")
        terminal.send("Was it warm?\r")
        terminal.see("type > Was it warm")
        terminal.see("you  > Was it warm?")
    terminal.end(end)
    assert terminal.code == {"q": 0, "\x03": 130, "SIGTERM": 130, "\x03\x03": 130}[end]
    assert terminal.echoes
    assert "Traceback" not in terminal.seen
    assert terminal.seen.rindex("\x1b[?25h") > terminal.seen.rindex("\x1b[?25l"), terminal.seen
