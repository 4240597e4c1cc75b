"""One check that fails keeps no other from its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from swv6.errors import ModelError
from swv6.health import look as module
from swv6.health.chains import chains
from swv6.health.findings import Finding, contained, contained_async
from swv6.health.look import Asked, look
from swv6.health.plugins import disabled, plugins
from swv6.health.weights import leftovers
from swv6.models.store import Store
from swv6.plugins.manager import Plugin, Plugins
from swv6.profiles import resolve
from tests.health.fakes import levels, machine, one

pytestmark = pytest.mark.anyio


def breaks() -> Iterator[Finding]:
    yield Finding("first", "ok", "fine")
    raise ModelError("it is gone", "swv6 models pull it")


def test_what_was_found_before_it_broke_stays() -> None:
    found = contained("check", breaks)
    assert levels(found) == {"first": "ok", "check": "problem"}
    assert (found[1].text, found[1].command) == ("it is gone", "swv6 models pull it")


async def test_a_check_that_raises_or_hangs_is_a_line() -> None:
    async def raises() -> list[Finding]:
        raise ValueError("odd\nlines")

    async def hangs() -> list[Finding]:
        await anyio.sleep_forever()
        return []

    assert (await contained_async("a", raises))[0].text == "ValueError: odd"
    assert "no answer within" in (await contained_async("b", hangs, 0.01))[0].text


async def test_all_checks_run_even_when_each_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def sick(*_: object) -> list[Finding]:
        raise RuntimeError("sick")

    monkeypatch.setattr(module, "software", type("Sick", (), {"python": sick, "packages": sick, "windows": sick}))
    monkeypatch.setattr(module, "weights", type("Sick", (), {"models": sick, "leftovers": sick}))
    found = (await look(Asked("demo", quick=True, machine=machine()))).findings
    assert [f.name for f in found if f.text == "RuntimeError: sick"] == [
        "python", "packages", "windows", "models", "downloads"
    ]  # fmt: skip
    assert one(found, "speaker wav").level == "ok"


def test_plugins_broken_twice_and_disabled() -> None:
    known = {
        "good": Plugin("good", "swv6", "1"),
        "bad": Plugin("bad", "thing", "1", error="ImportError: no lungs"),
        "good (other)": Plugin(
            "good (other)", "other", "1", error="duplicate: swv6 and other both call a plugin 'good'"
        ),
        "off": Plugin("off", "thing", "1", disabled=True),
    }
    found = list(plugins(Plugins(known)))
    assert one(found, "plugin bad").command == "swv6 plugins show bad"
    assert one(found, "plugin good (other)").command == "pip uninstall other"
    assert one(found, "plugin off").level == "ok"
    assert one(found, "plugins").text == "1 working, 2 broken, 1 disabled"
    assert levels(disabled(resolve("demo", ["plugins.disable=[espeak]"]))) == {"plugins off": "ok"}


def test_no_line_holds_a_secret() -> None:
    address = "http://bob:hunter2pass@host/?key=QUERYSECRET"
    line = Finding("plugin x", "problem", f"sk-abcdefgh1234 refused at {address}", "--set url=http://me:pw@host")
    shown = line.without(["refused"])
    assert shown.text == "(redacted) (redacted) at http://host/?(redacted)"
    assert shown.command == "--set url=http://host"


async def test_every_check_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaks(*_: object) -> list[Finding]:
        raise RuntimeError("sk-abcdefgh1234 and zq-9f81-secret and e7")

    monkeypatch.setenv("MY_EAR", "zq-9f81-secret")
    monkeypatch.setattr(module, "plugins", type("Leaking", (), {"plugins": leaks, "disabled": leaks}))
    asked = Asked("demo", ("stt=[{openai: {key_env: MY_EAR}}]",), quick=True, machine=machine())
    found = (await look(asked, [Finding("fix", "problem", "Bearer abcdefg")])).findings
    assert one(found, "plugins").text == "RuntimeError: (redacted) and (redacted) and e7"
    assert one(found, "fix").text == "(redacted)"


def test_only_a_problem_has_a_code() -> None:
    lines = (Finding("x", "ok", ""), Finding("x", "warning", ""), Finding("x", "problem", "", code=2))
    assert [line.as_dict().get("code") for line in lines] == [None, None, 2]


async def test_a_chain_that_may_be_empty_says_so_once() -> None:
    profile = resolve("default")
    offer = replace(profile.aec[0].offer, requires=("no_such_module",))
    aec = (profile.aec[0].model_copy(update={"offer": offer}),)
    found = await chains(profile.model_copy(update={"aec": aec}), Store())
    assert [f.name for f in found if f.name.startswith("aec")] == ["aec livekit"]


def test_a_leftover_of_a_model_that_is_here_is_not_to_be_pulled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("whisper-base", "ff_siwis"):
        (tmp_path / ".partial" / name).mkdir(parents=True)
    monkeypatch.setattr(Store, "present", lambda self, name: name == "whisper-base")
    found = list(leftovers(Store(tmp_path)))
    assert one(found, "leftovers").command == "swv6 doctor --fix"
    assert "whisper-base" in one(found, "leftovers").text
    assert one(found, "downloads").command == "swv6 models pull ff_siwis"


async def test_a_chain_says_what_only_its_last_resort_can_do() -> None:
    profile = resolve("demo", ["tts=[silent]", "stt=[prism, prism]"])
    found = await chains(profile, Store())
    assert one(found, "tts").level == "warning"
    assert "only" in one(found, "tts").text


async def test_a_chain_whose_weights_are_missing_says_how_to_get_them(tmp_path: object) -> None:
    found = await chains(resolve("demo"), Store(tmp_path))  # type: ignore[arg-type]
    assert one(found, "stt").text == "usable once pulled: whisper-base"
    assert one(found, "stt").command == "swv6 models pull whisper-base"
    assert one(found, "tts").level == "ok"  # espeak needs none


async def test_nothing_is_to_be_installed_on_the_wrong_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    found = await chains(resolve("rtx3090", ["tts=[sapi, silent]"]), Store())
    assert (one(found, "tts sapi").text, one(found, "tts sapi").command) == ("works on win32 only", "")
