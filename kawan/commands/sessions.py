"""`kawan session`, `kawan family` and `kawan import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kawan import terminal
from kawan.terminal import AsJson

Clients = Annotated[
    list[str], typer.Option("--client", help="Name or id; several times for a group.")
]
At = Annotated[str, typer.Option(help='In the time of the office, such as "2026-11-23 09:00".')]
Kind = Annotated[str, typer.Option(help="A word, such as konseling.")]
Place = Annotated[str, typer.Option(help="Where, or the link of an online session.")]
Treatment = Annotated[str, typer.Option(help="The tag of the programme, a to f.")]


def add_session(
    client: Clients,
    at: At,
    kind: Kind,
    place: Place,
    minutes: Annotated[int, typer.Option(help="How long.")] = 60,
    online: Annotated[bool, typer.Option("--online", help="Not in person.")] = False,
    treatment: Treatment = "a",
    as_json: AsJson = False,
) -> None:
    """A session, in the office's time; the clients are told."""
    from kawan import bookings, desk

    wish = bookings.Wish(tuple(client), at, minutes, kind, place, online, treatment)
    made = desk.work(lambda at_desk: bookings.session(at_desk, wish))
    terminal.tell(bookings.said(made), made, as_json=as_json)


def invite_family(
    client: Annotated[str, typer.Option(help="Name or id of the client.")],
    relation: Annotated[
        str, typer.Option(help="parent, partner, sibling, child, friend, or a word of yours.")
    ],
    as_json: AsJson = False,
) -> None:
    """A relative, once the client has agreed; prints a one-time link."""
    from kawan import bookings, desk

    made = desk.work(lambda at: bookings.relative(at, client, relation))
    said = f"A {relation} of {made['client']} is invited, id {made['id']}."
    terminal.tell(said, made, as_json=as_json)


def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
    as_json: AsJson = False,
) -> None:
    """Staff, clients and sessions from a CSV file: every bad row is named, none or all taken.

    Columns: what (staff, client or session), name, role, office, cover, officer, regime, client
    (several with | between), at, minutes, kind, place, online, treatment.
    """
    from kawan import desk, roll

    rows = roll.read(file)
    made = desk.work(lambda at: roll.take(at, rows))
    links = [f"{one['name']}  {one['link']}" for one in made["rows"] if "link" in one]
    said = "\n".join([f"{len(made['rows'])} rows taken.", *links])
    terminal.tell(said, made, as_json=as_json)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    session, family = typer.Typer(no_args_is_help=True), typer.Typer(no_args_is_help=True)
    session.command("add")(add_session)
    family.command("invite")(invite_family)
    app.add_typer(session, name="session", help="Sessions with one client or a group.")
    app.add_typer(family, name="family", help="Relatives beside a client.")
    app.command("import")(import_)
