"""`swv6 talk --save`: what cannot be written is told before models are loaded, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.cli import talk
from swv6.cli._keeping import Keeping
from swv6.errors import UsageError


def test_a_folder_is_tried_and_not_left_behind(tmp_path: Path) -> None:
    Keeping("default", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    (tmp_path / "old").mkdir()
    Keeping("default", tmp_path / "old")
    assert not [*(tmp_path / "old").iterdir()]
    (tmp_path / "old" / "conversation.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="holds a conversation already"):
        Keeping("default", tmp_path / "old")


def test_what_cannot_be_written_is_told_before_weights_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(talk, "prepare", lambda *given: pytest.fail("too late"))
    with pytest.raises(UsageError, match="name a folder that can be made"):
        talk.talk(save=tmp_path / "file" / "kept")
