"""What is written down of what happens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from swv6.plugins.options import Size
from swv6.profiles.frozen import Frozen


class Log(Frozen):
    """A file of JSON lines (docs/logs.md); `--log-file` names one too."""

    file: bool | Path = False
    """Where: `true` is `swv6.jsonl` in the user's log folder, `false` nowhere; or a path from the current folder."""
    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important lines that the file takes."""
    size: Annotated[Size, Field(ge=10_000)] = 5_000_000
    """Bytes after which the file is set aside and another one begun."""
    keep: Annotated[int, Field(ge=0, le=100)] = 4
    """Files set aside that are kept: all of them and the current one take at most `(keep + 1) * size`."""
    text: bool = False
    """Log what is said, asked and answered, in the file and with `--log-json`; otherwise only how long it is."""

    @property
    def path(self) -> Path | None:
        """Give the file, or None."""
        return usual() if self.file is True else self.file or None


def usual() -> Path:
    """Give the file of the user's log folder."""
    from platformdirs import user_log_path

    return user_log_path("swv6", appauthor=False) / "swv6.jsonl"
