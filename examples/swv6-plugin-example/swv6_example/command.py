"""`swv6 morse`: text into Morse code and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Turn text into Morse code and back.", rich_markup_mode=None)

Speed = Annotated[float, typer.Option("--words-per-minute", help="How fast it is keyed.", min=5, max=60)]


@app.command()
def encode(
    text: str,
    output: Annotated[Path, typer.Option("-o", "--output", help="The WAV file to write.")] = Path("morse.wav"),
    speed: Speed = 20,
) -> None:
    """Write a text as tones to a WAV file."""
    import numpy as np

    from swv6.plugins import Audio, Swv6Error, WavWriter
    from swv6_example.letters import words
    from swv6_example.options import Voice
    from swv6_example.speak import RATE, key

    voice = Voice(words_per_minute=speed)
    if not (spoken := words(text)):
        raise Swv6Error(f"{text!r} has no letter that Morse code knows", "use letters and digits")
    with WavWriter(output, RATE) as wav:
        wav.append(Audio(np.concatenate([key(word, voice) for word in spoken]), RATE))


@app.command()
def decode(file: Path, speed: Speed = 20) -> None:
    """Print the text of a sound file that holds Morse code."""
    import numpy as np

    from swv6.plugins import Audio, read_blocks
    from swv6_example.letters import seconds_per_unit
    from swv6_example.listen import decode as read

    blocks = [block.samples for block in read_blocks(file, 16_000, 1.0)]
    print(read(Audio(np.concatenate(blocks), 16_000), seconds_per_unit(speed)))
