"""Prove that every dependency of the extras has a wheel wherever the project is meant to run: no compiler needed.

Each target is resolved twice for that machine's markers and tags: as pip would (newest versions) and
with wheels only. The same versions must come out, or pip would compile something there. Only metadata is downloaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import TypeAlias

MACOS = "14.0"
"""The oldest macOS that PyAV, which faster-whisper reads sound files with, has wheels for."""
WAKE_MACOS, WAKE_LINUX = "15.0", "manylinux_2_35"
"""The oldest systems that pymicro-wakeword (of the extra `wake`, and tested on Linux) has wheels for."""
ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("embedded", "aec", "piper")
NEWER = (*EXTRAS, "wake", "dev")
"""What needs the newer systems too."""
PLATFORMS = (
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
)
PYTHONS = ("3.11", "3.12", "3.13")
WHEELS_ONLY = ("--only-binary", ":all:")


TARGETS = [
    *((platform, python, MACOS, EXTRAS) for platform, python in product(PLATFORMS, PYTHONS)),
    *(
        (p.replace("manylinux_2_28", WAKE_LINUX), python, WAKE_MACOS, NEWER)
        for p, python in product(PLATFORMS, PYTHONS)
    ),
]
Target: TypeAlias = tuple[str, str, str, tuple[str, ...]]


def resolve(target: Target, *options: str) -> set[str]:
    """Give the `name==version` lines that satisfy all the extras on that platform; ValueError says why none do."""
    platform, python, macos, extras = target
    command = [sys.executable, "-m", "uv", "pip", "compile", str(ROOT / "pyproject.toml"), "--quiet", "--no-header"]
    command += ["--no-annotate", "--python-platform", platform, "--python-version", python, *options]
    for extra in extras:
        command += ["--extra", extra]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": macos}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=environment)
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return {line for line in done.stdout.splitlines() if "==" in line}


def check(target: Target) -> str:
    """Return what is wrong with one target, or an empty string."""
    platform, python, _, extras = target
    try:
        wheels = resolve(target, *WHEELS_ONLY)
        newest = resolve(target)
    except ValueError as error:
        return f"{platform} {python}: {error}"
    compiled = sorted(newest - wheels)
    if compiled:
        return f"{platform} {python}: pip would compile {', '.join(compiled)}"
    print(f"{platform:<24} {python:<5} {len(wheels)} packages of {', '.join(extras)}: all wheels", flush=True)
    return ""


def main() -> int:
    """Check every target, four at a time; exit with 1 and the reasons when one fails."""
    with ThreadPoolExecutor(4) as pool:
        wrong = [problem for problem in pool.map(check, TARGETS) if problem]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
