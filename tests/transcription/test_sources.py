"""What names recordings, and where their texts go."""

from __future__ import annotations

import io
import os
import re
import sys
from errno import ENOSPC
from pathlib import Path
from threading import Thread

import pytest

from swv6.audio.files import read
from swv6.errors import AudioError, UsageError
from swv6.transcription.piped import poured, spooled
from swv6.transcription.places import placed
from swv6.transcription.sources import found


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.WAV", "a.mp3", "notes.txt", "app.ts", ".hidden.wav", "sub/c.mkv", ".git/d.wav", "sub/deep/e.opus"):
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
    assert names("rec/*.ts") == ["rec/app.ts"]  # in a folder it is TypeScript
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


@pytest.mark.skipif(sys.platform == "win32", reason="a folder has no such things there")
def test_what_is_no_file_or_cannot_be_shown(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.wav").touch()
    assert found(str(tmp_path))[0].name == f"{tmp_path}/two\\nlines.wav"
    with pytest.raises(AudioError, match="/dev/zero: is a device"):
        found("/dev/zero")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names there")
def test_a_pipe_is_kept_for_the_decoders(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for content in (b"RIFF", b""):
        writer = Thread(target=(tmp_path / "pipe").write_bytes, args=(content,))
        writer.start()
        if content:
            source = poured(found(str(tmp_path / "pipe"))[0], tmp_path)
            assert (source.path.read_bytes(), source.name) == (b"RIFF", str(tmp_path / "pipe"))
            assert placed([source])[0].place == "pipe"
        else:
            with pytest.raises(AudioError, match="nothing came through"):
                poured(found(str(tmp_path / "pipe"))[0], tmp_path)
        writer.join()


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    try:
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    except OSError:  # Windows without the privilege
        return
    assert [source.path.name for source in found(str(tmp_path))] == ["a.wav"]


def test_a_pipe_that_the_disk_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr("swv6.transcription.piped.shutil.copyfileobj", full)
    with pytest.raises(AudioError, match=f"-: the disk of {re.escape(str(tmp_path.parent))} is full") as told:
        spooled(io.BytesIO(b"RIFF"), tmp_path)
    assert "TMPDIR" in told.value.hint
