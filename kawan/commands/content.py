"""`kawan content ...`: for whoever writes the words."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from kawan.terminal import AsJson

Answers = Annotated[
    list[str] | None,
    typer.Option("--answer", help="A choice id or typed words; @timeout and @nudge too."),
]

Language = Annotated[str, typer.Option("--language", help="The language of the words: id or en.")]


def check(
    strict: Annotated[bool, typer.Option(help="Also name what would read better.")] = False,
) -> None:
    """Every flow and every text: all that is wrong, by file and line."""
    from kawan import proofs

    wrong = proofs.problems()
    for line in wrong:
        typer.echo(line)
    if strict and not wrong:
        for line in proofs.blemishes():
            typer.echo(line)
    typer.echo(f"{len(wrong)} problems." if wrong else "The content is in order.")
    raise typer.Exit(1 if wrong else 0)


def play(flow: str, answers: Answers = None, language: Language = "id") -> None:
    """A conversation on the terminal, with answers given or typed one after the other."""
    from kawan import pages

    given = list(answers or [])
    told = pages.play(flow, given, language)
    typer.echo(told, nl=False)
    while answers is None and sys.stdin.isatty() and told.endswith("(waiting)\n"):
        given.append(typer.prompt("", prompt_suffix="> "))
        longer = pages.play(flow, given, language)
        typer.echo(longer.removeprefix(told.removesuffix("  (waiting)\n")), nl=False)
        told = longer


def preview(key: str, language: Language = "id") -> None:
    """One text with its buttons, as a client would read it."""
    from kawan import pages

    typer.echo(pages.preview(key, language))


def transcripts(
    write: Annotated[bool, typer.Option("--write", help="Write them anew.")] = False,
) -> None:
    """Whether the transcripts that reviewers have read are still what every flow says."""
    from kawan import goldens

    today = goldens.now()
    names = goldens.write(today) if write else goldens.changed(today)
    for name in names:
        typer.echo(f"tests/content/transcripts/{name}.txt")
    if write or not names:
        typer.echo(f"{len(names)} written." if write else "Every transcript is as its flow.")
        return
    typer.echo("These are not as their flows; read and keep them with --write.", err=True)
    raise typer.Exit(1)


def coverage(as_json: AsJson = False) -> None:
    """What there is for whom, how it reads, and what is missing."""
    from kawan import coverage, coverage_tables

    found = coverage.of_content()
    if as_json:
        typer.echo(json.dumps(coverage.plain(found), ensure_ascii=False))
    else:
        coverage_tables.show(found)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    content = typer.Typer(no_args_is_help=True)
    content.command("check")(check)
    content.command("play")(play)
    content.command("preview")(preview)
    content.command("coverage")(coverage)
    content.command("transcripts")(transcripts)
    app.add_typer(content, name="content", help="For writers: check, play and show the words.")
