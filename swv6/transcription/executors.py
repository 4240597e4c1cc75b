"""From `--on EXECUTOR[://ADDRESS][?OPTION=VALUE]` to an executor that can be opened."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ValidationError

from swv6.errors import UsageError
from swv6.plugins import Backend
from swv6.plugins.executing import Executor
from swv6.plugins.manager import Plugins, installed
from swv6.plugins.options import Options

LOCAL = "local"
"""The executor that works in this process: the only one that needs the weights and the GPU here."""


def chosen(text: str, workers: int = 0, plugins: Plugins | None = None) -> tuple[Backend[Executor], Options]:
    """Find an executor and validate its options; `address` is what stands behind `://`, 0 workers leave it the choice.

    Raises UsageError, or MissingExtra when it is not installed.
    """
    place, _, query = text.partition("?")
    name, _, address = place.partition("://")
    offer = _offer(name, installed() if plugins is None else plugins)
    offer.check()
    given: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    given |= ({"address": address} if address else {}) | ({"workers": workers} if workers else {})
    try:
        return offer, offer.options_model().model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        known = ", ".join(offer.options_model().model_fields)
        raise UsageError(f"--on {text}: {key}: {first['msg']}", f"{name} takes {known}") from error


def _offer(name: str, plugins: Plugins) -> Backend[Executor]:
    known = plugins.backends("executor")
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 1)
    meant = f"; did you mean {near[0]}?" if near else ""
    raise UsageError(f"--on {name}: no executor is called that{meant}", f"one of {', '.join(sorted(known))}")
