"""What French says for versions and models: "trois point douze", "trente quatre-vingt-dix"."""

from __future__ import annotations

import re

from swv6.text.french_amounts import in_pairs, number
from swv6.text.french_marks import UNIT
from swv6.text.rules import Rule, figured

_DOTTED = (
    "Python|Windows|Ubuntu|Debian|Fedora|macOS|iOS|Android|USB|HDMI|Bluetooth|PCIe|GPT|Qwen|Llama|Node|Java|PHP|Django|"
    "CUDA|Linux|Whisper|Kokoro|[vV]ersion|[sS]ection|[cC]hapitre|Rust|Go|C|Gemma|Mistral|Excel|Office|Firefox|Chrome"
)
"""What a number with a full stop after it is the version of, not the size."""


_PARTS = r"\d+(?:\.\d+)+"


def _dotted(match: re.Match[str]) -> str:
    return re.sub(
        r"v?(\d+(?:\.\d+)+)", lambda m: " point ".join(map(number, m[1].split("."))), f"{match[1]} {match[2]}"
    )


def _model(match: re.Match[str]) -> str:
    """Say "RTX trente quatre-vingt-dix": models of cards are read two figures at a time."""
    whole = match[2] if match[2].endswith("00") else ""
    return f"{match[1]} {number(whole) if whole else in_pairs(match[2])}"


VERSIONS: list[Rule] = [
    figured(
        rf"\b({_DOTTED})[ -]?(v?{_PARTS}(?: (?:à|et|ou|vers) v?{_PARTS}(?! ?(?:{UNIT})\b))?)(?![\d,]| ?[%€$])",
        _dotted,
    ),
    figured(r"\b[vV] ?(\d+(?:\.\d+)+)\b", lambda m: f"version {' point '.join(map(number, m[1].split('.')))}"),
    figured(r"\b[vV](?=\d+\b)", "V "),
    figured(r"\b(RTX|GTX|RX|GT|XT) ?(\d{4})(?!\d)", _model),
]
"""Read before units."""
