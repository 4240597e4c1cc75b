"""An offer says what it lacks and imports nothing until it is opened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from swv6.plugins import Backend, MissingExtra, Options


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


class Runs(Options):
    """Options of a backend that runs a program."""

    program: str = "no-such-program"


def test_a_missing_program_is_told_and_an_option_takes_its_place() -> None:
    lacking = offer(programs=("no-such-program",), requires=("no_such_engine",), install="pip install it")
    assert lacking.missing() == "missing no_such_engine, program no-such-program: pip install it"
    runs = offer(programs=("no-such-program",), install="pip install it")
    assert runs.missing(Runs(program=sys.executable)) == ""
    runs.check(Runs(program=sys.executable))
    with pytest.raises(MissingExtra, match="it: missing program no-such-program"):
        runs.check(Runs())


def test_a_program_is_found_on_the_path_and_beside_this_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    for folder in ("on_path", "beside"):
        program = tmp_path / folder / f"swv6-{folder}{suffix}"
        program.parent.mkdir()
        program.touch()
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "on_path"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "beside" / "python"))
    assert offer(programs=("swv6-on_path", "swv6-beside")).missing() == ""
    assert offer(programs=("swv6-elsewhere",)).missing().startswith("missing program swv6-elsewhere")


def test_a_probe_is_imported_when_asked() -> None:
    import json

    assert offer().prober() is None
    assert offer(probe="json:loads").prober() is json.loads


def test_references_are_imported_when_asked_and_objects_are_given_as_they_are() -> None:
    import json

    assert offer().opener() is json.loads
    direct = Backend("it", "", open=json.dumps, options=json.JSONEncoder)  # type: ignore[arg-type,var-annotated]
    assert direct.opener() is json.dumps  # type: ignore[comparison-overlap]
    assert direct.options_model() is json.JSONEncoder  # type: ignore[comparison-overlap]
