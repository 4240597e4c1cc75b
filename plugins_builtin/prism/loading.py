"""Loading Whisper: where the options say, in a type that the device has, else on the CPU."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from plugins_builtin.prism import asking
from plugins_builtin.prism.cards import Load, Placing, place
from plugins_builtin.prism.compute import choose
from plugins_builtin.prism.memory import keep_blocks
from plugins_builtin.prism.options import PrismOptions
from swv6.plugins import ModelError

log = logging.getLogger("swv6.prism")

RATE = 16_000
"""Hz that Whisper hears."""
WINDOW = 30
"""Seconds that Whisper's encoder was trained on, and its limit."""
MARGIN = 4
"""Seconds of quiet after a live turn. Measured on 16 short French questions, clean and noisy: 2 s of it, or zeros in
place of quiet, doubles the word errors; 4 s of quiet gives those of the full window at a quarter of the time."""
FRAMES = 100
"""Feature frames per second."""


class Whisper(WhisperModel):  # type: ignore[misc]
    """A Whisper whose encoder sees no more than a live turn needs."""

    def generate_segments(
        self, features: Any, tokenizer: Any, options: Any, log_progress: bool, encoder_output: Any = None
    ) -> Any:
        """Encode a short window first when there are no timestamps to keep: those depend on the full one."""
        frames = features.shape[-1]
        if options.without_timestamps and encoder_output is None and frames + MARGIN * FRAMES <= WINDOW * FRAMES:
            quiet = MARGIN * FRAMES + frames % 2  # the encoder halves the frames
            encoder_output = self.encode(np.pad(features, ((0, 0), (0, quiet)), constant_values=features.min()))
        return super().generate_segments(features, tokenizer, options, log_progress, encoder_output)


def found(options: PrismOptions) -> None:
    """Look for the model. Raises ModelError when the folder holds none."""
    if not (Path(options.model) / "model.bin").is_file():
        raise ModelError(f"prism: no model.bin in {options.model}", "swv6 models list")


def load(options: PrismOptions) -> tuple[str, str, Whisper]:
    """Load where the options say, else on the CPU: device, compute type, model."""
    device = options.device
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    if device == "cuda":
        try:
            placing = _placed(options)
            return _on("cuda", options, placing.kind, placing.devices)
        except (RuntimeError, ValueError) as problem:
            log.warning("CUDA failed (%s): prism uses the CPU", str(problem).splitlines()[0])
    if not options.live:
        keep_blocks()
    return _on("cpu", options, choose(options.compute_type, "cpu", ctranslate2.get_supported_compute_types("cpu")))


def _placed(options: PrismOptions) -> Placing:
    """Choose cards and compute type by what the cards support and have free. Raises RuntimeError when none has room."""
    known = {index: asking.card(index) for index in options.devices or range(ctranslate2.get_cuda_device_count())}
    size = (Path(options.model) / "model.bin").stat().st_size
    batch, copies = (1, 1) if options.live and not options.devices else (options.batch_size, len(known))
    load = Load(size, batch, options.compute_type, copies)
    placing = place(load, known)
    told = ", ".join(f"{index} has {(known[index].free or 0) / 1e9:.1f} GB" for index in placing.left_out)
    if not known:
        raise RuntimeError("there is no card")
    if not placing.devices:
        raise RuntimeError(f"no card has the {load.need(placing.kind) / 1e9:.1f} GB free that it takes: {told}")
    if placing.left_out:
        log.warning("prism leaves cards without %.1f GB free alone: %s", load.need(placing.kind) / 1e9, told)
    return placing


def _on(device: str, options: PrismOptions, kind: str, devices: tuple[int, ...] = ()) -> tuple[str, str, Whisper]:
    """Load; on CUDA encode a second of quiet on each card: libraries that are broken say so only then."""
    if options.compute_type not in ("auto", kind):
        log.warning("%s cannot compute in %s: prism uses %s", device, options.compute_type, kind)
    threads, workers = cpu_threads(options, os.cpu_count() or 1), options.concurrency
    if device == "cpu" and not options.live:
        threads, workers = shared_out(threads, workers)
    whisper = Whisper(
        options.model,
        device=device,
        device_index=list(devices) or 0,
        compute_type=kind,
        cpu_threads=threads,
        num_workers=workers,
        local_files_only=True,
    )
    for _ in devices:
        whisper.encode(np.zeros((whisper.model.n_mels, FRAMES), np.float32))
    return device, kind, whisper


def copies(options: PrismOptions) -> int:
    """Give how many copies of the model there may be: one for each card."""
    if options.device == "cpu" or (options.live and not options.devices):
        return 1
    return len(options.devices) or max(1, ctranslate2.get_cuda_device_count())


def cpu_threads(options: PrismOptions, cores: int) -> int:
    """Give threads for each request: the option, else the cores shared among the requests, at most 8."""
    return options.threads or max(1, min(8, cores // options.concurrency))


def shared_out(threads: int, requests: int) -> tuple[int, int]:
    """Give threads of each worker, and workers in all, for recordings: the decoder gains little from threads.

    Two workers for each request: parts of a batch should stay large.
    """
    workers = 2 if threads % 2 == 0 else 1
    return threads // workers, workers * requests
