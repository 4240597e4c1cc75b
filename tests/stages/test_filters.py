from __future__ import annotations

import logging

import pytest

from swv6.stages.filters import mapped
from tests.stages.fakes import collect, fake

pytestmark = pytest.mark.anyio


async def test_each_item_goes_through_the_functions_in_order() -> None:
    assert await collect(mapped(fake("a", "b"), [str.upper, lambda text: text + "!"])("x")) == ["A!", "B!"]


async def test_a_filter_that_fails_loses_nothing_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    def broken(text: str) -> str:
        raise ValueError(f"cannot read {text}")

    with caplog.at_level(logging.WARNING, "swv6.filters"):
        assert await collect(mapped(fake("a"), [broken, str.upper])("x")) == ["A"]
    assert "broken failed" in caplog.text
    assert "cannot read a" in caplog.text
