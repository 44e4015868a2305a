"""`kawan office hotline`, `wait` and `notice`: what each office sets for itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kawan import terminal
from kawan.terminal import AsJson, OfWhich

Level = Literal["crisis", "high", "medium", "low"]


def hotline(
    name: Annotated[str, typer.Argument(help="Whose number it is, as a client will read it.")],
    number: Annotated[str, typer.Argument(help="The number to call.")],
    verified_by: Annotated[str, typer.Option(help="Who called it, or read it on its own page.")],
    rank: Annotated[int, typer.Option(min=0, max=1000, help="Lower stands first.")] = 1,
    office: OfWhich = None,
    as_json: AsJson = False,
) -> None:
    """A number to call in danger, verified today; a known name gets its new number and date."""
    from kawan import desk, own_ways

    near = own_ways.Near(name, number, verified_by, rank, office)
    made = desk.work(lambda at: own_ways.hotline(at, near))
    said = f"{made['name']}: {made['number']}, verified on {made['verified_on']}."
    terminal.tell(said, made, as_json=as_json)


def wait(
    level: Annotated[Level, typer.Argument(help="Which alerts.")],
    cover: Annotated[int, typer.Option(min=1, help="Minutes until the covering officer is told.")],
    head: Annotated[int, typer.Option(min=2, help="Minutes until the head is told.")],
    office: OfWhich = None,
    as_json: AsJson = False,
) -> None:
    """How long an alert waits for the officer before others are told."""
    from kawan import desk, own_ways

    made = desk.work(lambda at: own_ways.wait(at, level, cover, head, where=office))
    said = f"{level}: the cover is told after {cover} minutes, the head after {head}."
    terminal.tell(said, made, as_json=as_json)


def notice(
    text: Annotated[
        str | None, typer.Argument(help="The words; without any, they are shown.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A text file with the words; - reads what is piped in.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Say nothing of the kind.")] = False,
    office: OfWhich = None,
    as_json: AsJson = False,
) -> None:
    """The office's own legal words for clients under integration who missed three in a row.

    They are sent as they stand, once, below one kind sentence of ours; a client in aftercare never
    reads them. Without words nothing of the kind is said.
    """
    from kawan import desk, notices

    given = notices.Given(text, file, remove)
    made = desk.work(lambda at: notices.notice(at, given, office))
    said = made["notice"] or f"{made['office']} has no words of its own: nothing is said."
    terminal.tell(said, made, as_json=as_json)


def listed(office: typer.Typer) -> None:
    """Table of contents."""
    office.command("hotline")(hotline)
    office.command("wait")(wait)
    office.command("notice")(notice)
