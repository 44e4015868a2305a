"""`kawan content check | play | preview`: for whoever writes the words."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

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


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    content = typer.Typer(no_args_is_help=True)
    content.command("check")(check)
    content.command("play")(play)
    content.command("preview")(preview)
    app.add_typer(content, name="content", help="For writers: check, play and show the words.")
