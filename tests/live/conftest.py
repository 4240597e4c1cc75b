"""What the tests of live conversations share."""

from tests.virtual_audio import card as card
from tests.virtual_audio import virtual_audio as virtual_audio
