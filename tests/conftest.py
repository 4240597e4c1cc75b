"""What every test shares."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["SWV6_SESSIONS"] = str(Path(tempfile.mkdtemp(prefix="swv6-sessions-")) / "sessions.db")
"""No test reads or writes the conversations of whoever runs it."""

settings.register_profile("swv6", deadline=None)
"""No test may fail because a machine is slow."""
settings.load_profile("swv6")
os.environ["SWV6_CACHE"] = "off"  # no test may be answered by what an earlier one, or its developer, has left


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, as the product does."""
    return "asyncio"


def needs(reason: str) -> None:
    """Skip a test on a developer's machine; fail it in CI, where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
