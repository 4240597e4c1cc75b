"""What the suites of devices and of voice activity detectors share."""

from __future__ import annotations

from typing import Any

import pytest


class DeviceContract:
    """Runs on asyncio, with options that a subclass may give. Subclass the suite of a kind, not this."""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    def anyio_backend(self) -> str:
        """Run on asyncio, as the product does."""
        return "asyncio"

    @pytest.fixture
    def options(self) -> dict[str, Any]:
        """Give the options, as a profile writes them."""
        return {}
