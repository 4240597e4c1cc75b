"""What NVML says, with a library that only answers like it, and with the real one where there is no driver."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from swv6.errors import HardwareError
from swv6.profiles import nvml
from swv6.profiles.gpu import Card, Driver


class FakeError(Exception):
    """Stands for pynvml.NVMLError."""


def fake(**changes: Any) -> SimpleNamespace:
    names = ["NVIDIA RTX A4000", b"NVIDIA GeForce RTX 3090"]
    answers: dict[str, Any] = {
        "NVMLError": FakeError,
        "nvmlInit": lambda: None,
        "nvmlShutdown": lambda: None,
        "nvmlSystemGetCudaDriverVersion_v2": lambda: 12040,
        "nvmlDeviceGetCount": lambda: 2,
        "nvmlDeviceGetHandleByIndex": lambda index: index,
        "nvmlDeviceGetName": lambda handle: names[handle],
        "nvmlDeviceGetUUID": lambda handle: f"GPU-{handle}",
        "nvmlDeviceGetMemoryInfo": lambda handle: SimpleNamespace(total=(handle + 1) * 10**9),
    }
    return SimpleNamespace(**{**answers, **changes})


def raises(*_: object) -> Any:
    raise FakeError("Driver Not Loaded")


def test_cards_in_pci_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", fake())
    first = Card(0, "GPU-0", "NVIDIA RTX A4000", 10**9)
    assert nvml.ask() == Driver(12040, (first, Card(1, "GPU-1", "NVIDIA GeForce RTX 3090", 2 * 10**9)))


def test_a_driver_without_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", fake(nvmlSystemGetCudaDriverVersion_v2=raises))
    assert nvml.ask().cuda == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("nvmlInit", "no working NVIDIA driver (Driver Not Loaded)"),
        ("nvmlDeviceGetCount", "driver that does not answer"),
    ],
)
def test_a_driver_that_fails(monkeypatch: pytest.MonkeyPatch, call: str, says: str) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", fake(**{call: raises}))
    with pytest.raises(HardwareError, match="GPU check failed: CUDA: ") as caught:
        nvml.ask()
    assert says in caught.value.what


def test_without_the_binding_the_driver_s_own_library_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", None)

    def absent(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", absent)
    with pytest.raises(HardwareError, match="found no NVIDIA driver"):
        nvml.ask()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: name)
    with pytest.raises(HardwareError, match="nvidia-ml-py, which asks it, is missing") as caught:
        nvml.ask()
    assert caught.value.hint == 'pip install "swv6[cuda]"'


def test_the_checks_import_no_cuda_library() -> None:
    """Ask the machine as it is, in a fresh process: a card or a HardwareError, and nothing heavy either way."""
    code = (
        "import sys\n"
        "from swv6.errors import HardwareError\n"
        "from swv6.profiles.gpu import prepare\n"
        "from swv6.profiles.schema import Gpu\n"
        "try:\n    prepare(Gpu())\n"
        "except HardwareError as error:\n    print(error.what)\n"
        "heavy = {'torch', 'ctranslate2', 'llama_cpp', 'onnxruntime', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    assert not ran.stdout or ran.stdout.startswith("GPU check failed: ")


def test_what_cards_are_doing(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, rates = SimpleNamespace(used=3, total=8), SimpleNamespace(gpu=25)
    asked = {"nvmlDeviceGetMemoryInfo": lambda h: memory, "nvmlDeviceGetUtilizationRates": lambda h: rates}
    monkeypatch.setitem(sys.modules, "pynvml", fake(nvmlDeviceGetCount=lambda: 1, **asked))
    assert nvml.usage() == [(0, 3, 8, 0.25)]
    monkeypatch.setitem(sys.modules, "pynvml", fake(nvmlDeviceGetCount=raises))
    assert nvml.usage() == []
