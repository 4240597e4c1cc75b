"""The virtual sound card, for the tests of this folder."""

from tests.virtual_audio import virtual_audio as virtual_audio
