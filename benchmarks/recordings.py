"""People's recordings with the texts that their authors wrote, joined to 60-90 s each, from three Debian packages.

Nothing of it was ever heard by a recogniser: the packages carry the texts that were read aloud.

    mkdir debs && cd debs
    apt-get download asterisk-core-sounds-{fr,en} asterisk-core-sounds-{fr,en}-wav
    apt-get download tuxpaint-stamps-default pocketsphinx-testdata
    for file in *.deb; do dpkg-deb -x $file ../unpacked; done
    python benchmarks/recordings.py ../unpacked recordings/

`fr-phone` and `en-phone` are announcements for telephones (8 kHz, one woman each), `fr-stamps` descriptions of pictures
(44.1 kHz), `en-book` five sentences of Jane Austen. The order is shuffled once and for all, no sentence comes twice.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.files import WavWriter, read
from swv6.types import Audio

if TYPE_CHECKING:
    from swv6.types import Samples

RATE = 16_000
LONGEST = 85.0
"""Seconds after which the next recording begins."""
SHORTEST = 45.0
"""A last recording shorter than this is left out."""
PAUSES = (0.3, 0.9)
"""Seconds of quiet between two sentences, drawn evenly."""
UNSPEAKABLE = re.compile(
    r"[\[\](){}*#|<>_]|\d{3}|[A-Z] [A-Z]\b|ne m'appelez plus|28\.8|langage des signes|vm-|\b(?:Shin|Hay|Nun|Gimel)\b"
)
"""Texts that say what a sound is, or that may be read aloud in several ways."""
MISSPELT = {
    "emnet": "ement",
    "v[ée]r+ouil": "verrouil",
    "étez": "été",
    "acceuil": "accueil",
    "appellant": "appelant",
    "represenatives": "representatives",
    "sthétoscope": "stéthoscope",
    r"\bete\b": "été",
    r"\bétés\b": "été",
}
"""Slips of the pen in the packages' texts, as patterns; they would count as errors of everybody."""
PHONES = {"fr": "fr_CA_f_June", "en": "en_US_f_Allison"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was read aloud, and how it sounded."""

    sound: Path
    text: str


def phone(unpacked: Path, language: str) -> Iterator[Sentence]:
    """Give Asterisk's announcements of five words or more."""
    listed = unpacked / f"usr/share/doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz"
    sounds = unpacked / "usr/share/asterisk/sounds" / PHONES[language]
    for line in gzip.decompress(listed.read_bytes()).decode(errors="replace").splitlines():
        name, _, text = line.partition(": ")
        sound = sounds / f"{name}.wav"
        if len(text.split()) >= 5 and not UNSPEAKABLE.search(text) and sound.is_file():
            yield Sentence(sound, text.strip(' ."“”…') + ".")


def stamps(unpacked: Path) -> Iterator[Sentence]:
    """Give Tux Paint's French descriptions of five words or more."""
    for sound in sorted((unpacked / "usr/share/tuxpaint/stamps").rglob("*_desc_fr.ogg")):
        texts = sound.with_name(sound.name.replace("_desc_fr.ogg", ".txt"))
        listed = texts.read_text("utf-8", "replace") if texts.is_file() else ""
        found = re.search(r"^fr\.utf8=(.*)$", listed, re.MULTILINE)
        if found and len(found[1].split()) >= 5 and not UNSPEAKABLE.search(found[1]):
            yield Sentence(sound, found[1].strip())


def book(unpacked: Path) -> Iterator[Sentence]:
    """Give the sentences of a novel that pocketsphinx is tested with."""
    folder = unpacked / "usr/share/pocketsphinx/test/data/librivox"
    for line in (folder / "transcription").read_text("utf-8").splitlines():
        found = re.fullmatch(r"<s> (.*) </s> \((.*)\)", line)
        if found:
            yield Sentence(folder / f"{found[2]}.wav", found[1].replace("more a amiable", "more amiable"))


def spelt(text: str) -> str:
    """Mend what the authors of a text misspelt."""
    for wrong, right in MISSPELT.items():
        text = re.sub(wrong, right, text)
    return text


def once(sentences: Iterator[Sentence]) -> list[Sentence]:
    """Leave out what was said before, and shuffle."""
    first = dict[str, Sentence]()
    for sentence in sentences:
        first.setdefault(re.sub(r"\W", "", sentence.text).casefold(), sentence)
    chosen = list(first.values())
    Random(0).shuffle(chosen)
    return chosen


def join(sentences: Sequence[Sentence], name: str, folder: Path, shortest: float = SHORTEST) -> None:
    """Write recordings `name-1.wav`, `name-1.txt` and so on, each of LONGEST seconds or a little less."""
    random, number = Random(1), 0
    for texts, sound in filled(sentences, random):
        if len(sound) >= shortest * RATE:
            number += 1
            with WavWriter(folder / f"{name}-{number}.wav", RATE) as wav:
                wav.append(Audio(sound, RATE))
            (folder / f"{name}-{number}.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")


def filled(sentences: Sequence[Sentence], random: Random) -> Iterator[tuple[list[str], Samples]]:
    """Give texts and sound of as many sentences as fit into LONGEST, again and again."""
    texts: list[str] = []
    sounds: list[Samples] = []
    for sentence in sentences:
        sound = read(sentence.sound, RATE).samples
        if sounds and sum(map(len, sounds)) + len(sound) > LONGEST * RATE:
            yield texts, np.concatenate(sounds)
            texts, sounds = [], []
        sounds += [sound, np.zeros(round(random.uniform(*PAUSES) * RATE), np.float32)]
        texts.append(spelt(sentence.text))
    yield texts, np.concatenate(sounds)


def main() -> None:
    """Write the recordings and their texts into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unpacked", type=Path)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for language in PHONES:
        join(once(phone(chosen.unpacked, language)), f"{language}-phone", chosen.folder)
    join(once(stamps(chosen.unpacked)), "fr-stamps", chosen.folder)
    join(list(book(chosen.unpacked)), "en-book", chosen.folder, shortest=10)


if __name__ == "__main__":
    main()
