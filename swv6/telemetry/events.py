"""Frozen events that stages and conversations report; listeners turn them into everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from swv6.telemetry.device_events import Asleep as Asleep
from swv6.telemetry.device_events import Awake as Awake
from swv6.telemetry.device_events import DeviceBack as DeviceBack
from swv6.telemetry.device_events import DeviceLost as DeviceLost
from swv6.telemetry.device_events import Keyed as Keyed
from swv6.telemetry.device_events import Level as Level
from swv6.telemetry.device_events import Muted as Muted
from swv6.telemetry.stage_events import BreakerChanged as BreakerChanged
from swv6.telemetry.stage_events import CacheUsed as CacheUsed
from swv6.telemetry.stage_events import FellBack as FellBack
from swv6.telemetry.stage_events import ModelLoaded as ModelLoaded
from swv6.telemetry.stage_events import StageBegan as StageBegan
from swv6.telemetry.stage_events import StageEnded as StageEnded
from swv6.telemetry.stage_events import StageFirst as StageFirst
from swv6.telemetry.stage_events import ToolCalled as ToolCalled
from swv6.telemetry.turn_events import BargedIn as BargedIn
from swv6.telemetry.turn_events import FirstSound as FirstSound
from swv6.telemetry.turn_events import Guessed as Guessed
from swv6.telemetry.turn_events import HeardSoFar as HeardSoFar
from swv6.telemetry.turn_events import Notice as Notice
from swv6.telemetry.turn_events import ReplyEnded as ReplyEnded
from swv6.telemetry.turn_events import ReplyText as ReplyText
from swv6.telemetry.turn_events import SessionBegan as SessionBegan
from swv6.telemetry.turn_events import SessionEnded as SessionEnded
from swv6.telemetry.turn_events import StateChanged as StateChanged
from swv6.telemetry.turn_events import TurnBegan as TurnBegan
from swv6.telemetry.turn_events import TurnEnded as TurnEnded
from swv6.telemetry.turn_events import TurnHeard as TurnHeard

Event: TypeAlias = (
    SessionBegan
    | SessionEnded
    | TurnBegan
    | HeardSoFar
    | TurnEnded
    | StateChanged
    | Guessed
    | BargedIn
    | TurnHeard
    | ReplyText
    | FirstSound
    | ReplyEnded
    | Notice
    | StageBegan
    | StageFirst
    | StageEnded
    | FellBack
    | CacheUsed
    | BreakerChanged
    | ModelLoaded
    | ToolCalled
    | DeviceLost
    | DeviceBack
    | Level
    | Muted
    | Keyed
    | Asleep
    | Awake
)
Report: TypeAlias = Callable[[Event], None]
"""Where events go. Must return quickly and never raise."""


def nobody(event: Event) -> None:
    """Listen to nothing."""
