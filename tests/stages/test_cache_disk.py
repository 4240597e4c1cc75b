"""Answers on disk: order, age, budget; damage, foreign files, full and closed folders; ten processes at once."""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import subprocess
import sys
from collections import OrderedDict
from contextlib import closing
from pathlib import Path

import pytest

from swv6.stages import cache_disk
from swv6.stages.cache_disk import Disk
from swv6.stages.cache_folder import Figures, clear, figures, folder
from tests.stages.fakes import Clock

ROW = cache_disk._OVERHEAD


def disk(path: Path, values: float = 3, ttl: float = 100, clock: Clock | None = None) -> Disk:
    """Make room for so many values of 1000 bytes."""
    return Disk(path, values * (1000 + ROW), ttl, clock or Clock())


def value(text: str) -> bytes:
    return text.encode() * (1000 // len(text))


def test_another_process_finds_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "tts.sqlite3"
    first, second = disk(path), disk(path)
    first.put(b"a", value("a"))
    assert (second.get(b"a"), second.get(b"b")) == (value("a"), None)
    first.close()
    second.close()
    assert figures(path) == Figures(1, 1000 + ROW, Clock().now, hits=1, misses=1)
    assert os.name == "nt" or path.parent.stat().st_mode & 0o077 == 0


def test_order_age_and_budget_agree_with_a_plain_dictionary(tmp_path: Path) -> None:
    clock, rng, path = Clock(), random.Random(5), tmp_path / "tts.sqlite3"
    kept, model = disk(path, 10, 50, clock), OrderedDict[bytes, float]()
    for _ in range(400):
        clock.now += rng.choice([0.25, 0.5, 4.0])
        key = f"{min(int(rng.paretovariate(0.6)), 40)}".encode()
        for old in [k for k, made in model.items() if clock.now >= made + 50]:
            del model[old]
        found = kept.get(key)
        assert (found is not None) == (key in model)
        if key in model:
            model.move_to_end(key)
            continue
        kept.put(key, value("x"))
        model[key] = clock.now
        if len(model) > 10:
            model.popitem(last=False)
    kept.close()
    assert figures(path).entries == len(model)
    assert figures(path).bytes == len(model) * (1000 + ROW) <= kept.max_bytes


def test_the_file_stays_near_the_budget_and_gives_room_back(tmp_path: Path) -> None:
    path = tmp_path / "tts.sqlite3"
    kept = Disk(path, 2e6, 100)
    for number in range(200):
        kept.put(str(number).encode(), os.urandom(50_000))
    kept.close()
    assert path.stat().st_size < 2.2e6
    smaller = Disk(path, 5e5, 100)
    smaller.put(b"one more", os.urandom(50_000))
    smaller.close()
    assert figures(path).bytes <= 5e5
    assert path.stat().st_size < 7e5


def test_what_is_bigger_than_the_budget_is_not_kept(tmp_path: Path) -> None:
    kept = disk(tmp_path / "tts.sqlite3", 1)
    kept.put(b"a", value("a"))
    kept.put(b"b", value("b") * 2)
    assert (kept.get(b"b"), kept.get(b"a")) == (None, value("a"))


@pytest.mark.parametrize("content", [b"no database at all" * 99, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_cache_is_begun_anew(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "tts.sqlite3"
    path.write_bytes(content)
    kept = disk(path)
    assert kept.get(b"a") is None
    kept.put(b"a", value("a"))
    assert kept.get(b"a") == value("a")
    assert [r.levelno for r in caplog.records] == [logging.WARNING]


def test_a_database_of_something_else_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "tts.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE answers (key, value)")
    kept = disk(path)
    kept.put(b"a", value("a"))
    kept.put(b"a", value("a"))
    assert kept.get(b"a") == value("a")


def test_damage_in_the_middle_of_the_file_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "tts.sqlite3"
    kept = Disk(path, 1e7, 100)
    for number in range(50):
        kept.put(str(number).encode(), os.urandom(20_000))
    kept.close()
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 8192):
            file.seek(page * 8192)
            file.write(b"\xa5" * 4000)
    again = Disk(path, 1e7, 100)
    for number in range(50):
        again.get(str(number).encode())
    again.put(b"new", b"value")
    assert again.get(b"new") == b"value"


def test_text_where_bytes_should_be_is_a_miss(tmp_path: Path) -> None:
    path = tmp_path / "tts.sqlite3"
    kept = disk(path)
    kept.put(b"a", value("a"))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE answers SET value = 'text'")
    assert kept.get(b"a") is None


def test_a_folder_that_cannot_be_made_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = disk(tmp_path / "file" / "tts.sqlite3")
    for _ in range(3):
        kept.put(b"a", value("a"))
        assert kept.get(b"a") is None
    kept.close()
    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    assert "answers are not kept on disk" in caplog.text


def test_a_full_disk_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "tts.sqlite3"
    kept = Disk(path, 1e9, 100)
    kept.put(b"a", b"small")
    kept._writer.use(lambda db: db.execute("PRAGMA max_page_count = 9").fetchall())
    kept.put(b"b", os.urandom(100_000))  # SQLite answers as on a full disk
    kept.put(b"c", os.urandom(100_000))
    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    assert "full" in caplog.text


def test_another_process_that_holds_the_file_costs_one_answer_and_no_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_disk, "PATIENCE", 0.05)
    path = tmp_path / "tts.sqlite3"
    kept = disk(path)
    kept.put(b"a", value("a"))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        kept.put(b"b", value("b"))
        assert kept.get(b"a") == value("a")
        db.execute("ROLLBACK")
    kept.put(b"c", value("c"))
    assert (kept.get(b"b"), kept.get(b"c")) == (None, value("c"))
    assert not caplog.records


def test_clearing_works_under_those_who_use_it(tmp_path: Path) -> None:
    path = tmp_path / "tts.sqlite3"
    kept = Disk(path, 1e7, 100)
    for number in range(50):
        kept.put(str(number).encode(), os.urandom(20_000))
    clear(path)
    assert (figures(path).entries, kept.get(b"1")) == (0, None)
    assert path.stat().st_size < 100_000
    kept.put(b"1", b"again")
    assert kept.get(b"1") == b"again"


def test_off_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SWV6_CACHE", "off")
    assert folder() is None
    monkeypatch.setenv("SWV6_CACHE", str(tmp_path))
    assert folder() == tmp_path


PROCESS = """
import random, sys
from pathlib import Path
from swv6.stages.cache_disk import Disk
rng, disk, wrong = random.Random(int(sys.argv[2])), Disk(Path(sys.argv[1]), 400_000, 1000), 0
for turn in range(120):
    key = str(min(int(rng.paretovariate(0.7)), 60)).encode()
    found = disk.get(key)
    wrong += found is not None and found != key * (20_000 // len(key))
    if found is None:
        disk.put(key, key * (20_000 // len(key)))
disk.close()
print("wrong", wrong)
"""


def test_ten_processes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "tts.sqlite3"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(path), str(number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(10)
    ]
    ends = [process.communicate(timeout=120) for process in started]
    assert ends == [("wrong 0\n", "")] * 10
    found = figures(path)
    assert found.hits + found.misses == 10 * 120
    assert found.hits > found.misses
    assert 0 < found.bytes <= 400_000
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
