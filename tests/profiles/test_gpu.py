"""The checks of a graphics card, in their order, with cards that are only described."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from types import ModuleType

import pytest

from swv6.errors import HardwareError
from swv6.profiles import resolve
from swv6.profiles.gpu import Card, Driver, prepare
from swv6.profiles.schema import Gpu

A4000 = Card(0, "GPU-aaaa", "NVIDIA RTX A4000", 17_179_869_184)
RTX3090 = Card(1, "GPU-bbbb", "NVIDIA GeForce RTX 3090", 25_769_803_776)
BOTH = Driver(12040, (A4000, RTX3090))
SECOND = {"CUDA_VISIBLE_DEVICES": "1", "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
WANTED = Gpu(name="rtx 3090", min_vram=20_000_000_000, env=SECOND)


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test set the environment, and take it back."""
    for name in ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "PYTORCH_CUDA_ALLOC_CONF"):
        monkeypatch.setenv(name, "")  # remembered, so that it is restored
        monkeypatch.delenv(name)
    for name in ("torch", "ctranslate2", "llama_cpp"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def refusal(gpu: Gpu, driver: Driver) -> HardwareError:
    with pytest.raises(HardwareError) as caught:
        prepare(gpu, lambda: driver)
    assert caught.value.exit_code == 3
    return caught.value


def test_the_card_behind_the_ordinal() -> None:
    assert prepare(WANTED, lambda: BOTH) == RTX3090
    assert {name: os.environ[name] for name in SECOND} == SECOND


@pytest.mark.parametrize(
    ("visible", "device", "card"), [("1,0", 1, A4000), ("GPU-bb", 0, RTX3090), (" 1 , 0", 0, RTX3090)]
)
def test_the_mapping_is_the_runtime_s(visible: str, device: int, card: Card) -> None:
    env = {**SECOND, "CUDA_VISIBLE_DEVICES": visible}
    assert prepare(Gpu(device=device, env=env), lambda: BOTH) == card


def test_without_a_choice_every_card_is_visible() -> None:
    assert prepare(Gpu(device=1, env={"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}), lambda: BOTH) == RTX3090


@pytest.mark.parametrize(
    ("gpu", "driver", "check", "found"),
    [
        (WANTED, Driver(0, (RTX3090,)), "CUDA", "a driver that runs no CUDA"),
        (WANTED, Driver(12040, ()), "CUDA", "no graphics card"),
        (WANTED, Driver(12040, (RTX3090,)), "GPU memory", ""),
        (Gpu(env={**SECOND, "CUDA_VISIBLE_DEVICES": "2"}), BOTH, "device mapping", "it leaves 0 of 2 visible"),
        (Gpu(env={**SECOND, "CUDA_VISIBLE_DEVICES": ""}), BOTH, "device mapping", "it leaves 0 of 2 visible"),
        (
            Gpu(env={**SECOND, "CUDA_VISIBLE_DEVICES": "0,7,1"}, device=1),
            BOTH,
            "device mapping",
            "leaves 1 of 2 visible",
        ),
        (Gpu(device=1, env=SECOND), BOTH, "device mapping", "CUDA device 1 does not exist with CUDA_VISIBLE_DEVICES=1"),
        (Gpu(env={"CUDA_VISIBLE_DEVICES": "1"}), BOTH, "device mapping", "CUDA_DEVICE_ORDER is not PCI_BUS_ID"),
        (
            Gpu(name="RTX 4090", env=SECOND),
            BOTH,
            "GPU name",
            "is the NVIDIA GeForce RTX 3090 (PCI order 1), expected 'RTX 4090'",
        ),
        (Gpu(min_vram=40_000_000_000, env=SECOND), BOTH, "GPU memory", "with 25.8 GB, expected at least 40.0 GB"),
    ],
)
def test_each_check_says_what_it_found_and_what_to_do(gpu: Gpu, driver: Driver, check: str, found: str) -> None:
    if check == "GPU memory" and not found:
        driver = Driver(12040, (A4000, Card(1, "GPU-cccc", "NVIDIA RTX 3090 Laptop", 8_000_000_000)))
        found = "the NVIDIA RTX 3090 Laptop (PCI order 1) with 8.0 GB, expected at least 20.0 GB"
    error = refusal(gpu, driver)
    assert error.what.startswith(f"GPU check failed: {check}: ")
    assert found in error.what
    assert error.hint


def test_checks_come_in_their_order() -> None:
    nothing_right = Gpu(name="none", min_vram=10**15, device=9, env=SECOND)
    assert "CUDA:" in refusal(nothing_right, Driver(0, ())).what
    assert "device mapping:" in refusal(nothing_right, BOTH).what
    assert "GPU name:" in refusal(nothing_right.model_copy(update={"device": 0}), BOTH).what


def test_the_hint_lists_the_cards_there_are() -> None:
    assert (
        "0: NVIDIA RTX A4000 17.2 GB, 1: NVIDIA GeForce RTX 3090 25.8 GB"
        in refusal(Gpu(name="H100", env=SECOND), BOTH).hint
    )


def test_too_late_for_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", ModuleType("torch"))
    error = refusal(WANTED, BOTH)
    assert error.what.startswith("GPU check failed: environment: torch was imported before CUDA_VISIBLE_DEVICES")
    assert "CUDA_VISIBLE_DEVICES" not in os.environ


def test_an_import_is_fine_when_the_values_are_already_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECOND.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, "torch", ModuleType("torch"))
    assert prepare(WANTED, lambda: BOTH) == RTX3090


def test_the_rtx3090_profile_asks_for_what_our_user_has() -> None:
    gpu = resolve("rtx3090").gpu
    assert gpu is not None
    assert prepare(gpu, lambda: BOTH) == RTX3090
    assert os.environ["PYTORCH_CUDA_ALLOC_CONF"] == "max_split_size_mb:1024"
    small = Driver(12040, (RTX3090, Card(1, "GPU-dddd", "NVIDIA GeForce RTX 3090 Ti", 12 * 10**9)))
    other = Driver(12040, (RTX3090, Card(1, "GPU-dddd", "NVIDIA T4", 16 * 10**9)))
    swapped = [Driver(d.cuda, (replace(d.cards[0], index=0), d.cards[1])) for d in (small, other)]
    assert [refusal(gpu, driver).what.split(": ")[1] for driver in swapped] == ["GPU memory", "GPU name"]
