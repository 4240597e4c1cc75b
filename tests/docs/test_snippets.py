"""The code that only pages show keeps the contract too."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from swv6.plugins import Backend, Options
from swv6.testing.tts import TTSContract

_FILE = Path(__file__).resolve().parents[2] / "docs" / "snippets" / "blocking.py"


def _open(options: Options) -> Any:
    spec = importlib.util.spec_from_file_location("blocking", _FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.open_tts(options)


class TestBlockingVoice(TTSContract):
    """A silly text has no words here, so that its answer is empty."""

    backend = Backend("beeper", "A voice that blocks.", _open, Options)
    text = "one two three four five six"

    def silly(self) -> list[str]:
        """Give texts without a word."""
        return ["", "   "]
