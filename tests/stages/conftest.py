"""What the tests of stages share."""

from __future__ import annotations

from tests.virtual_audio import card as card
from tests.virtual_audio import virtual_audio as virtual_audio
