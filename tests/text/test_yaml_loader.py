"""The parser in C says what the one in Python says, and is not needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from swv6.models import catalog
from swv6.text.yaml_loader import LOADER

WITHOUT_C = """
import sys
sys.modules["yaml._yaml"] = None
from swv6.models import catalog
from swv6.text.yaml_loader import LOADER
print(LOADER.__name__, len(catalog.load()))
"""


def test_it_is_safe_and_reads_the_catalog_alike() -> None:
    text = Path(catalog.__file__).with_name("catalog.yaml").read_text(encoding="utf-8")
    assert LOADER in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", None))
    assert yaml.load(text, Loader=LOADER) == yaml.safe_load(text)


def test_a_wheel_without_it_will_do() -> None:
    said = subprocess.run([sys.executable, "-c", WITHOUT_C], capture_output=True, encoding="utf-8", check=True).stdout
    assert said.split() == ["SafeLoader", str(len(catalog.load()))]
