"""The metrics token comes from the environment or the system's keyring, never from a profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from swv6.errors import ProfileError
from swv6.profiles import resolve
from swv6.telemetry.access import KEYRING, TOKEN, token


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory, which may be locked."""

    priority = 1
    locked = False
    asked = 0
    held: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    monkeypatch.delenv(TOKEN, raising=False)
    before = keyring.get_keyring()
    made: Any = Ring
    ring: Ring = made()
    ring.held = {}
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_keyring_is_asked_only_where_other_machines_can_read(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    assert token("0.0.0.0") == ""
    keyring.set_password(*KEYRING, "kept")
    assert token("0.0.0.0") == "kept"
    asked = ring.asked
    assert token("127.0.0.1") == ""
    monkeypatch.setenv(TOKEN, "given")
    assert token("0.0.0.0") == token("127.0.0.1") == "given"
    assert ring.asked == asked


def test_a_locked_keyring_has_no_token(ring: Ring) -> None:
    ring.locked = True
    assert token("0.0.0.0") == ""


def test_a_profile_cannot_hold_one() -> None:
    with pytest.raises(ProfileError, match=r"metrics\.token"):
        resolve("default", ["metrics={port: 8080, token: abc}"])
