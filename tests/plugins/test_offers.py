"""An offer says what it lacks and imports nothing until it is opened."""

from __future__ import annotations

import sys

import pytest

from swv6.plugins import Backend, MissingExtra


def offer(**changes: object) -> Backend[object]:
    return Backend("it", "Something.", "json:loads", "json:JSONDecoder", **changes)  # type: ignore[arg-type]


def test_nothing_is_missing() -> None:
    assert offer(requires=("json",)).missing() == ""
    offer(requires=("json",)).check()


def test_a_missing_module_names_the_command_that_brings_it() -> None:
    lacking = offer(requires=("json", "no_such_engine", "no.such.engine"), install='pip install "swv6[embedded]"')
    assert lacking.missing() == 'missing no_such_engine, no.such.engine: pip install "swv6[embedded]"'
    with pytest.raises(MissingExtra) as caught:
        lacking.check()
    assert str(caught.value).splitlines() == [
        "it: missing no_such_engine, no.such.engine", '  -> pip install "swv6[embedded]"',
    ]  # fmt: skip


def test_a_wrong_platform_comes_before_what_is_missing() -> None:
    elsewhere = offer(requires=("no_such_engine",), platforms=("plan9",))
    assert elsewhere.missing() == "works on plan9 only"
    assert offer(platforms=("plan9", sys.platform)).missing() == ""


def test_references_are_imported_when_asked_and_objects_are_given_as_they_are() -> None:
    import json

    assert offer().opener() is json.loads
    direct = Backend("it", "", open=json.dumps, options=json.JSONEncoder)  # type: ignore[arg-type,var-annotated]
    assert direct.opener() is json.dumps  # type: ignore[comparison-overlap]
    assert direct.options_model() is json.JSONEncoder  # type: ignore[comparison-overlap]
