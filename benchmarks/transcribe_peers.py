"""`swv6 transcribe` beside whisper-ctranslate2 and a minimal faster-whisper script: whole processes, taking turns.

Same recording, model folder, compute type, threads and beam for all; each of the others also with its batched way.
Prints median, spread, ratio and, with a reference text, word errors. For instance, with whisper-ctranslate2 in a
virtual environment of its own:

    python benchmarks/transcribe_peers.py talk.wav --reference talk.txt --peer /tmp/peer/bin/whisper-ctranslate2
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from swv6.models.store import Store
from swv6.text.alignment import words
from swv6.text.wer import errors

GOALS = {"whisper-ctranslate2": 0.8, "script": 1.05}
"""Our time may be this share of the faster way of each."""
SCRIPT = """
import sys
from faster_whisper import BatchedInferencePipeline, WhisperModel
model, threads, beam, language, batched, files = *sys.argv[1:6], sys.argv[6:]
whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=int(threads))
hear = BatchedInferencePipeline(whisper) if batched == "yes" else whisper
for file in files:
    for segment in hear.transcribe(file, language=language, beam_size=int(beam))[0]:
        print(segment.text)
"""


def commands(chosen: argparse.Namespace, folder: str, sounds: Sequence[Path]) -> dict[str, list[str]]:
    """Give each program's command line for some recordings; ours keeps nothing of an earlier run."""
    model, files = str(Store().find(chosen.model, "faster-whisper")), [str(file) for file in sounds]
    threads, beam, language = str(chosen.threads), str(chosen.beam), chosen.language
    ours = ["--set", f"stt.prism.model={chosen.model}", "--set"]
    if chosen.threads != os.cpu_count():  # all of them is what it takes by itself
        ours += [f"stt.prism.threads={threads}", "--set"]
    ours += [f"stt.prism.beam_size={beam}", "--set", "cache.disk=null", "--no-word-timestamps", "-l", language]
    found = {"swv6": [sys.executable, "-m", "swv6", "transcribe", *ours, *files]}
    peer = [chosen.peer, "--model_directory", model, "--device", "cpu", "--compute_type", "int8", "--threads", threads]
    peer += ["--beam_size", beam, "--language", language, "--output_format", "txt", "--output_dir", folder]
    for batched in ("no", "yes"):
        tail = " batched" if batched == "yes" else ""
        script = [sys.executable, "-c", SCRIPT, model, threads, beam, language, batched, *files]
        found[f"script{tail}"] = script
        if chosen.peer:
            found[f"whisper-ctranslate2{tail}"] = [*peer, "--batched", str(batched == "yes"), *files]
    return found


def timed(runs: Sequence[Sequence[str]], folder: str) -> tuple[float, str]:
    """Run one program, once or once for each recording: seconds, what it wrote."""
    for old in Path(folder).iterdir():
        old.unlink()
    seconds, printed = 0.0, ""
    for command in runs:
        began = perf_counter()
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        seconds += perf_counter() - began
        printed += done.stdout
        if done.returncode:
            raise SystemExit(f"{command[0]}: {done.stderr[-500:]}")
    files = sorted(Path(folder).iterdir())
    return seconds, "\n".join(file.read_text(encoding="utf-8") for file in files) or printed


def contenders(chosen: argparse.Namespace, folder: str) -> list[tuple[str, list[list[str]]]]:
    """Give the runs of each program: one for all recordings and, where that is asked for, one for each."""
    found = [(name, [command]) for name, command in commands(chosen, folder, chosen.files).items()]
    if chosen.each:
        each = [commands(chosen, folder, [file]) for file in chosen.files]
        found += [(f"{name}, a run each", [one[name] for one in each]) for name, _ in found]
    return [(name, runs) for name, runs in found if not chosen.only or name.split(",")[0] in chosen.only]


def measure(chosen: argparse.Namespace) -> dict[str, dict[str, object]]:
    """Run all programs `rounds` times, in another order each time."""
    times: dict[str, list[float]] = {}
    texts: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        programs = contenders(chosen, folder)
        for turn in range(chosen.rounds):
            at = turn % len(programs)
            for name, runs in (*programs[at:], *programs[:at]):
                seconds, texts[name] = timed(runs, folder)
                times.setdefault(name, []).append(seconds)
    found: dict[str, dict[str, object]] = {}
    for name, taken in times.items():
        found[name] = {
            "median_s": round(median(taken), 3),
            "spread_s": round(max(taken) - min(taken), 3),
            "ratio": round(median(times["swv6"]) / median(taken), 3),
            "words": len(words(texts[name], chosen.language)),
        }
        if chosen.reference:
            reference = "\n".join(file.read_text(encoding="utf-8") for file in chosen.reference)
            found[name]["word_errors"] = round(errors(reference, texts[name], chosen.language).wer, 4)
    return found


def main() -> None:
    """Print the table and which is fastest; exit 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--reference", type=Path, nargs="+", help="texts, in the order of the recordings")
    parser.add_argument("--each", action="store_true", help="also a run for each recording")
    parser.add_argument("--only", nargs="+", default=[], help="names of the programs that run")
    parser.add_argument("--peer", default="", help="the whisper-ctranslate2 program")
    parser.add_argument("--model", default="whisper-base")
    parser.add_argument("--language", default="fr")
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = measure(chosen)
    if chosen.json:
        print(json.dumps(found))
    else:
        for name, row in found.items():
            print(f"{name:28s}", ", ".join(f"{key} {value}" for key, value in row.items()))
        print("fastest:", min(found, key=lambda name: float(str(found[name]["median_s"]))))
    missed = [name for name, row in found.items() if float(str(row["ratio"])) > GOALS.get(name.split(" ")[0], 1.0)]
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()
