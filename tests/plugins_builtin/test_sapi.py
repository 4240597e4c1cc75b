"""The voices of Windows against a fake COM object: our own logic only, no Windows was at hand."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import anyio
import numpy as np
import pytest

from swv6.plugins import ModelError
from swv6.testing.stage import collect
from swv6.testing.tts import TTSContract
from tests.plugins_builtin.offers import offer

ENDLESS = "Bla"
"""What is spoken without an end."""


class _Token:
    def __init__(self, name: str, language: str) -> None:
        self.name, self.language = name, language

    def GetDescription(self) -> str:  # noqa: N802
        return self.name

    def GetAttribute(self, _: str) -> str:  # noqa: N802
        return self.language


class _Voice:
    """Speaks 50 ms a character, and needs three looks to be done."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.looks, self.said, self.purged = 0, "", 0
        self.AudioOutputStream: Any = None
        self.Voice: Any = None

    def GetVoices(self) -> Any:  # noqa: N802
        tokens = [_Token("Microsoft Zira Desktop", "409"), _Token("Microsoft Hortense Desktop", "40C;9")]
        return SimpleNamespace(Count=len(tokens), Item=tokens.__getitem__)

    def Speak(self, text: str, flags: int) -> None:  # noqa: N802
        assert threading.get_ident() == self.thread
        assert flags & 1, "waiting is for WaitUntilDone, which looks whether anybody listens"
        assert flags & 16 or not text, "a text is no XML"
        self.looks, self.said, self.purged = 3 if text != ENDLESS else 1 << 30, text, self.purged + bool(flags & 2)

    def WaitUntilDone(self, _: int) -> bool:  # noqa: N802
        time.sleep(0.001)
        self.looks -= 1
        if self.looks <= 0:
            self.AudioOutputStream.pcm = (np.ones(1102 * len(self.said)) * 1000).astype("<i2").tobytes()
        return self.looks <= 0


class _Stream:
    def __init__(self) -> None:
        self.Format, self.pcm = SimpleNamespace(Type=0), b""

    def GetData(self) -> tuple[int, ...]:  # noqa: N802
        assert self.Format.Type == 22
        return tuple(self.pcm)


@pytest.fixture
def com(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Stand in for comtypes; give what was made and how often COM was entered."""
    made: dict[str, Any] = {"depth": 0, "voices": []}
    package, client = ModuleType("comtypes"), ModuleType("comtypes.client")

    def create(name: str) -> Any:
        if name == "SAPI.SpMemoryStream":
            return _Stream()
        made["voices"].append(_Voice())
        return made["voices"][-1]

    def enter(by: int) -> None:
        made["depth"] += by

    fakes = {"CoInitialize": lambda: enter(1), "CoUninitialize": lambda: enter(-1), "client": client}
    for name, fake in fakes.items():
        setattr(package, name, fake)
    client.CreateObject = create  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "comtypes", package)
    monkeypatch.setitem(sys.modules, "comtypes.client", client)
    yield made
    assert made["depth"] == 0


@pytest.mark.usefixtures("com")
class TestSapi(TTSContract):
    """The contract, with the platform's check off."""

    backend = replace(offer("sapi", "tts"), platforms=(), requires=("numpy",))
    options: ClassVar = {"language": "fr"}
    broken = ({"language": "it"}, {"voice": "Nobody"})

    def test_the_offer_imports_no_engine(self) -> None:
        """The real offer is checked: the one above requires what is always there."""
        real = type("Real", (TTSContract,), {"backend": offer("sapi", "tts")})
        real().test_the_offer_imports_no_engine()

    async def test_the_voice_of_the_language_speaks(self, com: dict[str, Any]) -> None:
        """Hortense, not Zira, speaks French; all on one thread, which is not ours."""
        async with self.opened() as stage:
            await collect(stage("Bonjour"))
        assert com["voices"][0].Voice.name == "Microsoft Hortense Desktop"
        assert com["voices"][0].thread != threading.get_ident()

    async def test_a_voice_is_found_by_part_of_its_name(self, com: dict[str, Any]) -> None:
        """Whatever its language."""
        async with self.opened(voice="zira"):
            assert com["voices"][0].Voice.name == "Microsoft Zira Desktop"

    async def test_who_leaves_early_purges_what_is_spoken(self, com: dict[str, Any]) -> None:
        """And the next text is spoken."""
        async with self.opened() as stage:
            with anyio.move_on_after(0.05):
                await collect(stage(ENDLESS))
            assert await collect(stage("Bonjour"))
        assert com["voices"][0].purged == 1

    async def test_no_voice_says_where_to_add_one(self) -> None:
        """The hint is the page of Windows' settings."""
        with pytest.raises(ModelError, match="Add voices"):
            async with self.opened(language="it"):
                pass


def test_elsewhere_it_says_why_it_cannot_be_used() -> None:
    """On another system the offer is listed with the reason."""
    if not sys.platform.startswith("win32"):
        assert "win32" in offer("sapi", "tts").missing()
