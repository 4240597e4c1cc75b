"""WebRTC's echo canceller, for real."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from plugins_builtin import livekit_aec
from swv6.errors import MissingExtra
from swv6.testing.aec import EchoCancellerContract
from tests.conftest import needs

BACKEND = next(iter(livekit_aec.swv6_aec()))


@pytest.fixture
def library() -> None:
    """Skip, or in CI fail, without the library."""
    if importlib.util.find_spec("livekit") is None:
        needs('no livekit: pip install "swv6[aec]"')


@pytest.mark.usefixtures("library")
class TestLivekit(EchoCancellerContract):
    backend = BACKEND


@pytest.mark.usefixtures("library")
class TestWithNoiseSuppression(EchoCancellerContract):
    backend = BACKEND
    options = {"noise_suppression": True, "high_pass": False}  # noqa: RUF012


@pytest.mark.anyio
async def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "livekit", None)
    with pytest.raises(MissingExtra) as caught:
        async with BACKEND.opener()(BACKEND.options_model()()):
            pass
    assert caught.value.hint == 'pip install "swv6[aec]"'
