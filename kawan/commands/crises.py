"""`kawan crisis words`: what a client wrote in danger, with a reason that stays on record."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kawan import terminal
from kawan.terminal import AsJson

Reason = Literal["life", "review", "complaint", "law"]


def words(
    client: Annotated[str, typer.Option(help="Whose words: a name or an id.")],
    by: Annotated[str, typer.Option(help="Who reads them: an officer or head who answers for it.")],
    reason: Annotated[Reason, typer.Option(help="Why; the client can see that they were read.")],
    as_json: AsJson = False,
) -> None:
    """What this client wrote in danger. Who read it, when and why is kept, and shown by /siapa."""
    from kawan import crisis_words, desk

    found = desk.work(lambda at: crisis_words.read(at, client=client, by=by, reason=reason))
    lines = [
        f"{one['at']} {one['tier']}{' (false alarm)' if one['false_alarm'] else ''}: {one['words']}"
        for one in found["heard"]
    ]
    terminal.tell("\n".join(lines) or "Nothing was heard.", found, as_json=as_json)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    crisis = typer.Typer(help="What was heard in danger.", no_args_is_help=True)
    crisis.command("words")(words)
    app.add_typer(crisis, name="crisis")
