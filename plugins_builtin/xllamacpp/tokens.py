"""Counting tokens: the library offers that on its loopback port only."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

_PATIENCE = 0.5
"""Seconds; it takes about one millisecond."""


def counted(address: str, key: str, text: str) -> int:
    """Count the tokens of `text`; a third of its bytes when the port does not answer."""
    port = HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    try:
        port.request("POST", "/tokenize", json.dumps({"content": text}), headers)
        return len(json.load(port.getresponse())["tokens"])
    except (OSError, HTTPException, ValueError, KeyError):
        return len(text.encode()) // 3 + 1
    finally:
        port.close()
