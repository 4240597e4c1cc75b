"""What is written anew of Kokoro's model computes what was there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from plugins_builtin.kokoro.ends import DECODED, ENERGY, PITCH, SOUND, ends
from plugins_builtin.kokoro.engine import _rewrite
from plugins_builtin.kokoro.graph import rewritten
from plugins_builtin.kokoro.quicker import KERNELS, rewrite

RANDOM = np.random.default_rng(7)


def made(nodes: list[tuple[str, str, str, dict[str, Any]]], **constants: Any) -> Any:
    """Build a model from x to y of nodes: kind, inputs, outputs, attributes."""
    graph = helper.make_graph(
        [helper.make_node(kind, ins.split(), outs.split(), name=outs, **more) for kind, ins, outs, more in nodes],
        "test",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, None)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def run(model: Any, sound: Any) -> Any:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": sound})[0]


def floats(*shape: int) -> Any:
    return RANDOM.standard_normal(shape).astype(np.float32)


def a_convolution(taps: int, step: int, out: int = 32) -> Any:
    around = step * (taps - 1) // 2
    shape = {"kernel_shape": [taps], "strides": [1], "dilations": [step], "pads": [around, around], "group": 1}
    return made(
        [
            ("DynamicQuantizeLinear", "x", "sound scale zero", {}),
            ("ConvInteger", "sound weights zero middle", "sums", shape),
            ("Mul", "scale unit", "scales", {}),
            ("Div", "bias scales", "whole", {}),
            ("Floor", "whole", "floor", {}),
            ("Cast", "floor", "integer", {"to": TensorProto.INT32}),
            ("Reshape", "integer column", "shift", {}),
            ("Add", "sums shift", "shifted", {}),
            ("Cast", "shifted", "float", {"to": TensorProto.FLOAT}),
            ("Mul", "float scales", "y", {}),
        ],
        weights=RANDOM.integers(0, 255, (out, 16, taps)).astype(np.uint8),
        middle=np.uint8(120),
        unit=np.float32(0.001),
        bias=floats(out),
        column=np.array([1, -1, 1], np.int64),
    )


def a_snake() -> Any:
    rates = np.abs(floats(1, 16, 1)) + np.float32(0.2)
    return made(
        [
            ("Mul", "rates x", "angles", {}),
            ("Sin", "angles", "sine", {}),
            ("Pow", "sine two", "square", {}),
            ("Mul", "heights square", "wave", {}),
            ("Add", "x wave", "y", {}),
        ],
        rates=rates,
        heights=1 / rates,
        two=np.float32(2),
    )


def a_norm() -> Any:
    return made(
        [
            ("Unsqueeze", "style two", "column", {}),
            ("Split", "column", "factor shift", {"axis": 1, "num_outputs": 2}),
            ("Add", "factor one", "more", {}),
            ("ReduceMean", "x two", "mean", {}),
            ("Sub", "x mean", "centred", {}),
            ("Mul", "centred centred", "squares", {}),
            ("ReduceMean", "squares two", "variance", {}),
            ("Add", "variance tiny", "positive", {}),
            ("Sqrt", "positive", "deviation", {}),
            ("Div", "centred deviation", "normed", {}),
            ("Mul", "more normed", "scaled", {}),
            ("Add", "scaled shift", "y", {}),
        ],
        style=floats(1, 32),
        two=np.array([2], np.int64),
        one=np.float32(1),
        tiny=np.float32(1e-5),
    )


def a_spectrum() -> Any:
    return made(
        [("STFT", "x hop window length", "y", {"onesided": 1})],
        hop=np.int64(5),
        window=np.hanning(21)[:20].astype(np.float32),
        length=np.int64(20),
    )


@pytest.mark.parametrize(
    ("model", "shape", "gone", "off"),
    [
        (a_convolution(1, 1), (1, 16, 50), "ConvInteger", 1e-3),
        (a_convolution(3, 1), (1, 16, 50), "ConvInteger", 1e-3),
        (a_convolution(7, 5), (1, 16, 50), "ConvInteger", 1e-3),
        (a_snake(), (1, 16, 500), "Sin", 1e-5),
        (a_norm(), (1, 16, 500), "Sqrt", 1e-4),
        (a_spectrum(), (1, 500), "STFT", 1e-4),
    ],
)
def test_the_same_is_computed(model: Any, shape: tuple[int, ...], gone: str, off: float) -> None:
    """Each rule keeps the values; a bias, made whole before, may differ by a unit of the sums. Twice is once."""
    sound = floats(*shape) * 4
    before = run(model, sound)
    assert rewritten(model, KERNELS)
    assert gone not in {node.op_type for node in model.graph.node}
    np.testing.assert_allclose(run(model, sound), before, atol=off)
    assert not rewritten(model, KERNELS)


def test_a_sound_that_stands_still_has_phases() -> None:
    """A negative mean has the phase pi, and no bin is zero, of which there is no phase."""
    model = a_spectrum()
    assert rewritten(model, KERNELS)
    frames = run(model, np.full((1, 60), -0.03, np.float32))
    phases = np.arctan2(frames[..., 1], frames[..., 0])
    np.testing.assert_allclose(phases[..., 0], np.pi, atol=1e-4)
    np.testing.assert_allclose(phases, phases[:, :1].repeat(phases.shape[1], 1), atol=1e-4)


@pytest.mark.parametrize("model", [a_convolution(3, 1, out=8), made([("Sin", "x", "y", {})])])
def test_what_no_rule_knows_is_linked(model: Any, tmp_path: Path) -> None:
    """A narrow convolution stays, and so does a sine that is no snake: nothing is copied."""
    onnx.save(model, tmp_path / "model.onnx")
    rewrite(tmp_path / "model.onnx", tmp_path / "made.onnx")
    assert (tmp_path / "made.onnx").samefile(tmp_path / "model.onnx")


def test_what_was_kept_before_goes(tmp_path: Path) -> None:
    """The files of earlier rewritings, as large as the model, are removed when the next is made; nothing else is."""
    for name in ("products-1.onnx", "quicker-2.onnx", "quicker-2.onnx.json", "another.onnx"):
        (tmp_path / name).touch()
    onnx.save(a_snake(), tmp_path / "model.onnx")
    _rewrite(tmp_path / "model.onnx", tmp_path / "quicker.onnx")
    assert {path.name for path in tmp_path.iterdir()} == {"another.onnx", "model.onnx", "quicker.onnx"}


@pytest.mark.parametrize("name", ["rates", "heights", "two"])
def test_a_snake_of_other_numbers_stays(name: str) -> None:
    """Factors that are not float32, or not constant, and other powers are left alone."""
    model = a_snake()
    (constant,) = [tensor for tensor in model.graph.initializer if tensor.name == name]
    value = np.float32(3) if name == "two" else numpy_helper.to_array(constant).astype(np.float16)
    constant.CopyFrom(numpy_helper.from_array(np.asarray(value), name))
    assert not rewritten(model, KERNELS)
    assert Counter(node.op_type for node in model.graph.node)["Sin"] == 1


def a_voice() -> Any:
    """The places of the released model at which its ends are cut, with the sound twice its energy."""
    return made(
        [
            ("Identity", "x", ENERGY, {}),
            ("Unsqueeze", f"{ENERGY} first", PITCH, {}),
            ("Resize", f"{PITCH} none sizes", "tones", {}),
            ("Unsqueeze", f"{ENERGY} first", DECODED, {}),
            ("Add", f"tones {DECODED}", "both", {}),
            ("Squeeze", "both", SOUND, {}),
            ("Identity", SOUND, "y", {}),
        ],
        first=np.array([0]),
        none=np.zeros(0, np.float32),
        sizes=np.ones(3, np.float32),
    )


@pytest.mark.parametrize(
    ("before", "after", "kept", "louder"),
    [(20, 30, slice(12, 31), 1.692), (3, 30, slice(0, 14), 1.651), (20, 0, slice(12, 23), 1.534), (0, 0, slice(3), 1)],
)
def test_quiet_ends_are_left_out(before: int, after: int, kept: slice, louder: float) -> None:
    """What is heard stays with a tenth of a second around, louder by what less quiet in the norms takes away."""
    energy = np.array([[-9.0] * before + [5.0, -9.0, 7.0] + [-9.0] * after], np.float32)
    model = a_voice()
    assert rewritten(model, (ends,))
    np.testing.assert_allclose(run(model, energy).ravel(), 2 * energy[0, kept] * louder, rtol=1e-3)
    assert not rewritten(model, (ends,))  # twice is once


def test_a_sound_of_quiet_alone_stays_whole() -> None:
    """There is no end to cut where nothing is heard."""
    energy, model = np.full((1, 40), -9.0, np.float32), a_voice()
    assert rewritten(model, (ends,))
    np.testing.assert_allclose(run(model, energy).ravel(), 2 * energy.ravel())
