"""The wheel is whole, and works in a folder that is not the project's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from .conftest import ROOT, Environment


def test_the_wheel_holds_everything_that_the_tree_does(wheels: Path) -> None:
    with ZipFile(next(wheels.glob("swv6-*.whl"))) as wheel:
        names = set(wheel.namelist())
    for package in ("swv6", "plugins_builtin"):
        for file in (ROOT / package).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert file.relative_to(ROOT).as_posix() in names
    for file in (ROOT / "profiles").rglob("*"):
        if file.is_file():
            assert f"swv6/_profiles/{file.relative_to(ROOT / 'profiles').as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "examples/", ".ci"))]


def test_it_works_in_any_folder(create: Callable[[], Environment]) -> None:
    environment = create()
    where = environment.run("-c", "import swv6; print(swv6.__file__)").strip()
    assert Path(where).is_relative_to(environment.folder)
    listed = environment.swv6("profiles", "list")
    for name in ("default", "demo", "en", "rtx3090", "remote", "offline-test"):
        assert name in listed
    assert environment.swv6("--version").strip() == "0.1.0"
    assert "prism" in environment.swv6("plugins")
    assert "question-1.wav" in environment.swv6("profiles", "show", "demo")
