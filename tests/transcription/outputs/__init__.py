"""Tests of swv6.transcription.outputs."""
