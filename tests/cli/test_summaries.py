"""Lists of commands say whole sentences on a terminal of 80 columns."""

from __future__ import annotations

import pytest

from .test_app import run


@pytest.mark.parametrize("group", [(), ("models",), ("profiles",), ("plugins",)])
def test_no_summary_is_cut(group: tuple[str, ...]) -> None:
    listed = run(*group, "--help", COLUMNS="80").stdout.partition("Commands:")[2]
    assert len(listed.splitlines()) > 2
    assert "..." not in listed
