"""Wheels of swv6 and of the example, and a throw-away environment to install them into."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "swv6-plugin-example"


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment that sees this one's packages behind its own."""

    folder: Path
    elsewhere: Path
    """A folder that is not the project's, where everything runs."""

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def run(self, *arguments: str, code: int = 0, program: Path | None = None) -> str:
        """Run its Python, or another program; give what was printed on both streams."""
        env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "SWV6_DISABLE_PLUGINS")}
        done = subprocess.run(
            [str(program or self.python), *arguments], cwd=self.elsewhere, env={**env, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout
        return done.stdout

    def swv6(self, *arguments: str, code: int = 0) -> str:
        """Run the installed `swv6` program."""
        program = self.python.with_name("swv6.exe" if sys.platform == "win32" else "swv6")
        return self.run(*arguments, code=code, program=program)

    def pip(self, *arguments: str) -> str:
        """Run its pip."""
        return self.run("-m", "pip", *arguments)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both wheels, as for publishing."""
    folder = tmp_path_factory.mktemp("wheels")
    for source in (ROOT, EXAMPLE):
        command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(source)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture(scope="session")
def create(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Environment]:
    """Make an environment with swv6 installed from its wheel."""

    def make() -> Environment:
        folder = tmp_path_factory.mktemp("environment")
        environment = Environment(folder / "venv", folder / "elsewhere")
        environment.elsewhere.mkdir()
        subprocess.run([sys.executable, "-m", "venv", str(environment.folder)], check=True)
        site = environment.run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        Path(site, "behind.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        wheel = next(wheels.glob("swv6-*.whl"))
        environment.pip("install", "--no-deps", "--no-index", "--force-reinstall", str(wheel))
        return environment

    return make
