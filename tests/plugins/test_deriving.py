"""What is made of weights: once, again when they change, and never half."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.plugins import derived


def upper(source: Path, target: Path) -> None:
    target.write_text(source.read_text(encoding="utf-8").upper(), encoding="utf-8")


def refuse(source: Path, target: Path) -> None:
    target.write_text("half", encoding="utf-8")
    raise ValueError(source.name)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_text("voice", encoding="utf-8")
    return path


def test_it_is_made_once_and_kept_beside_the_weights(weights: Path) -> None:
    made = derived(weights, "loud-1.bin", upper)
    assert made.read_text(encoding="utf-8") == "VOICE"
    assert made.parent.parent == weights.parent
    assert derived(weights, "loud-1.bin", refuse) == made


def test_it_is_made_again_when_the_weights_or_itself_changed(weights: Path) -> None:
    made = derived(weights, "loud-1.bin", upper)
    weights.write_text("other voice", encoding="utf-8")
    assert derived(weights, "loud-1.bin", upper).read_text(encoding="utf-8") == "OTHER VOICE"
    made.write_text("tampered", encoding="utf-8")
    assert derived(weights, "loud-1.bin", upper).read_text(encoding="utf-8") == "OTHER VOICE"
    made.unlink()
    assert derived(weights, "loud-1.bin", upper).exists()


def test_what_fails_leaves_nothing(weights: Path) -> None:
    with pytest.raises(ValueError, match=r"weights\.bin"):
        derived(weights, "loud-1.bin", refuse)
    assert [path for path in weights.parent.rglob("*") if path.is_file()] == [weights]


@pytest.mark.parametrize("note", ["", "{}", "[1, 2]"])
def test_a_note_that_says_nothing_is_not_believed(weights: Path, note: str) -> None:
    made = derived(weights, "loud-1.bin", upper)
    made.with_name(f"{made.name}.json").write_text(note, encoding="utf-8")
    made.write_text("tampered", encoding="utf-8")
    assert derived(weights, "loud-1.bin", upper).read_text(encoding="utf-8") == "VOICE"
