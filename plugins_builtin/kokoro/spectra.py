"""A short-time Fourier transform as a convolution with its waves."""

from __future__ import annotations

from typing import Any

import numpy as np

from plugins_builtin.kokoro.graph import Graph, given

SAMPLES, BINS = 20, 11
"""Of a frame, and of its spectrum."""
FAINT = 1e-6
"""Added to each bin in its own direction; a voiced frame's bins are 1e-4 to 0.3."""
DIRECTIONS = (90, 0, 143, -122, 46, -122, 10, 168, -77, 157, -89)
"""Degrees. Where there is no voice the sound stands still, and the phase of its empty bins was whatever the rounding of
onnxruntime's transform left (these angles, measured): the voice hears phases, so they are given, else another rounding
would sound different. The first decides that a negative mean has the phase pi, not -pi, as there and in training.
"""


def spectra(graph: Graph, node: Any) -> bool:
    """Write an `STFT` of real sound (1, time) in frames of 20 samples as a convolution whose stride is one hop."""
    if node.op_type != "STFT" or not given(node, "onesided"):
        return False
    sound, hop, window, _ = node.input
    shape, step = graph.factors(window), graph.value(hop)
    if shape is None or step is None or shape.shape != (SAMPLES,):
        return False
    name = node.output[0]
    waves, faint = graph.constant(f"{name}/waves", _waves(shape)), graph.constant(f"{name}/faint", _faint())
    channel = graph.node("Unsqueeze", [sound, graph.numbers(1)], f"{name}/channel")
    heard = graph.node("Conv", [channel, waves, faint], f"{name}/heard", strides=[int(step)])
    frames = graph.node("Transpose", [heard], f"{name}/frames", perm=[0, 2, 1])
    graph.node("Reshape", [frames, graph.numbers(1, -1, BINS, 2)], name)
    return True


def _waves(window: Any) -> Any:
    """Return cosines and negative sines under the window: (2 * bins, 1, samples)."""
    angles = 2 * np.pi * np.outer(np.arange(BINS), np.arange(SAMPLES)) / SAMPLES
    pairs = np.stack([np.cos(angles), -np.sin(angles)], 1) * window
    return pairs.reshape(2 * BINS, 1, SAMPLES).astype(np.float32)


def _faint() -> Any:
    """Return the smallest spectrum there is, real and imaginary parts in turn: (2 * bins,)."""
    angles = np.radians(DIRECTIONS)
    return (FAINT * np.stack([np.cos(angles), np.sin(angles)], 1)).reshape(-1).astype(np.float32)
