"""Files that are whole or not there, made once, never over somebody else's work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

import pytest

from swv6.errors import Swv6Error
from swv6.transcription import ledger
from swv6.transcription.jobs import Job, Source
from swv6.transcription.keeping import Files
from swv6.types import Transcript

SAID = Transcript("bonjour", duration=2.5)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "rec").mkdir()
    (tmp_path / "rec" / "a.wav").write_bytes(b"sound")
    return Job(Source(tmp_path / "rec" / "a.wav", "rec/a.wav", tmp_path / "rec"), "sub/a")


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    with ledger.opened(tmp_path / "out") as book:
        yield Files(
            tmp_path / "out",
            {".txt": lambda t, job: t.text.encode(), ".json": lambda t, job: f'"{t.text}"'.encode()},
            "options",
            book,
        )


def kept(files: Files, job: Job, said: Transcript = SAID) -> Path:
    assert files.done(job) is None
    files.keep(job, said)
    return files.folder / "sub" / "a.txt"


def test_what_is_done_is_skipped_with_its_length(files: Files, job: Job) -> None:
    assert kept(files, job).read_text(encoding="utf-8") == "bonjour"
    assert (files.folder / "sub" / "a.json").read_text(encoding="utf-8") == '"bonjour"'
    assert files.done(job) == 2.5
    assert replace(files, resume=False).done(job) is None


def test_another_sound_other_options_or_a_lost_file_are_done_again(files: Files, job: Job) -> None:
    kept(files, job)
    assert replace(files, options="others").done(job) is None
    (files.folder / "sub" / "a.json").unlink()
    assert kept(files, job).exists()
    job.source.path.write_bytes(b"another sound")
    assert kept(files, job, Transcript("bonsoir")).read_text(encoding="utf-8") == "bonsoir"


def test_a_file_from_elsewhere_stays(files: Files, job: Job) -> None:
    path = files.folder / "sub" / "a.txt"
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Swv6Error, match="exists already") as refused:
        files.done(job)
    assert "--overwrite" in refused.value.hint
    assert path.read_text(encoding="utf-8") == "mine"
    assert kept(replace(files, overwrite=True), job).read_text(encoding="utf-8") == "bonjour"


def test_a_format_that_was_left_out_for_a_while_is_still_known(files: Files, job: Job) -> None:
    path = kept(files, job)
    narrow = replace(files, writers={".json": files.writers[".json"]})
    assert narrow.done(job) == 2.5
    kept(replace(narrow, options="others"), job)
    assert kept(replace(files, options="others"), job, Transcript("bonsoir")) == path  # the text was made otherwise
    assert path.read_text(encoding="utf-8") == "bonsoir"
    assert replace(files, options="others").done(job) is not None


def test_an_edited_text_is_replaced_when_that_is_asked(files: Files, job: Job) -> None:
    path = kept(files, job)
    path.write_text("bonjour, corrected", encoding="utf-8")
    assert kept(replace(files, overwrite=True), job) == path
    assert path.read_text(encoding="utf-8") == "bonjour"


def test_an_edited_text_counts_as_done_and_is_not_replaced(files: Files, job: Job) -> None:
    kept(files, job).write_text("bonjour, corrected", encoding="utf-8")
    assert files.done(job) == 2.5
    with pytest.raises(Swv6Error, match="was changed since it was written"):
        replace(files, options="others").done(job)


@pytest.mark.parametrize("put", [0, 1])
def test_a_kill_between_any_two_files_is_mended(
    files: Files, job: Job, put: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies when `put` of the new files are in their places."""
    kept(files, job)
    job.source.path.write_bytes(b"another sound")
    assert files.done(job) is None
    places = 0

    def dying(source: Path, target: Path) -> None:
        nonlocal places
        if places == put:
            raise KeyboardInterrupt
        places += 1
        source.rename(target)

    with monkeypatch.context() as patched:
        patched.setattr("swv6.transcription.keeping.os.replace", dying)
        with pytest.raises(KeyboardInterrupt):
            files.keep(job, Transcript("bonsoir"))
    files.tidy()
    left = sorted(path.name for path in (files.folder / "sub").iterdir())
    assert left == ["a.json", "a.txt"]
    assert kept(files, job, Transcript("bonsoir")).read_text(encoding="utf-8") == "bonsoir"
    assert files.done(job) is not None


