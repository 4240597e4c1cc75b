"""Forty short French questions: the shipped ones, and others that kokoro says once for each machine."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from platformdirs import user_cache_path

from swv6.audio.files import read
from swv6.bench.ends import first_audible
from swv6.bench.questions import questions as shipped
from swv6.testing.opened import opened
from swv6.types import TTS
from tests.live.voices import RATE, said, written
from tests.plugins_builtin.offers import offer
from tests.plugins_builtin.weights import weights

if TYPE_CHECKING:
    from swv6.types import Samples

VOICE = "ff_siwis"
ONSET = RATE // 50
"""Samples (20 ms) before a word's first audible one: a consonant begins lower, and "Quelle" cut there is "Qui"."""
OTHERS = (
    "Combien coûte un billet de train ?",
    "Comment va ta famille ?",
    "Pourquoi les chats dorment-ils autant ?",
    "Avec quoi fait-on le pain ?",
    "Qui a peint la Joconde ?",
    "Quel temps fera-t-il demain ?",
    "Est-ce que tu connais une bonne recette ?",
    "Où se trouve la tour Eiffel ?",
    "Dis-moi quelque chose de drôle.",
    "Donne-moi le nom d'un fleuve.",
    "Explique-moi les marées.",
    "Il me faut une idée de cadeau.",
    "Faut-il arroser les plantes le soir ?",
    "Nous partons demain pour Marseille.",
    "Bonjour, comment vas-tu aujourd'hui ?",
    "Je voudrais apprendre le piano.",
    "Depuis quand les avions existent-ils ?",
    "Trouve-moi un prénom pour un chien.",
    "Lequel est le plus grand, le Rhône ou la Seine ?",
    "Mon frère habite à Toulouse.",
    "Aujourd'hui, c'est quel jour ?",
    "Il fait froid en Norvège ?",
    "Demain, est-ce un jour férié ?",
    "Les abeilles font du miel.",
    "Tous les oiseaux savent-ils voler ?",
    "Pourquoi la mer est-elle salée ?",
    "Comment s'appelle le roi d'Espagne ?",
    "Combien de jours a le mois de février ?",
    "Nous cherchons la gare.",
)
MISHEARD = {
    "Peux-tu me donner une idée de dessert avec des pommes ?",
    "Combien font sept fois huit ?",
    "Raconte-moi une histoire très courte.",
}
"""Of the shipped ones: Whisper base mistakes their first word with a second of silence in front as well."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it sounds, from its first sound on."""

    text: str
    samples: Samples
    """At 16 kHz."""


async def forty() -> list[Asked]:
    """Give them all; the others are spoken where the user's cache folder does not hold them."""
    folder = user_cache_path("swv6", appauthor=False) / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    files = {text: folder / f"{sha256(f'{VOICE} {text}'.encode()).hexdigest()[:16]}.wav" for text in OTHERS}
    with FileLock(folder / "questions.lock"):
        if missing := {text: file for text, file in files.items() if not file.is_file()}:
            model, voice_of = str(weights("kokoro-v1.0-int8", "kokoro")), str(weights(VOICE, "kokoro-voice"))
            async with opened(offer("kokoro", "tts"), {"model": model, "voice": voice_of}) as voice:
                for text, file in missing.items():
                    await keep(voice, text, file)
    own = [Asked(q.text, from_onset(q.audio.samples)) for q in shipped() if q.text not in MISHEARD]
    return own + [Asked(text, from_onset(read(file, RATE).samples)) for text, file in files.items()]


def from_onset(samples: Samples) -> Samples:
    """Cut off the silence before the first word."""
    return samples[max(0, (first_audible(samples) or 0) - ONSET) :]


async def keep(voice: TTS, text: str, file: Path) -> None:
    """Speak one; a run that is stopped leaves no half of it."""
    written(part := file.with_suffix(".part"), await said(voice, text))
    part.replace(file)
