"""A conversation as lines on a terminal: what was said on stdout, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from swv6.cli.notices import Fallbacks
from swv6.telemetry import events, log

if TYPE_CHECKING:
    from swv6.conversation.session import Session
    from swv6.profiles import Profile


class Printer:
    """A listener that prints; it is called with events, in order, from one task at a time."""

    def __init__(self, profile: Profile, typed: bool) -> None:
        self.profile = profile
        self.typed = typed
        self.fallbacks = Fallbacks()
        self._backends: dict[str, str] = {}
        self._speaking = False
        self._typed = ""

    def __enter__(self) -> Printer:
        return self

    def __exit__(self, *error: object) -> None:
        self._break()

    def __call__(self, event: events.Event) -> None:
        """Print one event, if it is for people."""
        match event:
            case events.StageEnded(outcome="ok"):
                self._backends[event.kind] = event.backend
            case events.CacheUsed(hit=True):
                self._backends[event.kind] = f"{event.backend}, cached"
            case events.FellBack() if self.fallbacks.is_news(event):
                self._note(f"{event.kind}: {event.backend} passed over: {event.reason}")
            case events.Notice():
                self._note(event.text)
            case events.DeviceLost():
                self._note(f"{event.kind} lost: {event.reason}; waiting for it")
            case events.DeviceBack():
                self._note(f"{event.kind} is back: {event.name}")
            case events.Muted(on):
                self._note("microphone muted" if on else "microphone heard again")
            case events.Keyed(down=True):
                self._note("speak; space ends your turn")
            case events.Asleep():
                self._note(f"asleep until you say {' or '.join(event.words)}")
            case events.Awake():
                self._note(f"awake: {event.word}")
            case events.TurnHeard() if event.text.strip():
                self._line("you ", event.text)
            case events.ReplyText():
                self._say(event.text)
            case events.ReplyEnded():
                self._ended(event)
            case _:
                pass

    def ready(self, session: Session) -> None:
        """Say what is open and what to do."""
        name = f"profile {self.profile.name} ({self.profile.language})"
        push = self.profile.turns.mode == "push"
        how = "type, Ctrl-D ends" if self.typed else "listening, Ctrl-C ends"
        how = "space begins and ends your turn, q quits" if push and not self.typed else how
        if (
            not self.typed
            and session.microphone
            and session.microphone.live
            and not (push or session.profile.turns.barge_in)
        ):
            how += '; to interrupt by speaking: --headphones, or pip install "swv6[aec]"'
        self._print(f"{name}: {how}")

    def typing(self, line: str | None) -> None:
        """Echo a line as it is typed; None when it is done."""
        if line is None:
            print(flush=True)
        elif len(line) < len(self._typed):
            print("\b \b", end="", flush=True)
        else:
            self._break()
            print(line[len(self._typed) :] or "type > ", end="", flush=True)
        self._typed = line or ""

    def asked(self, text: str) -> None:
        """Show what the user typed as a question."""
        self._line("you ", text)

    async def lines(self) -> AsyncIterator[str]:
        """Yield the lines typed on stdin, until its end."""
        from anyio import to_thread

        prompt = sys.stdin.isatty()
        while True:
            if prompt:
                print("you > ", end="", flush=True)
            line = await to_thread.run_sync(sys.stdin.readline, abandon_on_cancel=True)
            if not line:
                return
            if not prompt and line.strip():
                self._line("you ", line.strip())
            yield line

    def _say(self, text: str) -> None:
        print(f" {text}" if self._speaking else f"swv6 > {text}", end="", flush=True)
        self._speaking = True

    def _line(self, who: str, text: str) -> None:
        self._break()
        print(f"{who}> {text}", flush=True)

    def _break(self) -> None:
        if self._speaking:
            print(flush=True)
        self._speaking = False

    def _ended(self, reply: events.ReplyEnded) -> None:
        self._break()
        if reply.outcome == "empty":
            return
        parts = [] if self.typed else [self._part("stt", reply.stt)]
        parts += [self._part("llm", reply.llm)]
        parts += [self._part("tts", reply.tts)] if reply.total else []
        budget = self.profile.budget.total
        over = f" (budget {budget * 1e3:.0f})" if reply.total > budget else ""
        sound = f"first sound after {reply.total * 1e3:.0f} ms{over}: " if reply.total else ""
        tail = "" if reply.outcome == "ok" else f" [{reply.outcome}]"
        self._note(f"{sound}{', '.join(parts)}{tail}")

    def _part(self, kind: str, seconds: float) -> str:
        return f"{kind} {seconds * 1e3:.0f} ms ({self._backends.get(kind, '-')})"

    def _note(self, text: str) -> None:
        """Say what an event says, unless the event itself is a line there."""
        self._break()
        if not log.tells_events():
            self._print(text)

    def _print(self, text: str) -> None:
        self._break()
        print(f"     · {text}", file=sys.stderr, flush=True)
