"""Where profiles are found: own folder before plugins before the shipped ones, in a checkout and in a wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import swv6
from swv6.plugins import ProfileOffer
from swv6.profiles.search import Found, find, is_path, own_folder, shipped_folder, visible
from tests.profiles.fakes import BASE, fake_plugins, write


def test_the_first_of_own_plugin_and_shipped_wins(tmp_path: Path, own_profiles: Path) -> None:
    plugins = fake_plugins()
    theirs = write(tmp_path, BASE, "theirs.yaml")
    for name in ("en", "gift"):
        plugins.offers["profile"][name] = ProfileOffer(name, "", theirs)
    write(own_profiles, BASE, "default.yml")
    sources = {f.name: f.source for f in visible(plugins)}
    assert (sources["default"], sources["en"], sources["gift"], sources["demo"]) == (
        "own",
        "plugin",
        "plugin",
        "shipped",
    )
    assert find("default", plugins, tmp_path) == Found("default", own_profiles / "default.yml", "own")


def test_a_path_is_relative_to_the_folder_that_asks(tmp_path: Path) -> None:
    write(tmp_path, BASE, "deep/x.yaml")
    assert find("deep/x.yaml", fake_plugins(), tmp_path) == Found("x", tmp_path / "deep" / "x.yaml", "path")
    assert find("x.yaml", fake_plugins(), tmp_path) is None


@pytest.mark.parametrize(
    ("text", "path"), [("a", False), ("a.b", False), ("a.yaml", True), ("./a", True), (r"b\a", True)]
)
def test_names_and_paths(text: str, path: bool) -> None:
    assert is_path(text) is path


def test_the_own_folder_is_where_the_system_keeps_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import platformdirs

    monkeypatch.delenv("SWV6_PROFILES")
    assert own_folder() == platformdirs.user_config_path("swv6", appauthor=False) / "profiles"
    monkeypatch.setenv("SWV6_PROFILES", str(tmp_path))
    assert own_folder() == tmp_path


def test_a_checkout_has_them_beside_the_package() -> None:
    assert shipped_folder() == Path(swv6.__file__).resolve().parents[1] / "profiles"
    assert (shipped_folder() / "default.yaml").is_file()


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    """Lay the package out as the wheel does, and ask a fresh interpreter from another folder."""
    package = Path(swv6.__file__).resolve().parent
    shutil.copytree(package, tmp_path / "site" / "swv6", ignore=shutil.ignore_patterns("__pycache__", "_profiles"))
    shutil.copytree(package.parent / "profiles", tmp_path / "site" / "swv6" / "_profiles")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "from swv6.plugins.manager import Plugins\n"
        "from swv6.profiles.search import find, shipped_folder\n"
        "from pathlib import Path\n"
        "found = find('demo', Plugins(), Path())\n"
        "print(shipped_folder(), found.source, (found.path.parent / 'sounds' / 'question-1.wav').is_file())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert ran.stdout.strip() == f"{(tmp_path / 'site' / 'swv6' / '_profiles').resolve()} shipped True"
