"""Keep one conversation as files: each turn's sound, and everything said as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from swv6.audio.files import WavWriter
from swv6.errors import UsageError
from swv6.sessions.turn import Turn
from swv6.types import Audio


@dataclass(slots=True)
class Folder:
    """Writes a folder: `conversation.json`, `turn-001-user.wav`, `turn-001-assistant.wav` and so on."""

    folder: Path
    turns: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"--save {self.folder}: {error.strerror or error}", "name a folder that can be made"
            ) from None
        if (self.folder / "conversation.json").exists():
            raise UsageError(f"--save {self.folder}: holds a conversation already", "name another folder, or move it")

    def keep(self, turn: Turn) -> None:
        """Write one turn; what was written before stays whole whatever happens now."""
        stem = f"turn-{turn.number:03d}"
        heard = [turn.user_sound] if turn.user_sound else []
        self.turns.append(
            {
                "turn": turn.number,
                "user": turn.user,
                "assistant": turn.assistant,
                "outcome": turn.outcome,
                "user_audio": self._sound(f"{stem}-user.wav", heard),
                "assistant_audio": self._sound(f"{stem}-assistant.wav", turn.assistant_sounds),
            }
        )
        part = self.folder / ".conversation.json.part"
        part.write_text(json.dumps({"turns": self.turns}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(part, self.folder / "conversation.json")  # noqa: PTH105 (atomic, and over an older one on Windows)

    def _sound(self, name: str, sounds: Sequence[Audio]) -> str | None:
        if not sounds:
            return None
        with WavWriter(self.folder / name, sounds[0].rate) as out:
            for sound in sounds:
                out.append(sound)
        return name
