"""The piper program: one process for each text, killed when nobody listens any more."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import Any

import anyio
import numpy as np
from anyio.abc import Process

from plugins_builtin.piper_cli.options import PiperCliOptions
from swv6.plugins import TTS, Audio, BackendError, MissingExtra, ModelError
from swv6.plugins.border import border
from swv6.plugins.programs import find_program

SCALE = np.float32(1 / 32_768)
"""From 16-bit samples to [-1, 1]."""


@dataclass(frozen=True, slots=True)
class Program:
    """How to run it."""

    command: tuple[str, ...]
    rate: int
    """Hz of the voice."""


@asynccontextmanager
async def open_piper_cli(options: PiperCliOptions) -> AsyncIterator[TTS]:
    """Open the piper program as a stage of float32 sound at the voice's rate.

    Raises MissingExtra without the program, ModelError when the file is not a voice (it is asked to speak once).
    """
    with border(f"piper_cli cannot use {options.voice}", ModelError, "swv6 models verify"):
        program = _program(options)

    async def piper_cli(text: str) -> AsyncIterator[Audio]:
        with border("piper_cli could not speak"):
            line = " ".join(text.split())
            if any(character.isalnum() for character in line):
                async with _running(program) as process:
                    async for audio in _sound(process, line, program.rate):
                        yield audio

    with border(f"piper_cli cannot use {options.voice}", ModelError, "swv6 models verify"):
        try:
            _ = [audio async for audio in piper_cli("a")]
        except BackendError as problem:
            raise ModelError(f"{problem.what} with {options.voice}", "swv6 models verify") from problem
    yield piper_cli


def _program(options: PiperCliOptions) -> Program:
    config = json.loads(Path(f"{options.voice}.json").read_text(encoding="utf-8"))
    return Program(_command(options, config), int(config["audio"]["sample_rate"]))


def _command(options: PiperCliOptions, config: dict[str, Any]) -> tuple[str, ...]:
    program = find_program(options.program)
    if program is None:
        raise MissingExtra(f"piper_cli: no program {options.program!r}", 'pip install "swv6[piper]"')
    # In underscores, which the program of 2023 in C++ and the one in Python both know.
    speaker = () if options.speaker is None else ("--speaker", str(options.speaker))
    scale = float(config.get("inference", {}).get("length_scale", 1.0)) / options.speed
    return (program, "--model", options.voice, "--output_raw", "--length_scale", str(scale), *speaker)


@asynccontextmanager
async def _running(program: Program) -> AsyncIterator[Process]:
    """Run the program; kill it on the way out, whatever it does."""
    environment = {**os.environ, "PYTHONUTF8": "1"}  # Windows would read French in its code page
    process = await anyio.open_process(program.command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment)
    try:
        yield process
    finally:
        with anyio.CancelScope(shield=True):
            if process.returncode is None:
                process.kill()
            await process.wait()
            await process.aclose()


async def _sound(process: Process, line: str, rate: int) -> AsyncIterator[Audio]:
    """Send one line, yield the sound as it comes. Raises BackendError when there is none or the program fails."""
    assert process.stdin is not None
    assert process.stdout is not None
    await process.stdin.send(f"{line}\n".encode())
    await process.stdin.aclose()
    odd, heard = b"", False
    async for block in process.stdout:
        pcm = odd + block
        odd = pcm[len(pcm) // 2 * 2 :]
        if len(pcm) > 1:
            heard = True
            yield Audio(np.frombuffer(pcm, "<i2", len(pcm) // 2).astype(np.float32) * SCALE, rate)
    if (code := await process.wait()) or not heard:
        raise BackendError(f"piper ended with code {code}" + ("" if heard else " and without sound"))
