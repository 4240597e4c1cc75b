"""The filters behind the real Whisper: nothing is written where nobody speaks; a vocabulary is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from swv6.audio.files import read
from swv6.plugins import STT, Audio, Transcript, TranscriptFilter
from tests.plugins_builtin.heard import Ear, word_errors
from tests.plugins_builtin.nobody import SOUNDS, sound
from tests.plugins_builtin.offers import offer

pytestmark = [pytest.mark.anyio, pytest.mark.weights]

SAID = """Je transcris avec faster-whisper sur une RTX 3090. Installe Kubernetes et Docker sur le serveur Ubuntu. On
sert l'API avec FastAPI et Uvicorn. J'utilise PostgreSQL et Redis en production. Hugging Face héberge les
modèles GGUF."""
TERMS = "faster-whisper Kubernetes Docker Ubuntu API FastAPI Uvicorn PostgreSQL Redis GGUF".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Let the models stay loaded for the whole module."""
    return "asyncio"


@pytest.fixture(scope="module")
async def ears() -> AsyncIterator[dict[str, STT]]:
    """Open one Whisper for turns and for files, in both languages."""
    async with AsyncExitStack() as stack:
        yield {
            f"{kind} {language}": await stack.enter_async_context(Ear().opened(language=language, live=kind == "live"))
            for kind in ("live", "file")
            for language in ("fr", "en")
        }


async def _guard(stack: AsyncExitStack) -> TranscriptFilter:
    backend = offer("words", "transcript_filter", "hallucinations")
    guard: TranscriptFilter = await stack.enter_async_context(backend.opener()(backend.options_model()()))
    return guard


async def _heard(ear: STT, audio: Audio) -> Transcript:
    return [transcript async for transcript in ear(audio)][-1]


@pytest.mark.parametrize("kind", ["live fr", "live en", "file fr", "file en"])
@pytest.mark.parametrize("name", SOUNDS)
async def test_nothing_is_written_where_nobody_speaks(ears: dict[str, STT], kind: str, name: str) -> None:
    async with AsyncExitStack() as stack:
        guard = await _guard(stack)
        for seconds in (3.0, 9.0) if kind.startswith("live") else (20.0,):
            transcript = guard(await _heard(ears[kind], sound(name, seconds)))
            assert transcript.text == ""
            assert transcript.segments == ()


async def test_a_short_question_is_written_once(ears: dict[str, STT]) -> None:
    """Whisper base writes "que manger une vache, que manger une vache"."""
    audio = read(Path(__file__).parents[2] / "profiles/sounds/bench/04-vache.wav")
    async with AsyncExitStack() as stack:
        guard = await _guard(stack)
        heard = guard(await _heard(ears["file fr"], audio))
    assert heard.text.count("vache") == 1
    assert [word.text.strip(".,?") for word in heard.segments[0].words][-1] == "vache"


async def test_a_vocabulary_is_heard(ears: dict[str, STT], tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("".join(f"{term}:\n" for term in ["RTX 3090", "Hugging Face", *TERMS]), "utf-8")
    audio = read(Path(__file__).parents[1] / "sounds" / "technique.ogg")
    without = await _heard(ears["file fr"], audio)
    async with Ear().opened(language="fr", vocabulary=tmp_path / "mine.yaml") as ear:
        with_terms = await _heard(ear, audio)
    assert word_errors(SAID, with_terms.text) < 0.75 * word_errors(SAID, without.text)
    assert sum(term in with_terms.text for term in TERMS) > sum(term in without.text for term in TERMS) + 2
