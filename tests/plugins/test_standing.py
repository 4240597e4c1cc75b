"""Asking a model to stand still: waited for only where a model promised to."""

from __future__ import annotations

import threading

import anyio
import pytest

from swv6.plugins.standing import PATIENCE, Standstill
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    """Let seconds pass on a virtual clock."""
    return BACKEND


async def test_a_model_that_promised_nothing_is_not_waited_for() -> None:
    asked = Standstill()
    began = anyio.current_time()
    await asked.ask()
    assert anyio.current_time() == began
    assert not asked.wanted


async def test_it_is_waited_for_until_it_stands() -> None:
    asked = Standstill()
    asked.heed()
    threading.Thread(target=asked.stands).start()
    await asked.ask()
    assert asked.wanted
    asked.release()
    assert not asked.wanted


async def test_one_that_never_stands_is_given_up() -> None:
    asked = Standstill()
    asked.heed()
    began = anyio.current_time()
    await asked.ask()
    assert anyio.current_time() - began == pytest.approx(PATIENCE)
