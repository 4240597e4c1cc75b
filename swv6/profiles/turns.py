"""What a profile says of turns."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from swv6.plugins.options import Seconds
from swv6.profiles.frozen import Frozen, PositiveSeconds, Probability


class Turns(Frozen):
    """When a turn begins and ends."""

    mode: Literal["auto", "push"] = "auto"
    """`auto`: speech and silence begin and end a turn. `push`: the talk key does, and `max_turn`."""
    pre_roll: Annotated[Seconds, Field(ge=0)] = 0.5
    """Seconds kept from before the first speech frame."""
    pause: PositiveSeconds = 0.09
    """Seconds of silence after which the turn may have ended: an answer is prepared, and held back."""
    silence: PositiveSeconds = 0.6
    """Seconds of silence that end a turn."""
    finished: PositiveSeconds = 0.4
    """Seconds of silence that end a turn whose words so far are a finished sentence."""
    unfinished: PositiveSeconds = 1.2
    """Seconds of silence that end a turn whose words so far ask for more ("et", "parce que", "because")."""
    first_words: Annotated[int, Field(ge=0)] = 0
    """Words after which the first piece of an answer is spoken, finished or not, where no comma or breath came before:
    sooner, and a little flatter (docs/latency.md); 0 waits for one of them, or for the end of the sentence."""
    partial: Annotated[Seconds, Field(ge=0)] = 0.8
    """Seconds of speech after which a look is taken at what a turn says so far, shown live and read ahead by the
    language model, and half as long again after each; 0 for none. The first silent 32 ms are looked at sooner: if the
    turn ends there, that is its text. Looks come more rarely where they would take over 30 % of the time (50 % in
    silence); one that takes over 1 s is the last of its turn, in two turns in a row the last of all."""
    speculate: bool = True
    """Prepare the answer during the first pause instead of waiting for the end of the turn."""
    min_speech: Annotated[Seconds, Field(ge=0)] = 0.2
    """Seconds of speech before a turn begins."""
    max_turn: PositiveSeconds = 30.0
    """Seconds after which a turn ends whatever the detector says."""
    threshold: Probability = 0.5
    """Probability of speech (0..1) that begins a turn."""
    hysteresis: Probability = 0.15
    """How far below `threshold` a frame still counts as speech inside a turn (silero's own margin)."""
    above_noise: Annotated[float, Field(ge=0, le=10)] = 1.25
    """How many times louder than the quietest 32 ms of the last 3 s a frame must be to count as speech, whatever the
    detector says; 0 leaves it to the detector."""
    insist: PositiveSeconds = 0.8
    """Seconds of speech over an answer after which it is asked whether that was more than "oui" or "hum"."""
    wake_timeout: PositiveSeconds = 15.0
    """Seconds that the ear stays open after the wake word and after each reply; only where there is a `wake_word`."""
    barge_in: bool = False
    """Listen while the answer is spoken, so that speaking interrupts it: for headphones, or with echo cancellation.
    False ignores an open microphone while the speaker sounds, unless echo cancellation (`aec`) opens: then it is on."""
