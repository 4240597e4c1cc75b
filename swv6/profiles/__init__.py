"""Profiles: YAML in, validated values out."""

from __future__ import annotations

from swv6.profiles.load import resolve as resolve
from swv6.profiles.schema import Choice as Choice
from swv6.profiles.schema import Profile as Profile
