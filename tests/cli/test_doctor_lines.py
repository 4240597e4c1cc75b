"""What `swv6 doctor` says of backends, and what it exits with."""

from __future__ import annotations

import sys

from swv6.cli.checks import backends
from swv6.profiles import resolve

from .test_app import run


def test_a_backend_that_is_named_twice_is_said_once() -> None:
    found = {f.subject: f.what for f in backends(resolve("rtx3090"))}
    assert found["stt"] == "usable here: prism"


def test_nothing_is_to_be_installed_on_the_wrong_system() -> None:
    profile = resolve("rtx3090", ["tts=[sapi, silent]"])
    said = [(f.what, f.hint) for f in backends(profile) if f.subject == "tts sapi"]
    if sys.platform == "win32":
        assert all(hint == 'pip install "swv6[sapi]"' for _, hint in said)
    else:
        assert said == [("works on win32 only", "")]


def test_a_profile_that_is_wrong_exits_as_everywhere() -> None:
    for arguments in (("-p", "nope"), ("-p", "default", "--set", "language=xx"), ("-p", "nope", "--json")):
        result = run("doctor", *arguments)
        assert result.returncode == 2
        assert "problem" in result.stdout
        assert result.stderr == ""
