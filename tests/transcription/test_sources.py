"""What names recordings, and where their texts go."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from swv6.audio.files import read
from swv6.errors import AudioError, UsageError
from swv6.transcription.piped import spooled
from swv6.transcription.places import placed
from swv6.transcription.sources import found


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.WAV", "a.mp3", "notes.txt", ".hidden.wav", "sub/c.mkv", ".git/d.wav", "sub/deep/e.opus"):
        (tmp_path / "rec" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "rec" / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(argument: str) -> list[str]:
    return [Path(source.name).as_posix() for source in found(argument)]


def test_a_folder_is_searched_in_order_without_what_is_hidden_or_no_sound(tree: Path) -> None:
    assert names("rec") == ["rec/a.mp3", "rec/b.WAV", "rec/sub/c.mkv", "rec/sub/deep/e.opus"]


def test_patterns_are_expanded_where_the_shell_does_not(tree: Path) -> None:
    assert names("rec/*.mp3") == ["rec/a.mp3"]
    assert names("rec/**/*.opus") == ["rec/sub/deep/e.opus"]
    assert names("rec/s*") == ["rec/sub/c.mkv", "rec/sub/deep/e.opus"]


def test_a_file_is_taken_by_its_name_whatever_it_is_called(tree: Path) -> None:
    (tree / "rec" / "take[1].wav").touch()
    assert names("rec/notes.txt") == ["rec/notes.txt"]
    assert names("rec/take[1].wav") == ["rec/take[1].wav"]
    assert names("rec/missing.wav") == ["rec/missing.wav"]  # whoever reads it names the nearest


@pytest.mark.parametrize(("argument", "says"), [("rec/*.xyz", "no file matches"), (".", "no sound or video file")])
def test_what_names_nothing_is_told(argument: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AudioError, match=says):
        found(argument)


def places(*arguments: str) -> list[str]:
    return [job.place for job in placed([source for argument in arguments for source in found(argument)])]


def test_the_tree_is_mirrored_below_what_the_arguments_share(tree: Path) -> None:
    assert places("rec") == ["a", "b", "sub/c", "sub/deep/e"]
    assert places("rec/sub/c.mkv") == ["c"]
    assert places("rec/**/*.opus") == ["sub/deep/e"]
    assert places("rec/sub/deep", "rec/a.mp3") == ["sub/deep/e", "a"]


def test_two_recordings_for_one_place_are_both_named(tree: Path) -> None:
    (tree / "rec" / "A.flac").touch()
    with pytest.raises(UsageError, match=r"A\.flac and .*a\.mp3 would both be written to"):
        places("rec")


def test_standard_input_is_kept_for_the_decoders(tmp_path: Path) -> None:
    source = spooled(io.BytesIO(bytes(3200)), tmp_path, raw_rate=16000)
    assert (source.name, placed([source])[0].place) == ("-", "stdin")
    assert read(source.path).seconds == 0.1
    with pytest.raises(AudioError, match="standard input is empty"):
        spooled(io.BytesIO(), tmp_path)
