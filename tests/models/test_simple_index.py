"""The pages of package indexes: JSON, HTML, folders."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from swv6.errors import ModelError
from swv6.models import simple_index
from swv6.models.download import Link
from swv6.models.store import Store
from tests.models import world
from tests.models.conftest import World


def test_json_and_html_give_the_same(toys: World) -> None:
    content = toys.served.pages["/files/toy_2-1.0-py3-none-any.whl"]
    with httpx.Client() as client:
        (json,) = simple_index.links(client, f"{toys.served.url}/simple/toy-2/")
        world.offer(toys.served, "toy-2", "toy_2-1.0-py3-none-any.whl", content, html=True)
        (html,) = simple_index.links(client, f"{toys.served.url}/simple/toy-2/")
        assert simple_index.links(client, f"{toys.served.url}/simple/none/") == []
    url = f"{toys.served.url}/files/toy_2-1.0-py3-none-any.whl"
    assert json == Link(url, "toy_2-1.0-py3-none-any.whl", world.sha(content), size=len(content))
    assert html == Link(url, "toy_2-1.0-py3-none-any.whl", world.sha(content))


def test_a_broken_index_says_who_answered_what(toys: World) -> None:
    toys.served.status["/simple/toy-2/"] = 502
    with httpx.Client() as client, pytest.raises(ModelError, match=r"127\.0\.0\.1 answered 502"):
        simple_index.links(client, f"{toys.served.url}/simple/toy-2/")


def test_something_that_is_no_index_is_said(toys: World) -> None:
    toys.served.pages["/simple/toy-2/"] = b'["hello"]'
    with httpx.Client() as client, pytest.raises(ModelError, match="no package index"):
        simple_index.links(client, f"{toys.served.url}/simple/toy-2/")


@pytest.mark.parametrize(
    ("kind", "version", "name"),
    [
        ("wheel", "1.0", "My_Toy-1.0-py3-none-any.whl"),
        ("wheel", "1.0.0", "My_Toy-1.0-py3-none-any.whl"),
        ("sdist", "1.0", "my_toy-1.0.tar.gz"),
        ("wheel", "2.0", None),
    ],
)
def test_the_pinned_file_is_chosen(kind: str, version: str, name: str | None) -> None:
    names = ["my-toy-extra-1.0.tar.gz", "nonsense.whl", "my_toy-1.0.tar.gz", "My_Toy-1.0-py3-none-any.whl", "x.txt"]
    found = simple_index.pinned([Link("", n) for n in names], kind, "my.toy", version)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("how", ["find-links", "file-index"])
def test_an_air_gapped_folder_of_packages_is_enough(toys: World, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    content = toys.served.pages["/files/toy_voice-1.0.tar.gz"]
    folder = toys.tmp / "packages"
    place = folder if how == "find-links" else folder / "toy-voice"
    place.mkdir(parents=True)
    (place / "toy_voice-1.0.tar.gz").write_bytes(content)
    if how == "find-links":
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    else:
        page = f'<a href="toy_voice-1.0.tar.gz#sha256={world.sha(content)}">toy</a>'
        (place / "index.html").write_text(page, encoding="utf-8")
        monkeypatch.setenv("PIP_INDEX_URL", folder.as_uri())
    assert Store().pull("toy-voice").read_bytes() == world.VOICE
    assert (place / "toy_voice-1.0.tar.gz").read_bytes() == content
    assert toys.served.asked == []


def test_credentials_of_an_index_are_sent_and_never_told(toys: World, monkeypatch: pytest.MonkeyPatch) -> None:
    host = toys.served.url.removeprefix("http://")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://user:secret@{host}/simple")
    page = toys.served.pages["/simple/toy-voice/"].replace(b"../../", f"{toys.served.url}/".encode())
    toys.served.pages["/simple/toy-voice/"] = page
    assert Store().pull("toy-voice").read_bytes() == world.VOICE
    assert set(toys.served.authorized) == {"Basic dXNlcjpzZWNyZXQ="}


def test_a_plain_path_is_a_folder(tmp_path: Path) -> None:
    assert simple_index.project_url(str(tmp_path), "A_b") == f"{tmp_path.as_uri()}/a-b/"
