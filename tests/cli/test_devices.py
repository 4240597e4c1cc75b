"""`swv6 devices`: what a plugin lists, and what PortAudio sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from swv6.cli import devices as command
from swv6.errors import DeviceError, UsageError
from swv6.plugins import Backend, DeviceInfo, manager
from swv6.plugins.manager import Plugins
from tests.virtual_audio import VirtualAudio

HEADSET = DeviceInfo("USB [Headset]", "Windows WASAPI", 1, 2, (48000, 16000), default_input=True)
BEAMER = DeviceInfo("Écran", "MME", 0, 2, (44100,), default_output=True)


def plugins(monkeypatch: pytest.MonkeyPatch, **listers: Any) -> None:
    """Install these backends, one microphone each."""
    found = Plugins()
    for name, lister in listers.items():
        found.offers["microphone"][name] = Backend(name, "Hears.", "x:y", "x:z", devices=lister)
    monkeypatch.setattr(manager, "installed", lambda: found)


def broken(again: bool) -> list[DeviceInfo]:
    raise DeviceError("the sound system does not answer", "restart it")


def test_an_offer_names_its_lister_and_imports_it_when_asked() -> None:
    offer: Backend[Any] = Backend("card", "Hears.", "x:y", "x:z", devices=f"{__name__}:headset")
    assert offer.list_devices(again=True) == [HEADSET]
    mute: Backend[Any] = Backend("mute", "Hears.", "x:y", "x:z")
    assert mute.list_devices() == []


def headset(again: bool) -> list[DeviceInfo]:
    return [HEADSET] if again else []


def invoke(*arguments: str) -> Any:
    result = CliRunner().invoke(command.app, arguments, env={"COLUMNS": "100"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_table_marks_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    plugins(monkeypatch, card=lambda again: [HEADSET, BEAMER])
    lines = [" ".join(line.split()) for line in invoke().stdout.splitlines()]
    assert "* USB [Headset] Windows WASAPI 1 48 16" in lines
    assert "USB [Headset] Windows WASAPI 2 48 16" in lines
    assert "* Écran MME 2 44.1" in lines


def test_json_says_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plugins(monkeypatch, card=lambda again: [HEADSET])
    assert json.loads(invoke("--json").stdout) == [
        {"backend": "card", "name": "USB [Headset]", "host_api": "Windows WASAPI", "inputs": 1, "outputs": 2,
         "rates": [48000, 16000], "default_input": True, "default_output": False}
    ]  # fmt: skip


def test_no_device_is_exit_code_5_and_names_the_way_without(monkeypatch: pytest.MonkeyPatch) -> None:
    plugins(monkeypatch, card=lambda again: [])
    result = invoke()
    assert result.exit_code == 5
    assert ("swv6 talk --profile demo" in result.stderr, result.stdout) == (True, "")
    assert json.loads(invoke("--json").stdout) == []


def test_one_that_fails_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    plugins(monkeypatch, bad=broken, card=lambda again: [BEAMER])
    result = invoke("--json")
    assert [device["name"] for device in json.loads(result.stdout)] == ["Écran"]
    assert "does not answer" in result.stderr


def test_the_only_one_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    plugins(monkeypatch, bad=broken)
    with pytest.raises(DeviceError, match="does not answer"):
        invoke()


def test_nobody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    plugins(monkeypatch, mute="")
    with pytest.raises(UsageError):
        invoke()


def test_watch_shows_changes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = iter([[HEADSET], [HEADSET], [HEADSET, BEAMER], [HEADSET, BEAMER]])
    asked = list[bool]()

    def lister(again: bool) -> list[DeviceInfo]:
        asked.append(again)
        return next(seen)

    def rest(seconds: float) -> None:
        if len(asked) == 4:
            raise typer.Exit

    plugins(monkeypatch, card=lister)
    monkeypatch.setattr(time, "sleep", rest)
    lines = invoke("--watch", "--json").stdout.splitlines()
    assert [len(json.loads(line)) for line in lines] == [1, 2]
    assert all(asked)


@pytest.mark.audio
def test_the_card_is_listed(virtual_audio: VirtualAudio) -> None:
    found = {device.name: device for _, device in command.collect(again=True)}
    assert found["pulse"].inputs > 0 < found["pulse"].outputs
    assert found["default"].default_input
    assert found["default"].default_output
    assert {16000, 48000} <= set(found["pulse"].rates)


@pytest.mark.audio
def test_complaint_19_a_device_that_is_plugged_in_appears(virtual_audio: VirtualAudio) -> None:
    """PortAudio lists devices once per process; `--watch` must see a new one all the same."""
    config = Path(virtual_audio.env["ALSA_CONFIG_PATH"])
    before = config.read_text(encoding="utf-8")
    server = virtual_audio.env["PULSE_SERVER"]
    arguments = [sys.executable, "-m", "swv6", "devices", "--watch", "--json"]
    env = {**os.environ, **virtual_audio.env}
    with subprocess.Popen(arguments, env=env, stdout=subprocess.PIPE, encoding="utf-8") as watching:
        assert watching.stdout is not None
        try:
            first = {device["name"] for device in json.loads(watching.stdout.readline())}
            added = f'pcm.headset {{ type pulse server "{server}" device vmic }}\n'
            config.write_text(before + added, encoding="utf-8")
            second = {device["name"] for device in json.loads(watching.stdout.readline())}
        finally:
            watching.kill()
            config.write_text(before, encoding="utf-8")
    assert second - first == {"headset"}
