"""What depends on the system, each with a machine that answers as the test wishes."""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from swv6.health import cuda, hardware, software
from swv6.health.machine import Machine
from swv6.models.store import Store
from swv6.profiles import resolve
from tests.health.fakes import CARDS, driver, levels, machine, one


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the profile sets end with the test, and no CUDA library count as imported."""
    for name in ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "PYTORCH_CUDA_ALLOC_CONF"):
        monkeypatch.setenv(name, "0")
        monkeypatch.delenv(name)
    monkeypatch.setattr("swv6.profiles.gpu.READS_AT_IMPORT", ())


def test_the_card_that_the_profile_means() -> None:
    (found,) = cuda.gpu(resolve("rtx3090"), machine(driver=lambda: driver(*CARDS)))
    assert found.level == "ok"
    assert found.text == "CUDA device 0 is the NVIDIA GeForce RTX 3090 with 24.0 GB, 20 GB asked for"


def test_the_wrong_card_names_what_there_is() -> None:
    cards = CARDS[0], replace(CARDS[0], index=1)
    (found,) = cuda.gpu(resolve("rtx3090"), machine(driver=lambda: driver(*cards)))
    assert found.level == "problem"
    assert "GPU name" in found.text
    assert "RTX A4000" in found.command


def test_a_profile_without_a_card_is_told_which_there_is() -> None:
    profile = resolve("demo")
    assert "none is here" in one(cuda.gpu(profile, machine()), "gpu").text
    assert "RTX 3090" in one(cuda.gpu(profile, machine(driver=lambda: driver(*CARDS))), "gpu").text


def test_libraries_are_loaded_only_where_the_profile_computes_on_a_card() -> None:
    assert not list(cuda.libraries(resolve("demo"), machine()))
    loads = {"libcublas.so.12": "", "libcudnn.so.9": "cannot open shared object file"}
    found = list(cuda.libraries(resolve("rtx3090"), machine(loads=loads.__getitem__)))
    assert levels(found) == {"cuBLAS": "ok", "cuDNN": "warning"}
    assert one(found, "cuDNN").command == 'pip install "swv6[cuda]"'


def test_windows_has_other_names_for_them() -> None:
    asked = list[str]()
    list(cuda.libraries(resolve("rtx3090"), machine(platform="win32", loads=lambda n: asked.append(n) or "")))  # type: ignore[func-returns-value]
    assert asked == ["cublas64_12.dll", "cudnn64_9.dll"]


@pytest.mark.parametrize(
    ("supported", "level"), [({"float16", "int8"}, "ok"), ({"float32"}, "warning"), (set[str](), "warning")]
)
def test_compute_types(supported: Collection[str], level: str) -> None:
    found = cuda.compute_types(resolve("rtx3090"), machine(compute_types=lambda device: supported))
    assert levels(found) == {"compute cuda": level}


def test_this_machine_computes_in_int8() -> None:
    """Ask the real CTranslate2."""
    assert levels(cuda.compute_types(resolve("demo"), Machine())) == {"compute cpu": "ok"}


def test_memory() -> None:
    profile = resolve("demo")
    assert levels(hardware.memory(profile, machine())) == {"memory": "ok"}
    little = machine(memory=lambda: (4 * 10**9, 3 * 10**9))
    assert levels(hardware.memory(profile, little)) == {"memory": "warning"}
    full = machine(memory=lambda: (8 * 10**9, 10**9))
    assert levels(hardware.memory(profile, full)) == {"memory": "problem"}


def test_one_core_is_few() -> None:
    assert levels(hardware.cores(machine(cores=lambda: 1))) == {"cores": "warning"}


def test_disk_space_counts_what_is_still_to_come(tmp_path: Path) -> None:
    profile, store = resolve("demo"), Store(tmp_path)
    full = hardware.disk(profile, machine(free=lambda path: 10**9), store)
    assert levels(full)["disk of models"] == "problem"
    assert levels(hardware.disk(profile, machine(), store))["disk of models"] == "ok"


def test_a_port_that_is_taken() -> None:
    """Ask the real system for one that is listened on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        profile = resolve("demo", [f"metrics={{port: {server.getsockname()[1]}}}"])
        (found,) = hardware.ports(profile, Machine())
    assert found.level == "warning"
    assert "--set metrics.port=" in found.command
    assert levels(hardware.ports(profile, machine())) == {"metrics port": "ok"}
    assert not list(hardware.ports(resolve("demo"), machine()))


def test_windows_paths_and_voices() -> None:
    assert not list(software.windows(machine()))
    assert levels(software.windows(machine(platform="win32"))) == {"long paths": "ok", "windows voices": "ok"}
    bad = software.windows(machine(platform="win32", long_paths=lambda: False, voices=lambda: 0))
    assert levels(bad) == {"long paths": "warning", "windows voices": "warning"}
    real = Machine()
    assert isinstance(real.long_paths(), bool)
    assert real.voices() >= 0
