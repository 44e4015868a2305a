"""`kawan office`, `kawan staff`, `kawan client`, `kawan link`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kawan import terminal
from kawan.commands import office as own_ways
from kawan.terminal import AsJson, OfWhich

Name = Annotated[str, typer.Argument(help="The full name.")]
Role = Annotated[Literal["officer", "head", "partner"], typer.Option(help="What this person does.")]
Cover = Annotated[
    str | None, typer.Option(help="The officer who is asked when this one does not answer.")
]
Officer = Annotated[str, typer.Option(help="Name or id of the officer.")]
Regime = Annotated[
    Literal["aftercare", "integration"],
    typer.Option(help="aftercare is voluntary; integration is PB, CB or CMB."),
]


def add_office(
    name: Name,
    timezone: Annotated[str, typer.Option(help="The time zone of the office.")] = "Asia/Jakarta",
    as_json: AsJson = False,
) -> None:
    """A new office, with the hotlines that are good in the whole country."""
    from kawan import desk, register

    made = desk.work(lambda at: register.office(at, name, timezone))
    terminal.tell(f"Office {made['name']} has the id {made['id']}.", made, as_json=as_json)


def list_offices(as_json: AsJson = False) -> None:
    """Every office with its id and its time zone."""
    from kawan import desk, register

    terminal.list_(desk.work(register.all_offices), as_json=as_json)


def add_staff(
    name: Name,
    role: Role,
    office: OfWhich = None,
    cover: Cover = None,
    as_json: AsJson = False,
) -> None:
    """A new member of staff; prints a one-time link."""
    from kawan import desk, register

    member = register.Member(name, role, office, cover)
    made = desk.work(lambda at: register.staff(at, member))
    said = f"{made['name']} is {role} in {made['office']}, id {made['id']}."
    terminal.tell(said, made, as_json=as_json)


def add_client(
    name: Name, officer: Officer, regime: Regime = "aftercare", as_json: AsJson = False
) -> None:
    """A new client of this officer; prints a one-time link."""
    from kawan import desk, register

    newcomer = register.Newcomer(name, officer, regime)
    made = desk.work(lambda at: register.client(at, newcomer))
    said = f"{made['name']} is a client of {made['officer']}, id {made['id']}."
    terminal.tell(said, made, as_json=as_json)


def fresh_link(name: Name, as_json: AsJson = False) -> None:
    """A fresh one-time link for somebody already known; earlier links stop working."""
    from kawan import desk, register

    made = desk.work(lambda at: register.link(at, name))
    terminal.tell(f"{made['name']}, {made['role']}, id {made['id']}.", made, as_json=as_json)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    office, staff, client = (typer.Typer(no_args_is_help=True) for _ in range(3))
    office.command("add")(add_office)
    office.command("list")(list_offices)
    own_ways.listed(office)
    staff.command("add")(add_staff)
    client.command("add")(add_client)
    app.add_typer(office, name="office", help="Offices (Bapas).")
    app.add_typer(staff, name="staff", help="Officers, heads and partners.")
    app.add_typer(client, name="client", help="Clients in aftercare.")
    app.command("link")(fresh_link)
