"""The folder that holds the weights: verified before use, replaced in one step, safe for several processes."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from swv6.errors import ModelError
from swv6.models import catalog, manifest
from swv6.models.catalog import FROM_HUB, Model
from swv6.models.download import hash_file, mismatch
from swv6.models.progress import Progress

PATTERNS = {"gguf": "*.gguf", "piper": "*.onnx", "kokoro": "*.onnx", "kokoro-voice": "*.bin", "onnx": "*.onnx"}
"""Which file of a folder is the model; a faster-whisper model is its folder."""


def default_root() -> Path:
    """Where weights are kept: `SWV6_MODELS`, or `models` in the user's cache folder."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("SWV6_MODELS")
    return Path(chosen).expanduser().absolute() if chosen else user_cache_path("swv6", appauthor=False) / "models"


class Store:
    """Models on disk, as `<root>/<name>/<file>`."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or default_root()

    def folder(self, name: str) -> Path:
        """Where a model of the catalog is, or would be."""
        return self.root / name

    def find(self, value: str, format: str) -> Path:
        """Turn a model's name, or the path of one, into an absolute path; verified when it has a name.

        Touches no network. Raises ModelError: absent, damaged, of another format, or unknown.
        """
        model = catalog.load().get(value)
        if model is None:
            return _path(value, format)
        if model.format != format:
            raise ModelError(
                f"{value} is a {model.format} model; a {format} one is needed here", _names(format, "swv6 models list")
            )
        if not self.exists(value):
            raise ModelError(f"{value} is not on this machine", f"swv6 models pull {value}")
        if problems := self.verify(value):
            raise problems[0]
        return (self.folder(value) / model.main).absolute()

    def present(self, name: str) -> bool:
        """True when the model is here and as it was verified (by size and time; hashed when those changed)."""
        return self.exists(name) and not self.verify(name)

    def exists(self, name: str) -> bool:
        """True when every file is there, whatever is in it."""
        return all((self.folder(name) / file.name).is_file() for file in known(name).files)

    def verify(self, name: str, *, thorough: bool = False) -> list[ModelError]:
        """Give what is wrong with a model, one problem per file; `thorough` hashes everything."""
        model, folder = known(name), self.folder(name)
        seen = manifest.read(folder)
        expected = manifest.expected_hashes(model, seen)
        problems = [e for file, sha in expected.items() if (e := _check(name, folder / file, sha, seen, thorough))]
        if not problems and not all(n in seen and manifest.unchanged(folder / n, seen[n]) for n in expected):
            self._note(folder, expected)
        return problems

    def _note(self, folder: Path, hashes: dict[str, str]) -> None:
        """Remember the new times; a folder that cannot be written is hashed again next time, no more."""
        try:
            manifest.write(folder, {file: manifest.of(folder / file, sha) for file, sha in hashes.items()})
        except OSError:
            return

    def pull(self, name: str, progress: Progress | None = None, *, force: bool = False) -> Path:
        """Fetch a model unless it is here; give back what `find` gives.

        Raises ModelError; whatever happens, a good model that was here stays.
        """
        from swv6.models.pull import pull

        return pull(self, known(name), progress, force)

    def import_(self, name: str, path: Path, progress: Progress | None = None) -> Path:
        """Take a model in from a folder, or from its one file, after checking its hashes."""
        from swv6.models.pull import take_in

        return take_in(self, known(name), path, progress)

    def remove(self, name: str) -> None:
        """Delete a model and what is left of earlier tries to pull it."""
        from swv6.models.pull import remove

        remove(self, known(name))


def known(name: str) -> Model:
    """Find a model of the catalog; raise ModelError with the nearest names."""
    models = catalog.load()
    if name not in models:
        near = difflib.get_close_matches(name, models, n=3, cutoff=0.5)
        raise ModelError(
            f"there is no model called {name}" + (f"; did you mean {' or '.join(near)}?" if near else ""),
            "swv6 models list",
        )
    return models[name]


def _check(name: str, path: Path, sha256: str, seen: dict[str, manifest.Entry], thorough: bool) -> ModelError | None:
    if not path.is_file():
        return ModelError(f"{path} is missing", f"swv6 models pull --force {name}")
    if sha256 == FROM_HUB:
        return ModelError(f"{path} was never verified, so it is not used", f"swv6 models pull --force {name}")
    entry = seen.get(path.name)
    if not thorough and entry and entry.sha256 == sha256 and manifest.unchanged(path, entry):
        return None
    found = hash_file(path)
    return mismatch(str(path), sha256, found, name) if found != sha256 else None


def _path(value: str, format: str) -> Path:
    """Take a value that is no model's name as a path."""
    path = Path(value).expanduser()
    if not path.exists():
        raise ModelError(f"{value} is neither a model nor a file or folder", _names(format, "swv6 models list", value))
    if format == "faster-whisper":
        if not (path / "model.bin").is_file():
            raise ModelError(f"{value} is no faster-whisper folder: it holds no model.bin", "swv6 models list")
    elif path.is_dir():
        inside = sorted(path.glob(PATTERNS[format]))
        if len(inside) != 1:
            raise ModelError(f"{value} holds {len(inside)} files {PATTERNS[format]}; name one of them")
        path = inside[0]
    return path.absolute()


def _names(format: str, otherwise: str, value: str = "") -> str:
    """Suggest models of a format, those that resemble `value` first."""
    fitting = [m.name for m in catalog.load().values() if m.format == format]
    near = difflib.get_close_matches(value, fitting, n=3, cutoff=0.5) if value else fitting[:4]
    return f"did you mean {' or '.join(near)}? ({otherwise})" if near else otherwise
