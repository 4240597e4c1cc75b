"""What `turns.first_words` costs: answers spoken whole by clauses, and with a short first piece, transcribed back.

Prints the errors of words of both ways, and how long the first piece sounds: what the voice must make before anything
is heard. Answers are ones that the default model gave.
"""

from __future__ import annotations

import argparse
import asyncio

import numpy as np

from plugins_builtin.kokoro.engine import open_kokoro
from plugins_builtin.kokoro.options import KokoroOptions
from plugins_builtin.prism.engine import open_prism
from plugins_builtin.prism.options import PrismOptions
from swv6.models.store import Store
from swv6.plugins import STT, TTS, Audio
from swv6.text.sentences import Clauses
from swv6.text.spoken import spoken
from swv6.text.wer import Errors, errors

ANSWERS = (
    "La capitale de l'Italie est Rome.",
    "Le ciel est bleu car la lumière du soleil est diffusée par l'air.",
    "Le soleil se lève à six heures du matin.",
    "Les Misérables ont été écrits par Victor Hugo.",
    "Le printemps commence le vingt et un mars.",
    "Il faut environ deux heures pour aller de Paris à Lyon en train.",
    "Une fois, une petite fille voulait aller à la plage avec son chien.",
    "Pour mieux dormir la nuit, essayez de lire un livre.",
    "Vous pouvez faire une tarte avec des pommes et du sucre.",
    "Une vache mange de l'herbe et du foin toute la journée.",
    "Deux heures font cent vingt minutes.",
    "Le mont Blanc est le plus haut sommet d'Europe occidentale.",
    "La Seine traverse la ville de Paris avant de rejoindre la mer.",
    "Vous devriez emporter des chaussures solides et une veste chaude.",
    "Une semaine compte sept jours et une année en compte trois cent soixante-cinq.",
    "Cette chanson a été composée par un musicien très connu.",
)


def pieces(answer: str, first_words: int) -> list[str]:
    """Cut an answer as a conversation would."""
    splitter = Clauses(first_words=first_words)
    return [*splitter.feed(answer), *splitter.flush()]


async def spoken_back(voice: TTS, ear: STT, parts: list[str]) -> tuple[str, float]:
    """Speak pieces one after the other; give what is understood and the seconds of the first one."""
    sounds = [[sound async for sound in voice(spoken(part, "fr"))] for part in parts]
    samples = np.concatenate([sound.samples for piece in sounds for sound in piece])
    whole = Audio(samples, sounds[0][0].rate)
    return [item.text async for item in ear(whole)][-1], sum(sound.seconds for sound in sounds[0])


async def main(words: int) -> None:
    """Compare both ways, answer by answer."""
    store = Store()
    needed = (("kokoro-v1.0-int8", "kokoro"), ("ff_siwis", "kokoro-voice"), ("whisper-base", "faster-whisper"))
    model, style, whisper = (str(store.find(name, kind)) for name, kind in needed)
    async with (
        open_kokoro(KokoroOptions(model=model, voice=style, language="fr")) as voice,
        open_prism(PrismOptions(model=whisper, language="fr", live=False, vad_filter=False)) as ear,
    ):
        total, first = [Errors(), Errors()], [0.0, 0.0]
        for answer in ANSWERS:
            for way, limit in enumerate((0, words)):
                heard, seconds = await spoken_back(voice, ear, pieces(answer, limit))
                found = errors(answer, heard, "fr")
                total[way] += found
                first[way] += seconds / len(ANSWERS)
                print(f"{limit:2} {found.word_errors} {' | '.join(pieces(answer, limit))} -> {heard.strip()}")
    for way, limit in enumerate((0, words)):
        wer, said = total[way].wer, total[way].words
        print(f"first_words {limit}: {wer:.1%} of {said} words wrong, first piece {first[way]:.2f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=4)
    asyncio.run(main(parser.parse_args().words))
