"""A run of `swv6 transcribe`: from what was ordered to texts, news on the way and the list of failures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from math import inf
from pathlib import Path
from shutil import rmtree

from anyio import create_task_group, to_thread

from swv6.audio.length import promised
from swv6.cli._failing import Failures
from swv6.cli._heard import Json, Lines, Whole
from swv6.cli._leaving import PATIENCE, leaving
from swv6.cli._progress import Board, board, quiet
from swv6.cli._sweeping import sweep
from swv6.cli.interrupting import at_any_exit
from swv6.cli.notices import Notices
from swv6.errors import Swv6Error
from swv6.models.store import Store
from swv6.plugins import Backend
from swv6.plugins.executing import Executor
from swv6.plugins.options import Options
from swv6.profiles import Profile
from swv6.stages.build import build
from swv6.stages.devices import open_filters
from swv6.transcription import keeping, ledger, piped, sources
from swv6.transcription.driving import drive, left
from swv6.transcription.executors import LOCAL
from swv6.transcription.fingerprint import fingerprint
from swv6.transcription.formats import single, writer
from swv6.transcription.jobs import Job, News, Source, Tell
from swv6.transcription.ordering import InOrder
from swv6.transcription.outputs import Layout
from swv6.transcription.places import placed
from swv6.transcription.recogniser import ProfileRecogniser


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for, checked."""

    inputs: tuple[str, ...]
    profile: Profile
    formats: tuple[str, ...]
    layout: Layout
    folder: Path | None
    """Where files are written; None is standard output."""
    as_json: bool
    resume: bool
    overwrite: bool
    executor: tuple[Backend[Executor], Options]
    raw_rate: int
    """Hz of bare PCM on standard input; 0: it is a file."""


async def transcribed(order: Order) -> int:
    """Do the work and return how many inputs failed."""
    failures, shown = Failures(), list[Board]()
    with tempfile.TemporaryDirectory(prefix="swv6-", ignore_cleanup_errors=True) as spool:
        recordings = await _recordings(order, Path(spool), failures.errors)
        jobs = placed(recordings) if order.folder else [Job(source) for source in recordings]
        if order.folder is None:
            single(order.formats[0], len(jobs))
        with (
            at_any_exit(partial(rmtree, spool, ignore_errors=True)),
            at_any_exit(partial(_say, order, failures, shown)),
            _kept(order) as kept,
            _shown(order, len(jobs)) as board,
        ):
            shown.append(board)
            if jobs:
                await _run(order, jobs, kept, board, failures)
    return len(failures.errors)


def _say(order: Order, failures: Failures, shown: list[Board]) -> None:
    """Tell what failed and, where files were written, how many."""
    failures.say()
    if shown and order.folder and (shown[0].tally.ended or shown[0].tally.heard) and not quiet():
        print(f"swv6: {shown[0].tally}", file=sys.stderr)


async def _recordings(order: Order, spool: Path, errors: list[Swv6Error]) -> list[Source]:
    """Find what the user named; what names nothing is an error of its own."""
    recordings, resolved = dict[Path, Source](), cache(Path.resolve)
    for argument in dict.fromkeys(order.inputs):
        try:
            found = await _found(argument, spool, order.raw_rate)
        except Swv6Error as error:
            errors.append(error)
            if order.as_json:
                Json.line(argument, {"success": False, "error": error.what})
        else:
            for source in found:  # `a.wav` and `sub/../a.wav` are one; a link is another name
                recordings.setdefault(resolved(source.path.parent) / source.path.name, source)
    return list(recordings.values())


async def _found(argument: str, spool: Path, raw_rate: int) -> list[Source]:
    """Find what one argument names; what comes through pipes is kept in `spool`."""
    if argument == piped.ARGUMENT:
        pipe = sys.stdin.buffer
        return [await to_thread.run_sync(piped.spooled, pipe, spool, raw_rate, abandon_on_cancel=True)]
    found = sources.found(argument)
    for at, source in enumerate(found):
        if source.path.is_fifo():
            found[at] = await to_thread.run_sync(piped.poured, source, spool, abandon_on_cancel=True)
    return found


async def _run(order: Order, jobs: Sequence[Job], kept: keeping.Keeping, shown: Board, failures: Failures) -> None:
    offer, options = order.executor
    recogniser = ProfileRecogniser(order.profile)
    tell = _told(shown, failures, _printer(order, jobs))
    if not (remaining := await left(jobs, tell, kept)):
        return
    bare = order.profile.model_copy(update={"listeners": (), "stt": ()})
    local = offer.name == LOCAL  # actors elsewhere are to be dismissed first
    async with (
        leaving(PATIENCE if local else inf) as writing,
        offer.opener()(options) as executor,
        executor(recogniser, Notices(logged=local)) as crew,
        build(bare, Store(), Notices(), live=False) as builder,
        create_task_group() as tasks,
    ):
        filters = await open_filters(builder, "transcript_filters")
        sweep()
        tasks.start_soon(_measure, remaining, shown)
        async with writing:
            await drive(remaining, crew, filters, tell, kept)
        tasks.cancel_scope.cancel()


def _told(*tells: Tell) -> Tell:
    def tell(news: News, /) -> None:
        for one in tells:
            one(news)

    return tell


def _printer(order: Order, jobs: Sequence[Job]) -> Tell:
    """Give what prints texts on standard output, in the order of the inputs."""
    if order.folder:
        return lambda news: None
    if order.as_json:
        return InOrder(jobs, Json())
    if order.formats == ("txt",):
        return InOrder(jobs, Lines(len(order.inputs) > 1 or len(jobs) > 1, order.layout))
    return InOrder(jobs, Whole(order.formats[0], order.layout))


@contextmanager
def _kept(order: Order) -> Iterator[keeping.Keeping]:
    """Own the output folder while the block lasts, what a killed run left there removed."""
    if order.folder is None:
        yield keeping.Nothing()
        return
    writers = {f".{name}": writer(name, order.layout) for name in order.formats}
    options = fingerprint(order.profile, {"formats": order.formats, "layout": str(order.layout)}, Store())
    with ledger.opened(order.folder) as book:
        files = keeping.Files(order.folder, writers, options, book, order.resume, order.overwrite)
        files.tidy()
        yield files


@contextmanager
def _shown(order: Order, files: int) -> Iterator[Board]:
    """Show a bar on a terminal that no text is printed on, and a line for each recording whose text goes to a file."""
    bar = sys.stderr.isatty() and not quiet() and (order.folder is not None or not sys.stdout.isatty())
    with board(files, lines=order.folder is not None and not quiet(), bar=bar) as shown:
        yield shown


async def _measure(jobs: Sequence[Job], shown: Board) -> None:
    """Ask each recording's header how long it is, so that the end can be foretold."""
    if shown.bar is None:
        return
    for job in jobs:
        seconds: float | None = await to_thread.run_sync(promised, job.source.path)
        shown.expect(job, seconds or 0.0)
    shown.all_known = True
    shown.show()
