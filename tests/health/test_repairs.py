"""What `--fix` does, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from swv6.errors import ModelError
from swv6.health.findings import Finding
from swv6.health.repairs import Repair, repairs
from swv6.models.catalog import Model
from swv6.models.store import Store
from swv6.profiles import resolve


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_PROFILES", str(tmp_path / "profiles"))


def never(model: Model, again: bool) -> Path:
    raise AssertionError(model.name)


def names(found: list[Repair]) -> set[str]:
    return {repair.name for repair in found}


def test_folders_are_made(tmp_path: Path) -> None:
    store = Store(tmp_path / "models")
    done = [repair.run() for repair in repairs(None, store, never)]
    assert store.root.is_dir()
    assert (tmp_path / "profiles").is_dir()
    assert all(finding.level == "ok" for finding in done)
    assert not repairs(None, store, never)


def test_only_locks_that_nobody_holds_are_removed(tmp_path: Path) -> None:
    store, place = Store(tmp_path), tmp_path / ".partial"
    place.mkdir()
    for name in ("a", "b", "c", "d", "held"):
        (place / f"{name}.lock").touch()
    with FileLock(place / "held.lock"):
        done = [repair.run() for repair in repairs(None, store, never)]
        assert [finding.text for finding in done if finding.name == "fix locks"] == [
            "removed 4 that nobody held: a, b, c, ..."
        ]
        assert sorted(path.name for path in place.iterdir()) == ["held.lock"]


def test_leftovers_go_where_nothing_can_go_on_from_them(tmp_path: Path) -> None:
    """One of a model that the catalog does not know is rubbish; one of a model still to be fetched is its beginning."""
    store = Store(tmp_path)
    for name in ("forgotten", "whisper-base"):
        (tmp_path / ".partial" / name).mkdir(parents=True)
        (tmp_path / ".partial" / name / "a.part").write_bytes(b"x" * 100)
    for repair in repairs(None, store, never):
        repair.run()
    assert [path.name for path in (tmp_path / ".partial").iterdir()] == ["whisper-base"]


def test_missing_models_are_those_of_the_first_usable_backends(tmp_path: Path) -> None:
    pulled = list[tuple[str, bool]]()

    def pull(model: Model, again: bool) -> Path:
        pulled.append((model.name, again))
        return tmp_path

    planned = [repair for repair in repairs(resolve("demo"), Store(tmp_path), pull) if repair.bytes]
    assert not pulled
    for repair in planned:
        repair.run()
    wanted = {"whisper-base", "qwen2.5-coder-1.5b-instruct", "kokoro-v1.0-int8", "ff_siwis"}
    assert set(pulled) == {(name, False) for name in wanted}


def test_a_repair_that_fails_says_why(tmp_path: Path) -> None:
    def pull(model: Model, again: bool) -> Path:
        raise ModelError("no network", "plug it in")

    planned = [repair for repair in repairs(resolve("demo"), Store(tmp_path), pull) if repair.bytes]
    assert planned[0].run() == Finding(f"fix {planned[0].name}", "problem", "no network", "plug it in")
