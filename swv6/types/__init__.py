"""The values and protocols that cross every boundary; standard library only, numpy as a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swv6.types.chat import Chat as Chat
from swv6.types.chat import Message as Message
from swv6.types.chat import Role as Role
from swv6.types.devices import EchoCanceller as EchoCanceller
from swv6.types.devices import Microphone as Microphone
from swv6.types.devices import Speaker as Speaker
from swv6.types.ears import VAD as VAD
from swv6.types.ears import TurnEnd as TurnEnd
from swv6.types.ears import WakeWord as WakeWord
from swv6.types.filters import TextFilter as TextFilter
from swv6.types.filters import TranscriptFilter as TranscriptFilter
from swv6.types.sound import Audio as Audio
from swv6.types.spoken import SpeechResult as SpeechResult
from swv6.types.stages import LLM as LLM
from swv6.types.stages import STT as STT
from swv6.types.stages import TTS as TTS
from swv6.types.stages import Item as Item
from swv6.types.stages import Request as Request
from swv6.types.stages import Stage as Stage
from swv6.types.transcript import Segment as Segment
from swv6.types.transcript import Transcript as Transcript
from swv6.types.transcript import Word as Word

if TYPE_CHECKING:
    from swv6.types.sound import Samples as Samples
