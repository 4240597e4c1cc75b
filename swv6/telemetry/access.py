"""Who may read what is served: a name this machine answers to, and beyond it a token."""

from __future__ import annotations

import hmac
import os
import socket
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any

TOKEN = "SWV6_METRICS_TOKEN"
"""The environment variable with what callers from other machines must send."""
KEYRING = ("swv6", "metrics")
"""Service and user under which the system's keyring may hold it, where the package `keyring` is installed."""
COOKIE = "swv6"
"""What a browser is given in exchange for the token. It is made of the token and is not the token."""


def loopback(host: str) -> bool:
    """Say whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def token(host: str) -> str:
    """Give the token: of the environment, or of the keyring where other machines can reach `host`; empty for none."""
    found = os.environ.get(TOKEN, "")
    return found if found or loopback(host) else _kept()


def _kept() -> str:
    if find_spec("keyring") is None:
        return ""
    keyring: Any = import_module("keyring")
    try:
        return keyring.get_password(*KEYRING) or ""
    except keyring.errors.KeyringError:  # no keyring on this machine, or it stays locked
        return ""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read; without a token, whoever can reach it under a name of its own."""

    host: str = "127.0.0.1"
    """The address that is listened on."""
    token: str = field(default="", repr=False)

    def named(self, name: str) -> bool:
        """Say whether a request's Host is ours: another one is a page that had its name point at this machine."""
        host = name.rpartition(":")[0] if ":" in name.rpartition("]")[2] else name
        host = host.strip("[]").lower()
        try:
            return ip_address(host).is_loopback or not loopback(self.host)
        except ValueError:
            return host in self._names()

    def bears(self, headers: dict[bytes, bytes]) -> bool:
        """Say whether a program has sent the token."""
        return self._same(headers.get(b"authorization", b""), f"Bearer {self.token}".encode())

    def knows(self, given: str) -> bool:
        """Say whether somebody has typed the token."""
        return self._same(given.encode(), self.token.encode())

    @property
    def cookie(self) -> str:
        """What a browser shows from then on."""
        return hmac.new(self.token.encode(), b"the dashboard of swv6", sha256).hexdigest()

    def remembers(self, headers: dict[bytes, bytes]) -> bool:
        """Say whether a browser shows it."""
        pairs = (pair.strip().partition(b"=") for pair in headers.get(b"cookie", b"").split(b";"))
        given = next((value for name, _, value in pairs if name == COOKIE.encode()), b"")
        return self._same(given, self.cookie.encode())

    def _names(self) -> set[str]:
        own = () if loopback(self.host) else (socket.gethostname().lower(), f"{socket.gethostname().lower()}.local")
        return {"localhost", self.host.lower(), *own}

    def _same(self, given: bytes, expected: bytes) -> bool:
        return bool(self.token) and hmac.compare_digest(given, expected)
