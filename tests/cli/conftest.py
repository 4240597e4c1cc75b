"""What the tests of commands share."""

from tests.virtual_audio import virtual_audio as virtual_audio
