"""`swv6 voices`: which voices there are, in which language, and how they sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.errors import UsageError

if TYPE_CHECKING:
    from swv6.models.catalog import Model
    from swv6.models.store import Store

app = typer.Typer(rich_markup_mode=None)
BACKENDS = {"piper": "piper", "kokoro-voice": "kokoro"}
"""Format of a voice in the catalog -> the backend that speaks with it."""
RATES = {"piper": 22050, "kokoro-voice": 24000}
"""Hz of the catalog's voices; those of Piper's medium quality."""
SAMPLES = {
    "de": "Guten Tag, so klinge ich.",
    "en": "Hello, this is how I sound.",
    "es": "Hola, así suena mi voz.",
    "fr": "Bonjour, voici comment je parle.",
    "it": "Ciao, questa è la mia voce.",
    "pt": "Olá, esta é a minha voz.",
}
"""What `--play` says, in the voice's own language where there is a text in it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One row."""

    name: str
    backend: str
    installed: bool
    """False for what the first use would pull, or what needs an extra."""
    languages: tuple[str, ...]
    license: str
    rate: int
    """Hz."""
    summary: str

    def speaks(self, language: str) -> bool:
        """Tell whether this is a voice of a language, whatever the region."""
        return not language or any(code.split("-")[0] == language.lower().split("-")[0] for code in self.languages)


@app.command()
def voices(
    language: Annotated[str, typer.Option("--language", "-l", help="Only those of a language, such as fr.")] = "",
    play: Annotated[str, typer.Option("--play", metavar="NAME", help="Hear a voice.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the voices of this machine and those that can be pulled.

    Speak with one: swv6 say --voice NAME "Bonjour"
    """
    for option, value in (("--play", play), ("--language", language)):
        if value.startswith("-"):
            raise UsageError(f"{option} takes a name, not {value}", "swv6 voices --help")
    found = [voice for voice in every() if voice.speaks(language)]
    if play:
        _play(play, found)
        return
    if not found:
        raise UsageError(f"no voice speaks {language!r}", "swv6 voices")
    if as_json:
        import json

        print(json.dumps([asdict(voice) for voice in found], ensure_ascii=False, indent=2))
        return
    from swv6.cli._tables import align, width

    lines = [("NAME", "BACKEND", "HERE", "HZ", "LANGUAGES", "LICENCE")]
    for v in found:
        here = "yes" if v.installed else "-"
        lines.append((v.name, v.backend, here, str(v.rate), " ".join(v.languages[:3]), v.license))
    print("\n".join(align(lines, width())))


def every() -> Iterator[Voice]:
    """Give the voices of the catalog, those that are here first, then what the backends bring."""
    from swv6.models import catalog
    from swv6.models.store import Store
    from swv6.plugins.manager import installed

    store, offers = Store(), installed().backends("tts")
    known = [_of_catalog(model, store) for model in catalog.load().values() if model.format in BACKENDS]
    yield from sorted(known, key=lambda voice: not voice.installed)
    for name, offer in offers.items():
        here = not offer.missing()
        for v in offer.list_voices() if here else []:
            yield Voice(v.name, name, here, v.languages, v.license, v.rate, v.summary)


def _of_catalog(model: Model, store: Store) -> Voice:
    backend, here = BACKENDS[model.format], store.exists(model.name)
    return Voice(model.name, backend, here, model.languages, model.license, RATES[model.format], model.summary)


def _play(name: str, found: list[Voice]) -> None:
    from swv6.cli.say import say

    voice = next((voice for voice in found if voice.name == name), None)
    if voice is None:
        from difflib import get_close_matches

        near = get_close_matches(name, [voice.name for voice in found], n=1)
        raise UsageError(f"no voice is called {name!r}" + (f": did you mean {near[0]}?" if near else ""), "swv6 voices")
    language = next((code for code in voice.languages if code.split("-")[0] in SAMPLES), "en").split("-")[0]
    say(
        SAMPLES[language], file=None, output=None, play=None, voice=name, backend=voice.backend, speed=None,
        profile="default", set_=[f"language={language}"],
    )  # fmt: skip
