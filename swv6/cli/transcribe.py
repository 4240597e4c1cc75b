"""`swv6 transcribe`: turn recordings into text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, equipped, run

app = typer.Typer(rich_markup_mode=None)


@app.command()
def transcribe(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Sound and video files, whole folders, patterns such as 'rec/*.mp3', - for standard input.",
        ),
    ],
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    formats: Annotated[
        str, typer.Option("--format", "-f", help="txt, json, jsonl, srt, vtt, tsv; several: txt,srt.")
    ] = "txt",
    output_dir: Annotated[
        Path | None, typer.Option("--output-dir", "-o", help="Write files there, in the tree of the inputs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file, with times.")] = False,
    language: Annotated[
        str,
        typer.Option(
            "--language",
            "-l",
            help="fr, en, ...; the profile's if not given (French in the default one); -l auto hears which of fr,en, "
            "-l fr,de which of these.",
        ),
    ] = "",
    task: Annotated[
        str, typer.Option("--task", metavar="TASK", help="transcribe, or translate (into English).")
    ] = "transcribe",
    numbers: Annotated[str, typer.Option("--numbers", help="digits or words; as heard when not given.")] = "",
    word_timestamps: Annotated[
        bool | None, typer.Option("--word-timestamps/--no-word-timestamps", help="When each word was said.")
    ] = None,
    engine_options: Annotated[
        list[str],
        typer.Option("--engine-options", metavar="KEY=VALUE", help="An option of the recogniser; repeatable."),
    ] = [],  # noqa: B006
    resume: Annotated[
        bool, typer.Option("--resume/--no-resume", help="Skip what is in the output folder, done and unchanged.")
    ] = True,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that swv6 did not write, or that were edited since.")
    ] = False,
    on: Annotated[
        str, typer.Option("--on", metavar="EXECUTOR[://ADDRESS]", help="Where: local, or ray[://ADDRESS].")
    ] = "local",
    workers: Annotated[int, typer.Option("--workers", min=0, help="Requests at the same time; 0 chooses.")] = 0,
    max_line_width: Annotated[
        int, typer.Option("--max-line-width", min=1, help="Characters in a subtitle's line.")
    ] = 42,
    max_line_count: Annotated[int, typer.Option("--max-line-count", min=1, help="Lines of a subtitle.")] = 2,
    mark_uncertain: Annotated[bool, typer.Option("--mark-uncertain", help="Mark doubtful words (txt).")] = False,
    raw_rate: Annotated[
        int, typer.Option("--raw-rate", min=0, metavar="HZ", help="Standard input is 16-bit mono PCM at this rate.")
    ] = 0,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say only what went wrong; as swv6 -q transcribe.")
    ] = False,
    yes: YesOption = False,
) -> None:
    """Turn recordings into text: on standard output, or as files below --output-dir.

    With --output-dir the same command run again does what is left. A recording that fails is named at the end and does
    not stop the others; the exit code is then 1.
    """
    from swv6.cli._sweeping import unswept

    with unswept():
        from swv6.cli._progress import hush
        from swv6.cli._transcribing import Order, transcribed
        from swv6.profiles import resolve
        from swv6.transcription import formats as written
        from swv6.transcription import piped, sources, wishes
        from swv6.transcription.executors import LOCAL, chosen
        from swv6.transcription.outputs import Layout

        if quiet:
            hush()
        sources.refuse_empty(inputs)
        piped.refuse_rate(raw_rate, inputs)
        names = written.chosen(formats, output_dir, as_json)
        executor = chosen(on, workers)
        spoken = wishes.language(language) if language else []
        known = [f"language={wish.value}" for wish in spoken if wish.option == "language" and wish.value]
        resolved = resolve(profile, [*set_, *known])
        asked = [*spoken, *wishes.engine_options(engine_options, resolved)]
        if task != "transcribe":
            asked.append(wishes.Wish(f"--task {task}", "task", task))
        if word_timestamps is not None:
            flag = "--word-timestamps" if word_timestamps else "--no-word-timestamps"
            asked.append(wishes.Wish(flag, "word_timestamps", word_timestamps))
        wanted = wishes.granted(resolved, asked)
        order = Order(
            inputs=tuple(inputs),
            profile=wishes.numbers(wanted, numbers) if numbers else wanted,
            formats=names,
            layout=Layout(max_line_width, max_line_count, mark_uncertain=mark_uncertain),
            folder=output_dir,
            as_json=as_json,
            resume=resume,
            overwrite=overwrite,
            executor=executor,
            raw_rate=raw_rate,
        )
        if executor[0].name == LOCAL:
            equipped(order.profile, ("stt",), yes)
        if run(lambda: transcribed(order)):
            raise typer.Exit(1)
