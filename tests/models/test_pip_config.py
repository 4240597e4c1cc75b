"""pip's own configuration is what decides where packages come from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from swv6.errors import ModelError
from swv6.models import pip_config
from swv6.models.pip_config import Pip, parse


def test_a_configuration_file_is_read_by_the_real_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.upper().startswith("PIP_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "pip.ini"
    file.write_text(
        "[global]\nindex-url = http://mirror.test/simple\nextra-index-url =\n  http://a.test/s\n  http://b.test/s\n"
        "cert = /ca.pem\nproxy = http://proxy.test:3128\n[download]\ntimeout = 7\n[install]\ntimeout = 9\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_TRUSTED_HOST", "mirror.test")
    pip_config.read.cache_clear()
    found = pip_config.read()
    pip_config.read.cache_clear()
    assert found.indexes == ("http://mirror.test/simple", "http://a.test/s", "http://b.test/s")
    assert (found.cert, found.proxy, found.timeout) == ("/ca.pem", "http://proxy.test:3128", 7.0)
    assert found.trusted == ("mirror.test",)


def test_without_configuration_pip_names_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.upper().startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    pip_config.read.cache_clear()
    (index,) = pip_config.read().indexes
    pip_config.read.cache_clear()
    assert index.startswith("https://")
    assert index.endswith("/simple")


def test_the_environment_wins_over_files() -> None:
    listing = ":env:.index-url='http://env/simple'\nglobal.index-url='http://file/simple'\nglobal.timeout='3'\n"
    assert parse(listing, "http://default") == Pip(("http://env/simple",), timeout=3.0)


def test_no_index_leaves_the_folders() -> None:
    listing = "global.no-index='true'\nglobal.find-links='/wheels\\n/more'\nglobal.extra-index-url='http://x'\n"
    assert parse(listing, "http://default") == Pip((), find_links=("/wheels", "/more"))


def test_a_python_without_pip_uses_the_one_it_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = pip_config._bundled()
    if not bundled:
        pytest.skip("this distribution took pip out of the standard library")
    real, tried = subprocess.run, []

    def without(command: list[str], **options: Any) -> Any:
        tried.append(command)
        lacking = [sys.executable, "-c", "raise SystemExit(1)"]
        return real(lacking if command[1:3] == ["-m", "pip"] else command, **options)

    monkeypatch.setattr(subprocess, "run", without)
    assert "index-url" in pip_config._pip("download", "--help")
    assert tried[-1][1] == str(bundled[0])


def test_no_pip_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pip_config, "_bundled", list)
    with pytest.raises(ModelError, match="there is no pip here"):
        pip_config._pip("no-such-command")


@pytest.mark.parametrize("wrong", [Pip((), cert="/no/such/file.pem"), Pip((), proxy="nonsense")])
def test_a_configuration_that_cannot_work_is_named(wrong: Pip) -> None:
    with pytest.raises(ModelError, match="pip's certificate or proxy cannot be used"):
        pip_config.client(wrong)


def test_a_trusted_host_gets_a_transport_of_its_own() -> None:
    with pip_config.client(Pip((), trusted=("mirror.test",))) as client:
        chosen = {str(pattern.pattern): transport for pattern, transport in client._mounts.items()}
    assert "all://mirror.test" in chosen
