"""What every group of settings is: a frozen map without unknown keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from swv6.plugins.options import Seconds

PositiveSeconds = Annotated[Seconds, Field(gt=0)]
Probability = Annotated[float, Field(ge=0, le=1)]


class Frozen(BaseModel):
    """Base of the groups of settings; the text under a field documents it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
