"""Text from a pipe: what is finished is said while the writer is silent."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import anyio
import pytest

from swv6.cli._arriving import arriving, as_they_come

pytestmark = pytest.mark.anyio


class _Stdin:
    encoding = "utf-8"

    def __init__(self, number: int) -> None:
        self.fileno = lambda: number


@pytest.fixture
def anyio_backend() -> str:
    """Say works with asyncio only."""
    return "asyncio"


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The end of a pipe whose other end is standard input."""
    reads, writes = os.pipe()
    monkeypatch.setattr("sys.stdin", _Stdin(reads))
    yield writes
    os.close(reads)


async def test_a_silent_writer_is_not_waited_for(writer: int) -> None:
    said = as_they_come(arriving())
    with anyio.fail_after(60):
        os.write(writer, "Bonjour à tous. ".encode())
        assert await anext(said) == "Bonjour à tous."
        os.write(writer, "Je m'appelle Zoé. Il est 22.".encode())
        assert [await anext(said), await anext(said)] == ["Je m'appelle Zoé.", "Il est 22."]
        os.write(writer, b"La fin")
        os.close(writer)
        assert [clause async for clause in said] == ["La fin"]


@pytest.mark.parametrize(
    ("deltas", "said"),
    [
        (["Bonjour à tous. ", "", "Ça va ?"], ["Bonjour à tous.", "Ça va ?"]),
        (["Voici M. ", "", "", "Dupont. ", "Il dort."], ["Voici M. Dupont.", "Il dort."]),
        (["Il fait 22.", "", "5 degrés.", "", ""], ["Il fait 22.5 degrés."]),
        (["Oui. ", "Ah. ", "", "Bon."], ["Oui.", "Ah.", "Bon."]),
        (["", "", "Bon."], ["Bon."]),
    ],
)
async def test_where_a_quiet_while_ends_a_clause(deltas: list[str], said: list[str]) -> None:
    async def stream() -> AsyncIterator[str]:
        for delta in deltas:
            yield delta

    assert [clause async for clause in as_they_come(stream())] == said
