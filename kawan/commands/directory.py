"""`kawan directory`: what an office knows of training, jobs, help for businesses, and schooling."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kawan import terminal
from kawan.terminal import AsJson, OfWhich

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**31 - 1, help="From the list.")]


def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
    office: OfWhich = None,
    as_json: AsJson = False,
) -> None:
    """Opportunities from a CSV file: every bad row is named, none or all are taken.

    Columns: title, organiser, kind (training, job, business_help, education), cost (rupiah or
    gratis), contact; and where known skills (several with | between), district, starts, ends,
    closes (2026-12-31), place, online (yes), note. The same title of the same organiser is
    brought up to date. docs/directory.csv is an example.
    """
    from kawan import desk, directory

    made = desk.work(lambda at: directory.take(at, file, office))
    rows = made["rows"]
    count = {state: sum(one["state"] == state for one in rows) for state in ("new", "changed")}
    lines = [f"{len(rows)} rows taken: {count['new']} new, {count['changed']} changed."]
    lines += [
        f"line {one['line']}: {one['title']} is {one['stands']}, nobody is shown it."
        for one in rows
        if one["stands"] != "open"
    ]
    terminal.tell("\n".join(lines), made, as_json=as_json)


def list_(office: OfWhich = None, as_json: AsJson = False) -> None:
    """Every opportunity with its id: open, over or closed."""
    from kawan import desk, directory

    terminal.list_(desk.work(lambda at: directory.all_(at, office)), as_json=as_json)


def close(number: Id, as_json: AsJson = False) -> None:
    """Take one off: nobody is shown it any more, also when it is imported again."""
    from kawan import desk, directory

    made = desk.work(lambda at: directory.close(at, number))
    terminal.tell(f"{made['title']} is closed.", made, as_json=as_json)


def open_(number: Id, as_json: AsJson = False) -> None:
    """Put one back that was closed."""
    from kawan import desk, directory

    made = desk.work(lambda at: directory.open_(at, number))
    terminal.tell(f"{made['title']} is on the list again.", made, as_json=as_json)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    directory = typer.Typer(no_args_is_help=True)
    directory.command("import")(import_)
    directory.command("list")(list_)
    directory.command("close")(close)
    directory.command("open")(open_)
    app.add_typer(directory, name="directory", help="Work and learning for clients.")
