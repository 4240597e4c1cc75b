"""A Ray cluster as a crew: actors that die are replaced, what they were hearing is heard by another."""

from __future__ import annotations

import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from anyio import to_thread

from plugins_builtin.ray_executor.options import RayOptions
from plugins_builtin.ray_executor.staff import Staff, plan
from swv6.plugins import BackendError, Crew, Executor, Recogniser, Report
from swv6.plugins.border import border

log = logging.getLogger("swv6.ray")
CLIENT = "10001"
"""The port that Ray Client listens at unless it is told another one."""


KNOCK = 10.0
"""Seconds for a head to accept a connection."""


@asynccontextmanager
async def open_ray(options: RayOptions) -> AsyncIterator[Executor]:
    """Give the executor; the cluster is joined when it is given a recogniser."""

    @asynccontextmanager
    async def ray(recogniser: Recogniser, report: Report, /) -> AsyncIterator[Crew]:
        async with _joined(options) as library:
            jobs = await to_thread.run_sync(plan, library, options)
            log.info("ray: %d workers, each with %s", jobs.workers, jobs.each)
            refused: BackendError | None = None
            async with anyio.create_task_group() as tasks:
                staff = Staff(library, options, jobs, recogniser, report, tasks)
                try:
                    refused = await staff.gather()
                    if refused is None:
                        yield Crew(staff.hear, room=2 * jobs.workers)  # one is heard, one is on its way
                finally:
                    tasks.cancel_scope.cancel()
                    staff.dismiss()
            if refused is not None:  # raised here: a task group would wrap it
                raise refused

    yield ray


@asynccontextmanager
async def _joined(options: RayOptions) -> AsyncIterator[Any]:
    """Join a cluster, or start one on this machine when there is none to join; leave it, or stop it."""
    library = _imported()
    where = _address(options)
    if options.address not in ("", "auto"):
        await _reachable(options.address)
    settings = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": False}
    with border(f"ray: {options.address or 'the cluster of this machine'} cannot be joined", hint="ray status"):
        await to_thread.run_sync(lambda: library.init(address=where, **settings))
    try:
        yield library
    finally:
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(library.shutdown)


async def _reachable(address: str) -> None:
    """Knock, because Ray itself waits for a minute and more for nobody."""
    host, _, port = address.rpartition(":")
    try:
        with anyio.fail_after(KNOCK):
            stream = await anyio.connect_tcp(host, int(port))
    except (OSError, ValueError, TimeoutError) as error:
        words = "that is not HOST:PORT" if isinstance(error, ValueError) else "nobody answers there"
        raise BackendError(f"ray: {address} cannot be joined: {words}", "ray status, on the cluster's head") from error
    await stream.aclose()


def _imported() -> Any:
    """Import Ray, which takes SIGTERM for itself, and give that back."""
    before = signal.getsignal(signal.SIGTERM)
    import ray

    logging.getLogger("ray").setLevel(logging.ERROR)  # it would warn of its own habits on stderr

    try:
        signal.signal(signal.SIGTERM, before)
    except ValueError:
        log.debug("not in the main thread: Ray could not take SIGTERM either")
    return ray


def _address(options: RayOptions) -> str | None:
    """Give Ray's own way of writing it: `ray://` is its client, for a machine that is none of the cluster's."""
    if not options.address or options.address == "auto":
        return options.address or None
    port = options.address.rpartition(":")[2]
    by_client = port == CLIENT if options.client is None else options.client
    return f"ray://{options.address}" if by_client else options.address