def test_what_cannot_be_written_leaves_nothing(files: Files, job: Job) -> None:
    (files.folder / "sub").write_text("a file where a folder should be", encoding="utf-8")
    assert files.done(job) is None
    with pytest.raises(Swv6Error, match=r"rec/a\.wav: its text cannot be written: .*a\.txt, \.json are not written"):
        files.keep(job, SAID)
    assert [path.name for path in files.folder.iterdir() if "part" in path.name] == []


def _full_from(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Fill the disk when the `number`-th file is half-way."""
    written = 0

    def write(path: Path, content: bytes) -> int:
        nonlocal written
        written += 1
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        if written >= number:
            raise OSError(ENOSPC, os.strerror(ENOSPC))  # what Python raises: it names no file
        return file_write(path, content)

    file_write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", write)


def test_a_full_disk_is_named_with_what_is_missing(files: Files, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there before stays, and is known still."""
    path = kept(files, job)
    job.source.path.write_bytes(b"another sound")
    assert files.done(job) is None
    with monkeypatch.context() as patched:
        _full_from(patched, 2)
        with pytest.raises(Swv6Error) as told:
            files.keep(job, Transcript("bonsoir"))
    assert told.value.what == f"rec/a.wav: the disk is full: {path}, .json are not written"
    assert "make room" in told.value.hint
    assert {p.name: p.read_text(encoding="utf-8") for p in path.parent.iterdir()} == {
        "a.txt": "bonjour", "a.json": '"bonjour"'
    }  # fmt: skip
    job.source.path.write_bytes(b"sound")
    assert files.done(job) == 2.5


def test_a_ledger_that_does_not_fit_fails_what_is_not_written(
    files: Files, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.done(job) is None
    _full_ledger(monkeypatch, files, whole=False)
    with pytest.raises(Swv6Error, match=r"rec/a\.wav: the disk is full: .*a\.txt, \.json are not written"):
        files.keep(job, SAID)
    assert not (files.folder / "sub").exists()


def test_a_text_that_is_whole_is_done_though_no_ledger_says_so(
    files: Files, job: Job, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patched:
        _full_ledger(patched, files, whole=True)
        assert kept(files, job).read_text(encoding="utf-8") == "bonjour"
    assert "rec/a.wav: is written, but not noted" in caplog.text
    files.tidy()
    assert kept(files, job).read_text(encoding="utf-8") == "bonjour"  # made again by the next run
    assert files.done(job) == 2.5


def _full_ledger(monkeypatch: pytest.MonkeyPatch, files: Files, whole: bool) -> None:
    """Leave no page for the entries that say `whole`, or for those that do not."""
    put = ledger.Ledger.put

    def full(book: ledger.Ledger, place: str, entry: ledger.Entry) -> None:
        if entry.whole == whole:
            entry = replace(entry, files={"x" * 1_000_000: ""})
            book._database.execute("pragma max_page_count = 1")
        put(book, place, entry)

    monkeypatch.setattr(ledger.Ledger, "put", full)


def test_two_runs_do_not_share_a_folder(files: Files) -> None:
    with pytest.raises(Swv6Error, match="another swv6 transcribe"), ledger.opened(files.folder):
        pass


def test_a_damaged_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / ledger.NAME).write_bytes(b"no database at all" * 1000)
    with pytest.raises(Swv6Error, match="is damaged") as refused, ledger.opened(tmp_path):
        pass
    assert "remove it" in refused.value.hint


def test_a_name_with_a_line_s_end_is_remembered(files: Files, job: Job) -> None:
    odd = replace(job, place="sub/a\nb\u2028c")
    assert files.done(odd) is None
    files.keep(odd, SAID)
    assert files.done(odd) == 2.5
    assert replace(files, options="others").done(odd) is None  # not "was not made by swv6"


def test_a_name_that_is_no_text_is_refused(files: Files, job: Job) -> None:
    with pytest.raises(Swv6Error, match=r"rec/a\.wav: its name is no UTF-8"):
        files.done(replace(job, place="\udce9t\udce9"))


def test_a_recording_that_changes_while_it_is_heard_is_heard_again(files: Files, job: Job) -> None:
    assert files.done(job) is None
    job.source.path.write_bytes(b"sound that grew")
    files.keep(job, SAID)
    assert files.done(job) is None


def test_a_recording_that_was_only_touched_is_done(files: Files, job: Job) -> None:
    kept(files, job)
    os.utime(job.source.path, (1, 1))
    assert files.done(job) == 2.5


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(Swv6Error, match="is a file, and texts need a folder"), ledger.opened(tmp_path / "out"):
        pass
