"""`kawan status` and `kawan inbox`: for whoever keeps the product running."""

from __future__ import annotations

import typer

from kawan import terminal
from kawan.terminal import AsJson


def status(as_json: AsJson = False) -> None:
    """What waits and since when; exit status 1 where something is behind."""
    from kawan import desk, looking

    facts = desk.work(looking.status)
    lines = [f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in facts.items()]
    terminal.tell("\n".join(lines), facts, as_json=as_json)
    raise typer.Exit(1 if facts["behind"] else 0)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(str(one).replace("_", " ") for one in value) or "nothing"
    return "-" if value is None else str(value)


def list_aside(as_json: AsJson = False) -> None:
    """Updates and timers that failed three times."""
    from kawan import desk, looking

    terminal.list_(desk.work(looking.aside), as_json=as_json)


def retry(as_json: AsJson = False) -> None:
    """Let everything that was kept aside in again."""
    from kawan import desk, looking

    done = desk.work(looking.retry)
    said = f"{done['updates']} updates and {done['timers']} timers will be tried again."
    terminal.tell(said, done, as_json=as_json)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    inbox = typer.Typer(no_args_is_help=True)
    inbox.command("list")(list_aside)
    inbox.command("retry")(retry)
    app.command("status")(status)
    app.add_typer(inbox, name="inbox", help="What was kept aside for a person to look at.")
