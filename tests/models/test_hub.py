"""The hub, spoken to with its own library against a local server that answers as it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.models import world
from tests.models.conftest import World


def pull(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Pull in a process of its own: the hub's library reads its environment once, when it is imported."""
    command = [sys.executable, "-m", "swv6", "models", "pull", name]
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )


def test_files_are_verified_by_the_hubs_own_hashes(toys: World) -> None:
    done = pull("toy-hub")
    assert done.returncode == 0, done.stderr
    folder = toys.store.folder("toy-hub")
    assert toys.store.find("toy-hub", "gguf") == folder / "h.gguf"
    assert (folder / "h.gguf").read_bytes() == world.WHOLE
    assert (folder / "extra.json").read_bytes() == world.CONFIG  # taken by its pattern
    assert not (folder / "README.md").exists()
    assert toys.store.verify("toy-hub", thorough=True) == []
    (folder / "h.gguf").write_bytes(b"changed since")
    assert [str(folder / "h.gguf") in problem.what for problem in toys.store.verify("toy-hub")] == [True]


def test_a_file_that_is_not_what_the_hub_says_is_refused(toys: World) -> None:
    toys.served.pages[f"/toys/hub/resolve/{'c' * 40}/extra.json"] = b"tampered"
    done = pull("toy-hub")
    assert done.returncode == 4
    assert "extra.json is not the expected file" in done.stderr
    assert not toys.store.folder("toy-hub").exists()


def test_a_cut_connection_goes_on(toys: World) -> None:
    toys.served.cut[f"/toys/hub/resolve/{'c' * 40}/h.gguf"] = 200_000
    assert pull("toy-hub").returncode == 0
    assert toys.served.gets("h.gguf") == ["", "bytes=200000-"]
    assert toys.store.verify("toy-hub", thorough=True) == []


def test_a_file_that_the_hub_does_not_have_is_named(toys: World) -> None:
    toys.served.pages["/api/models/toys/hub/revision/main"] = json.dumps(
        {"id": "toys/hub", "sha": "c" * 40, "siblings": []}
    ).encode()
    done = pull("toy-hub")
    assert done.returncode == 4
    assert "the hub's toys/hub has no h.gguf" in done.stderr


def test_no_hub_and_offline_mode_say_so(toys: World) -> None:
    done = pull("toy-hub", HF_ENDPOINT="http://127.0.0.1:9")
    assert done.returncode == 4
    assert "no network" in done.stderr
    assert "Traceback" not in done.stderr
    done = pull("toy-hub", HF_HUB_OFFLINE="1")
    assert done.returncode == 4
    assert "HF_HUB_OFFLINE" in done.stderr
    assert not toys.store.folder("toy-hub").exists()
    assert toys.served.asked == []
