"""Cards that are only described: who gets a copy of the model, and in which compute type."""

from __future__ import annotations

import ctypes
import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import ctranslate2
import pytest

from plugins_builtin.prism import asking, loading
from plugins_builtin.prism.cards import Card, Load, Placing, place
from plugins_builtin.prism.options import PrismOptions

GB = 1_000_000_000
AMPERE = frozenset({"float32", "float16", "bfloat16", "int8", "int8_float16", "int8_float32", "int8_bfloat16"})
PASCAL = frozenset({"float32", "int8", "int8_float32"})
LARGE = Load(3_087_000_000, 8)


def ampere(free: float | None) -> Card:
    return Card(AMPERE, None if free is None else round(free * GB))


@pytest.mark.parametrize(
    ("load", "cards", "placing"),
    [
        (LARGE, {0: ampere(24), 1: ampere(24)}, Placing((0, 1), "float16")),
        (LARGE, {0: ampere(24), 1: ampere(3)}, Placing((0,), "float16", (1,))),
        (LARGE, {0: ampere(3), 1: ampere(24)}, Placing((1,), "float16", (0,))),
        (LARGE, {0: ampere(5)}, Placing((0,), "int8_float16")),
        (LARGE, {0: ampere(3)}, Placing((), "auto", (0,))),
        (Load(3_087_000_000, 1), {0: ampere(3.5)}, Placing((0,), "int8_float16")),
        (Load(145_000_000, 8), {0: ampere(3), 1: ampere(3)}, Placing((0, 1), "float16")),
        (LARGE, {0: Card(PASCAL, 24 * GB)}, Placing((0,), "int8_float32")),
        (LARGE, {0: Card(PASCAL, 24 * GB), 1: ampere(24)}, Placing((1,), "float16", (0,))),
        (Load(3_087_000_000, 8, "int8_float16"), {0: ampere(24)}, Placing((0,), "int8_float16")),
        (Load(3_087_000_000, 8, "float16"), {0: ampere(5)}, Placing((), "float16", (0,))),
        (LARGE, {0: ampere(None), 1: ampere(None)}, Placing((0, 1), "float16")),
        (
            Load(3_087_000_000, 1, copies=1),
            {0: ampere(1), 1: ampere(24), 2: ampere(9)},
            Placing((1,), "float16", (0,)),
        ),
    ],
)
def test_cards_with_room_get_a_copy(load: Load, cards: dict[int, Card], placing: Placing) -> None:
    assert place(load, cards) == placing


@pytest.mark.parametrize(
    ("kind", "batch", "gigabytes"),
    [("float16", 1, 4.5), ("int8_float16", 1, 2.9), ("float16", 8, 6.1), ("int8_float16", 8, 4.5)],
)
def test_the_need_is_what_was_measured(kind: str, batch: int, gigabytes: float) -> None:
    assert Load(3_087_000_000, batch).need(kind) / GB == pytest.approx(gigabytes, rel=0.12)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Have two cards, of which one has 3 GB free, and a Whisper that only notes how it is loaded."""
    loaded = list[dict[str, Any]]()

    class Noted:
        model = SimpleNamespace(n_mels=80)

        def __init__(self, model: str, **settings: Any) -> None:
            loaded.append(settings)

        def encode(self, features: Any) -> None: ...

    with (tmp_path / "model.bin").open("wb") as file:
        file.truncate(3_087_000_000)  # a hole
    frees = {0: 24 * GB, 1: 3 * GB}
    monkeypatch.setattr(loading, "Whisper", Noted)
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 2)
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device, index=0: AMPERE)
    monkeypatch.setattr(asking, "free", frees.get)
    return SimpleNamespace(loaded=loaded, frees=frees, options={"model": str(tmp_path), "vad_filter": False})


def test_a_copy_on_each_card_with_room(machine: Any, caplog: pytest.LogCaptureFixture) -> None:
    loading.load(PrismOptions(**machine.options, live=False))
    assert "leaves cards without 6.1 GB free alone: 1 has 3.0 GB" in caplog.text
    machine.frees[1] = 24 * GB
    loading.load(PrismOptions(**machine.options, live=False))
    loading.load(PrismOptions(**machine.options, live=True))
    loading.load(PrismOptions(**machine.options, live=False, devices=(1,)))
    chosen = [(each["device"], each["device_index"], each["compute_type"]) for each in machine.loaded]
    assert chosen == [("cuda", [n], "float16") if n != 2 else ("cuda", [0, 1], "float16") for n in (0, 2, 0, 1)]


def test_no_room_anywhere_is_the_cpu_aloud(machine: Any, caplog: pytest.LogCaptureFixture) -> None:
    machine.frees.update({0: GB, 1: GB})
    with caplog.at_level(logging.WARNING, "swv6.prism"):
        assert loading.load(PrismOptions(**machine.options, live=False))[0] == "cpu"
    assert "no card has the 4.6 GB free" in caplog.text


def test_without_a_card_cuda_is_the_cpu_and_says_so(
    machine: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)
    with caplog.at_level(logging.WARNING, "swv6.prism"):
        assert loading.load(PrismOptions(**machine.options, live=False, device="cuda"))[0] == "cpu"
    assert "CUDA failed (there is no card): prism uses the CPU" in caplog.text


def test_free_memory_is_asked_of_the_card_that_cuda_means(monkeypatch: pytest.MonkeyPatch) -> None:
    name = UUID(int=7)

    class Refused(Exception): ...

    nvml = SimpleNamespace(
        NVMLError=Refused,
        nvmlInit=lambda: None,
        nvmlShutdown=lambda: None,
        nvmlDeviceGetHandleByUUID=lambda uuid: uuid,
        nvmlDeviceGetMemoryInfo=lambda handle: SimpleNamespace(free=5 if handle == f"GPU-{name}".encode() else 0),
    )
    codes = {"cuDeviceGet": 0}

    def named(pointer: Any, device: Any) -> int:
        ctypes.memmove(pointer, name.bytes, 16)
        return 0

    driver = SimpleNamespace(
        cuInit=lambda flags: 0, cuDeviceGet=lambda device, index: codes["cuDeviceGet"], cuDeviceGetUuid=named
    )
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    monkeypatch.setattr(asking, "_driver", lambda: driver)
    assert asking.free(0) == 5
    codes["cuDeviceGet"] = 101  # no such device
    assert asking.free(0) is None
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert asking.free(0) is None
