"""The simple repository API (PEP 503, 691): which file of a project is the pinned one."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import url2pathname

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from swv6.errors import ModelError
from swv6.models.download import Link, explained, host

if TYPE_CHECKING:
    import httpx

JSON = "application/vnd.pypi.simple.v1+json"
ACCEPT = f"{JSON}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


class _Anchors(HTMLParser):
    """Collect the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "base":
            self.base = self.base or address
        elif tag == "a" and address:
            self.links.append(address)


def project_url(index: str, package: str) -> str:
    """Where `index` lists `package`."""
    return f"{_url(index).rstrip('/')}/{canonicalize_name(package)}/"


def find_links_url(location: str) -> str:
    """Where a `find-links` value points: a page or a folder."""
    return _url(location)


def _url(location: str) -> str:
    """Turn a path into an address; leave addresses alone."""
    return location if "://" in location or location.startswith("file:") else Path(location).expanduser().as_uri()


def links(client: httpx.Client, url: str) -> list[Link]:
    """List what a page or a folder offers; empty when there is no such page.

    Raises ModelError: no network, or an answer that is no index.
    """
    if url.startswith("file:"):
        return list(_folder(Path(url2pathname(urlsplit(url).path))))
    with explained(url):
        response = client.get(url, headers={"Accept": ACCEPT})
        if response.status_code in (404, 410):
            return []
        response.raise_for_status()
    if response.headers.get("content-type", "").startswith(JSON):
        try:
            return [_json(str(response.url), entry) for entry in response.json()["files"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{host(url)} answered with something that is no package index") from error
    return list(_html(str(response.url), response.text))


def _join(base: str, address: str) -> str:
    """Resolve an address; credentials of a page count for the files on the same host, as for pip."""
    joined, page = urlsplit(urljoin(base, address)), urlsplit(base)
    same = (joined.scheme, joined.netloc) == (page.scheme, page.netloc.rpartition("@")[2])
    return (joined._replace(netloc=page.netloc) if same else joined).geturl()


def _json(base: str, entry: dict[str, Any]) -> Link:
    hashes = entry.get("hashes", {})
    return Link(_join(base, entry["url"]), entry["filename"], hashes.get("sha256", ""), size=entry.get("size") or 0)


def _html(base: str, text: str) -> Iterator[Link]:
    page = _Anchors()
    page.feed(text)
    for address in page.links:
        url, _, fragment = _join(urljoin(base, page.base), address).partition("#")
        sha256 = fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else ""
        yield Link(url, unquote(urlsplit(url).path.rsplit("/", 1)[-1]), sha256)


def _folder(path: Path) -> Iterator[Link]:
    page = path / "index.html" if path.is_dir() else path
    if page.is_file() and page.suffix in (".html", ".htm"):
        yield from _html(page.as_uri(), page.read_text(encoding="utf-8"))
    elif path.is_dir():
        yield from (Link(file.absolute().as_uri(), file.name) for file in sorted(path.iterdir()) if file.is_file())


def pinned(offers: list[Link], kind: str, package: str, version: str) -> Link | None:
    """Choose the wheel or sdist of exactly this version."""
    wanted = (canonicalize_name(package), Version(version))
    return next((link for link in offers if _identity(kind, link.name) == wanted), None)


def _identity(kind: str, name: str) -> tuple[str, Version] | None:
    try:
        if kind == "wheel":
            return parse_wheel_filename(name)[:2] if name.endswith(".whl") else None
        return parse_sdist_filename(name) if name.endswith((".tar.gz", ".zip")) else None
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None
