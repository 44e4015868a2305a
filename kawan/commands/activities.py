"""`kawan activity`."""

from __future__ import annotations

from typing import Annotated

import typer

from kawan import terminal
from kawan.terminal import AsJson

By = Annotated[str, typer.Option(help="Name or id of the partner or officer who leads it.")]
Kind = Annotated[str, typer.Option(help="A word of content/id/activities.yaml, such as senam.")]
At = Annotated[str, typer.Option(help='In the time of the office, such as "2026-11-28 07:00".')]
Place = Annotated[str, typer.Option(help="Where people find it.")]


def add_activity(
    by: By,
    kind: Kind,
    at: At,
    place: Place,
    minutes: Annotated[int, typer.Option(help="How long.")] = 60,
    name: Annotated[str | None, typer.Option(help="What it is called; else the kind.")] = None,
    capacity: Annotated[int | None, typer.Option(help="How many can join; else anybody.")] = None,
    weeks: Annotated[int, typer.Option(help="How many weeks in a row.")] = 1,
    note: Annotated[str | None, typer.Option(help="What to bring or to know.")] = None,
    as_json: AsJson = False,
) -> None:
    """An activity that clients of the office may join; they hear of it once a week."""
    from kawan import activities, desk

    wish = activities.Wish(by, kind, at, place, minutes, name, capacity, weeks, note)
    made = desk.work(lambda at_desk: activities.add(at_desk, wish))
    terminal.tell(activities.said(made), made, as_json=as_json)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    activity = typer.Typer(no_args_is_help=True)
    activity.command("add")(add_activity)
    app.add_typer(activity, name="activity", help="Activities that clients may join.")
