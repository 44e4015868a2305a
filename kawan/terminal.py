"""Says on the terminal what a command has done: for people, or as one JSON object for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from kawan import bot_name

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
OfWhich = Annotated[
    str | None, typer.Option("--office", help="Name or id; not needed where there is one office.")
]


def tell(sentence: str, answer: Mapping[str, Any], *, as_json: bool) -> None:
    """The sentence and the link, or the whole answer as JSON."""
    link = str(answer.get("link", ""))
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        typer.echo(sentence)
        if link:
            typer.echo(f"One-time link, good for 14 days:\n{link}")
    if link.startswith(f"https://t.me/{bot_name.UNKNOWN}?"):
        complain(
            "The bot's name is not known yet: write it in place of BOT in the link, "
            "or tell it once with `kawan init --bot NAME`."
        )


def list_(rows: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    """One line a row; as JSON one object that holds them all."""
    if as_json:
        typer.echo(json.dumps({"rows": list(rows)}, ensure_ascii=False, default=str))
        return
    for row in rows:
        typer.echo("  ".join(str(value) for value in row.values()))


def complain(sentence: str) -> None:
    typer.echo(sentence, err=True)
