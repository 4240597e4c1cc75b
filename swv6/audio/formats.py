"""The sound files that can be written; imports nothing."""

from __future__ import annotations

KINDS = {
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".opus": ("OGG", "OPUS"),
    ".mp3": ("MP3", "MPEG_LAYER_III"),
}
"""Suffix -> libsndfile's format and encoding."""
SUFFIXES = (".wav", *KINDS)
"""What can be written."""
RATES = {
    ".opus": (8000, 12000, 16000, 24000, 48000),
    ".mp3": (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000),
}
"""Hz that an encoder takes; the others take any."""
