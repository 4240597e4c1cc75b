"""Everything a plugin author imports. Nothing heavy is imported here; helpers load when they are first named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swv6.errors import BackendError as BackendError
from swv6.errors import DeviceError as DeviceError
from swv6.errors import HardwareError as HardwareError
from swv6.errors import MissingExtra as MissingExtra
from swv6.errors import ModelError as ModelError
from swv6.errors import Swv6Error as Swv6Error
from swv6.plugins.hookspecs import hookimpl as hookimpl
from swv6.plugins.offers import Backend as Backend
from swv6.plugins.offers import Command as Command
from swv6.plugins.offers import ProfileOffer as ProfileOffer

if TYPE_CHECKING:
    from swv6.audio.fading import Fader as Fader
    from swv6.audio.files import WavWriter as WavWriter
    from swv6.audio.files import read_blocks as read_blocks
    from swv6.audio.resample import Resampler as Resampler
    from swv6.audio.resample import resample as resample
    from swv6.audio.wav import wav_bytes as wav_bytes
    from swv6.plugins.chat import chat_messages as chat_messages
    from swv6.plugins.counting import Counting as Counting
    from swv6.plugins.deriving import derived as derived
    from swv6.plugins.devices import DeviceInfo as DeviceInfo
    from swv6.plugins.executing import Crew as Crew
    from swv6.plugins.executing import Executor as Executor
    from swv6.plugins.executing import Recogniser as Recogniser
    from swv6.plugins.options import Options as Options
    from swv6.plugins.options import Output as Output
    from swv6.plugins.options import Seconds as Seconds
    from swv6.plugins.options import Size as Size
    from swv6.plugins.options import Weights as Weights
    from swv6.plugins.pool import shared as shared
    from swv6.plugins.speech import Speech as Speech
    from swv6.plugins.tools import Call as Call
    from swv6.plugins.tools import Choosing as Choosing
    from swv6.plugins.tools import Promise as Promise
    from swv6.plugins.tools import Scene as Scene
    from swv6.plugins.tools import Tool as Tool
    from swv6.plugins.voices import VoiceInfo as VoiceInfo
    from swv6.plugins.worker import Emit as Emit
    from swv6.plugins.worker import Worker as Worker
    from swv6.telemetry.behind import behind as behind
    from swv6.telemetry.events import Event as Event
    from swv6.telemetry.events import Report as Report
    from swv6.telemetry.stamps import Listener as Listener
    from swv6.telemetry.stamps import Stamped as Stamped
    from swv6.types import LLM as LLM
    from swv6.types import STT as STT
    from swv6.types import TTS as TTS
    from swv6.types import VAD as VAD
    from swv6.types import Audio as Audio
    from swv6.types import Chat as Chat
    from swv6.types import EchoCanceller as EchoCanceller
    from swv6.types import Message as Message
    from swv6.types import Microphone as Microphone
    from swv6.types import Samples as Samples
    from swv6.types import Segment as Segment
    from swv6.types import Speaker as Speaker
    from swv6.types import TextFilter as TextFilter
    from swv6.types import Transcript as Transcript
    from swv6.types import TranscriptFilter as TranscriptFilter
    from swv6.types import TurnEnd as TurnEnd
    from swv6.types import WakeWord as WakeWord
    from swv6.types import Word as Word

_HELPERS = {
    "Audio": "swv6.types",
    "Call": "swv6.plugins.tools",
    "Chat": "swv6.types",
    "Choosing": "swv6.plugins.tools",
    "Counting": "swv6.plugins.counting",
    "Crew": "swv6.plugins.executing",
    "DeviceInfo": "swv6.plugins.devices",
    "EchoCanceller": "swv6.types",
    "Emit": "swv6.plugins.worker",
    "Event": "swv6.telemetry.events",
    "Executor": "swv6.plugins.executing",
    "Fader": "swv6.audio.fading",
    "LLM": "swv6.types",
    "Listener": "swv6.telemetry.stamps",
    "Message": "swv6.types",
    "Microphone": "swv6.types",
    "Options": "swv6.plugins.options",
    "Output": "swv6.plugins.options",
    "Promise": "swv6.plugins.tools",
    "Recogniser": "swv6.plugins.executing",
    "Report": "swv6.telemetry.events",
    "Resampler": "swv6.audio.resample",
    "STT": "swv6.types",
    "Stamped": "swv6.telemetry.stamps",
    "Scene": "swv6.plugins.tools",
    "Seconds": "swv6.plugins.options",
    "Segment": "swv6.types",
    "Size": "swv6.plugins.options",
    "Speaker": "swv6.types",
    "Speech": "swv6.plugins.speech",
    "TTS": "swv6.types",
    "Tool": "swv6.plugins.tools",
    "TextFilter": "swv6.types",
    "Transcript": "swv6.types",
    "TranscriptFilter": "swv6.types",
    "TurnEnd": "swv6.types",
    "VAD": "swv6.types",
    "VoiceInfo": "swv6.plugins.voices",
    "WakeWord": "swv6.types",
    "WavWriter": "swv6.audio.files",
    "Weights": "swv6.plugins.options",
    "Word": "swv6.types",
    "Worker": "swv6.plugins.worker",
    "behind": "swv6.telemetry.behind",
    "chat_messages": "swv6.plugins.chat",
    "derived": "swv6.plugins.deriving",
    "read_blocks": "swv6.audio.files",
    "resample": "swv6.audio.resample",
    "shared": "swv6.plugins.pool",
    "wav_bytes": "swv6.audio.wav",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HELPERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HELPERS[name]), name)
