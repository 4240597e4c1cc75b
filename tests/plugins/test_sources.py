"""The quick search for entry points finds what importlib.metadata finds."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path
from zipfile import ZipFile

import pytest

from swv6.plugins import sources

from .conftest import Make


@pytest.mark.parametrize("group", ["swv6", "console_scripts", "pytest11", "no.such.group"])
def test_it_finds_the_same_as_importlib(group: str) -> None:
    quick = {(p.name, p.value, p.dist.name, p.dist.version) for p in sources._scan(group)}
    slow = {(p.name, p.value, p.dist.name, p.dist.version) for p in entry_points(group=group) if p.dist}
    assert quick == slow
    assert quick or group == "no.such.group"


def test_what_it_finds_loads(make: Make) -> None:
    make("some_pkg", one="answer = 42\nclass Inner:\n    value = 7\n")
    (found,) = [point for point in sources.installed("swv6") if point.name == "one"]
    assert found.load().answer == 42
    assert (found.dist and found.dist.name, found.dist and found.dist.version) == ("some_pkg", "1.2")
    assert sources.EntryPoint("x", "some_pkg_one:Inner.value [extra]", sources.Package("")).load() == 7


def test_the_first_package_of_a_name_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place, folder in (("a", "Some_Pkg-2.0.dist-info"), ("b", "some.pkg-1.0.dist-info")):
        info = tmp_path / place / folder
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Name: some-pkg\nVersion: {place}\n\nVersion: body\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"# note\n[other]\ny = z\n[swv6]\n{place} = m\n", encoding="utf-8")
        monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / place)])
    found = [point for point in sources._scan("swv6") if point.dist.name == "some-pkg"]
    assert [(point.name, point.dist.version) for point in found] == [("a", "a")]


def test_code_in_a_zip_file_is_left_to_importlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(tmp_path / "code.zip", "w") as file:
        file.writestr("zipped-1.0.dist-info/METADATA", "Name: zipped\nVersion: 1.0\n")
        file.writestr("zipped-1.0.dist-info/entry_points.txt", "[swv6]\nzipped = json\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "code.zip")])
    assert "zipped" in {point.name for point in sources.installed("swv6")}


def test_a_folder_that_is_not_there_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/no/such/folder"])
    assert list(sources.installed("swv6")) == []
