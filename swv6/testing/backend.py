"""What every backend must do, of whatever kind: the base of the contract suites."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from swv6.errors import ModelError, Swv6Error
from swv6.models.store import Store
from swv6.plugins import Backend
from swv6.plugins.options import Options, Weights

HEAVY = ("numpy", "onnxruntime", "pydantic", "torch")
"""Modules that no offer may import, beside those that it requires."""


class BackendContract:
    """What holds for a backend of any kind. Subclass the suite of a kind, not this."""

    pytestmark = pytest.mark.anyio
    backend: ClassVar[Backend[Any]]
    """The offer under test."""
    options: ClassVar[Mapping[str, Any]] = {}
    """Its options as a profile would write them; models of the catalog are fetched."""
    broken: ClassVar[tuple[Mapping[str, Any], ...]] = ()
    """Changes of the options with which it must refuse to open."""

    @pytest.fixture
    def anyio_backend(self) -> str:
        """Run on asyncio, as the product does."""
        return "asyncio"

    def settled(self, **changes: Any) -> Options:
        """Validate the options, with each model as a path."""
        model = self.backend.options_model()
        chosen = model.model_validate({**self.options, **changes})
        return chosen.model_copy(update={name: _weights(getattr(chosen, name), f) for name, f in formats(model)})

    def opened(self, **changes: Any) -> AbstractAsyncContextManager[Any]:
        """Open the backend."""
        options = self.settled(**changes)
        self.backend.check(options)
        return self.backend.opener()(options)

    def test_the_offer_imports_no_engine(self) -> None:
        """Importing the plugin's module leaves engines out of `sys.modules`, in a process of its own."""
        code = f"import sys, json, {plugin_module(self.backend)}; print(json.dumps(sorted(sys.modules)))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert not {*HEAVY, *self.backend.requires} & set(json.loads(done.stdout))

    def test_the_offer_says_how_to_install_it(self) -> None:
        """A user without the extra is told the command that brings it."""
        assert self.backend.summary
        assert self.backend.install or not self.backend.requires

    def test_options_are_frozen_and_closed(self) -> None:
        """A misspelt key is refused; options never change once validated."""
        model = self.backend.options_model()
        assert issubclass(model, Options)
        with pytest.raises(ValidationError):
            model.model_validate({**self.options, "no_such_option": 1})
        chosen, name = model.model_validate(dict(self.options)), next(iter(model.model_fields), "anything")
        with pytest.raises(ValidationError):
            setattr(chosen, name, None)

    async def test_opens_twice_in_turn(self) -> None:
        """Closing gives everything back: it can be opened again."""
        for _ in range(2):
            async with self.opened():
                pass

    async def test_leaves_no_thread(self) -> None:
        """Closing ends the threads that opening began."""
        before = set(threading.enumerate())
        async with self.opened():
            pass
        left = [t for t in threading.enumerate() if t not in before and not t.daemon and t.name[:5] not in _LOOPS]
        assert not left

    async def test_missing_weights_are_a_model_error(self, tmp_path: Path) -> None:
        """A model that is absent or junk is refused with ModelError while opening."""
        junk = tmp_path / "junk.onnx"
        junk.write_text("not a model", encoding="utf-8")
        junk.with_name("junk.onnx.json").write_text("{}", encoding="utf-8")
        for name, _ in formats(self.backend.options_model()):
            for path in (tmp_path / "absent", junk):
                options = self.settled().model_copy(update={name: str(path)})
                with pytest.raises(ModelError):
                    async with self.backend.opener()(options):
                        pass

    async def test_broken_options_are_a_documented_error(self) -> None:
        """What cannot work is refused while opening, with an error that a user can act on."""
        for changes in self.broken:
            with pytest.raises(Swv6Error):
                async with self.opened(**changes):
                    pass


_LOOPS = ("AnyIO", "async")
"""How the names of the event loop's own threads begin."""


def formats(model: type[Options]) -> list[tuple[str, str]]:
    """List the options that hold weights: (name, format)."""
    return [(name, m.format) for name, f in model.model_fields.items() for m in f.metadata if isinstance(m, Weights)]


def plugin_module(backend: Backend[Any]) -> str:
    """Find the module of the plugin that offers `backend`: the entry point that its `open` lies under."""
    module = backend.open.partition(":")[0] if isinstance(backend.open, str) else backend.open.__module__
    points = {point.module for point in entry_points(group="swv6")}
    return next((point for point in points if f"{module}.".startswith(f"{point}.")), module)


def _weights(value: str, format: str) -> str:
    if not Path(value).exists():
        Store().pull(value)
    return str(Store().find(value, format))
