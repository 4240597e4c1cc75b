"""The parser of YAML that we or the user wrote: in C where the wheel has it, which is eight times as fast.

Both are safe loaders. Profiles keep the one in Python: its messages are the ones they give, and lists nested ten
thousand deep, which end the process in C, are an error in Python.
"""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
