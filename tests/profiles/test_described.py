"""Descriptions of settings: read from the source, and by whoever asks only."""

from __future__ import annotations

import subprocess
import sys

from pydantic import Field, create_model

from swv6.plugins import Options
from swv6.profiles.described import Describing, descriptions
from swv6.profiles.turns import Turns


class Ear(Options):
    """A recogniser."""

    model: str = "base"
    """Which one
    hears."""
    beam: int = Field(1, description="Told by the field.")
    """Not looked at."""
    bare: bool = False

    def near(self) -> int:
        inner: int = self.beam
        """Of no field."""
        return inner


class Outer(Ear):
    """Inherits, and declares anew."""

    model: str = "large"
    turns: Turns = Turns()
    """When a turn ends."""


def test_a_description_is_the_text_under_a_field_or_its_own() -> None:
    assert descriptions(Ear) == {"model": "Which one\nhears.", "beam": "Told by the field."}


def test_a_field_declared_anew_needs_a_text_of_its_own() -> None:
    assert descriptions(Outer) == {"beam": "Told by the field.", "turns": "When a turn ends."}


def test_a_class_without_a_source_has_no_descriptions() -> None:
    assert descriptions(create_model("Made", __base__=Options, field=(int, 1))) == {}


def test_a_schema_has_them_nested_ones_too() -> None:
    schema = Outer.model_json_schema(schema_generator=Describing)
    assert schema["properties"]["turns"]["description"] == "When a turn ends."
    assert "description" not in schema["properties"]["bare"]
    silence = schema["$defs"]["Turns"]["properties"]["silence"]["description"]
    assert silence == descriptions(Turns)["silence"]


def test_resolving_a_profile_reads_no_source() -> None:
    code = "import linecache, swv6.profiles as p; p.resolve('default'); print(*linecache.cache)"
    read = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout
    assert [name for name in read.split() if name.endswith(".py")] == []  # Python 3.13 keeps the code of -c there
