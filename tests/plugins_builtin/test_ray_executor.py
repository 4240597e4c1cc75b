"""The ray executor on a real cluster of three nodes on this machine, two of which lose a worker, or themselves."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, ClassVar

import pytest

from plugins_builtin.ray_executor.options import RayOptions
from plugins_builtin.ray_executor.staff import plan
from swv6.testing.executor import RemoteExecutorContract
from swv6.transcription.ledger import NAME
from tests.plugins_builtin.offers import offer
from tests.transcription.world import World, tone

FILES = 120


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("ray")
    return World(folder).prepare(json.dumps({"delay": 0.1, "deadly": str(folder / "deadly"), "opened": str(folder)}))


@pytest.fixture(scope="module")
def cluster(world: World) -> Iterator[Any]:
    """Start a head without room for a worker and two nodes with room for one each."""
    before = dict(os.environ)
    os.environ.update(world.env)  # the nodes' workers find the fake recogniser
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        nodes.second = nodes.add_node(num_cpus=2)
        nodes.third = nodes.add_node(num_cpus=2)
        yield nodes
    finally:
        nodes.shutdown()
        os.environ.clear()
        os.environ.update(before)


def test_a_worker_and_a_node_die_and_nothing_is_lost_or_doubled(world: World, cluster: Any) -> None:
    texts = {f"{n:03}": tone(world.folder / "rec" / f"{n:03}.wav", pitch=200 + n) for n in range(FILES)}
    (world.folder / "rec" / "bad.wav").write_text("no sound", encoding="utf-8")
    run = world.start("rec", "-o", "out", "--on", f"ray://{cluster.address}?cores=2")
    _wait(world, 10)
    (world.folder / "deadly").touch()
    _wait_for_workers(world, 3)  # two, and the one that takes the dead one's place
    _wait(world, 25)
    cluster.remove_node(cluster.third, allow_graceful=False)
    told = run.communicate(timeout=120)[1].decode()
    assert run.returncode == 1, told
    assert not (world.folder / "deadly").exists()
    assert "a worker died, another takes its work" in told
    assert f"{FILES} done, 1 failed of {FILES + 1} files" in told
    assert told.count("rec/bad.wav: is a text file") == 1
    written = {path.stem: path.read_text(encoding="utf-8") for path in (world.folder / "out").glob("*.txt")}
    assert written == {name: f"{text}\n" for name, text in texts.items()}
    assert sum(f"rec/{name}.wav: 0.2 s" in told for name in texts) == told.count("x real time") - 1 == FILES
    with closing(sqlite3.connect(world.folder / "out" / NAME)) as ledger:
        assert ledger.execute("select count(*), min(whole) from made").fetchone() == (FILES, 1)


@pytest.mark.usefixtures("joined")
class TestRay(RemoteExecutorContract):
    """The contract, on the nodes that are left; two workers on one of them."""

    backend = offer("ray_executor", "executor", "ray")
    options: ClassVar[dict[str, Any]] = {"cores": 1, "workers": 2}

    @pytest.fixture
    def joined(self, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RAY_ADDRESS", cluster.address)


def _wait(world: World, count: int) -> None:
    deadline = time.monotonic() + 60
    while len(list((world.folder / "out").glob("*.txt"))) < count:
        assert time.monotonic() < deadline, f"not {count} files after a minute"
        time.sleep(0.01)


def _wait_for_workers(world: World, count: int) -> None:
    deadline = time.monotonic() + 60
    while len([path for path in world.folder.iterdir() if path.name.isdigit()]) < count:
        assert time.monotonic() < deadline, f"not {count} workers after a minute"
        time.sleep(0.01)


class _Ray:
    """As much of Ray as planning asks for."""

    def __init__(self, *machines: dict[str, float]) -> None:
        self._machines = machines

    def nodes(self) -> list[dict[str, Any]]:
        return [{"Alive": True, "Resources": m} for m in self._machines] + [{"Alive": False, "Resources": {"GPU": 8}}]


@pytest.mark.parametrize(
    ("machines", "options", "expected"),
    [
        (({"CPU": 8.0}, {"CPU": 6.0}), {}, (3, 4, 0.0)),
        (({"CPU": 2.0},), {}, (1, 2, 0.0)),
        (({"CPU": 8.0, "GPU": 2.0}, {"CPU": 64.0}), {}, (2, 1, 1.0)),
        (({"CPU": 8.0, "GPU": 2.0},), {"gpus": 0.5}, (4, 1, 0.5)),
        (({"CPU": 8.0, "GPU": 2.0},), {"gpus": 0, "workers": 5}, (5, 4, 0.0)),
    ],
)
def test_one_worker_for_each_gpu_or_for_every_few_cores(
    machines: tuple[dict[str, float], ...], options: dict[str, Any], expected: tuple[int, int, float]
) -> None:
    planned = plan(_Ray(*machines), RayOptions(**options))
    assert (planned.workers, planned.cores, planned.gpus) == expected


def test_no_cluster_is_one_line(world: World) -> None:
    tone(world.folder / "one.wav")
    done = world.run("one.wav", "--on", "ray://127.0.0.1:9")
    assert done.returncode == 1
    assert "127.0.0.1:9 cannot be joined" in done.stderr
    assert "Traceback" not in done.stderr
