"""`kawan init`, and the processes: `kawan run`, `bot`, `scheduler`, `actions`."""

from __future__ import annotations

from typing import Annotated

import typer


def init(
    bot: Annotated[
        str | None, typer.Option(help="The bot's username, where Telegram cannot be asked.")
    ] = None,
) -> None:
    """Write .env with fresh keys, and create the database."""
    from kawan import founding

    for line in founding.found(bot):
        typer.echo(line)
    typer.echo("Ready. Next: `kawan office add NAME`, and KAWAN_BOT_TOKEN in .env.")


def run() -> None:
    """Everything in one process: hear, tick and speak."""
    _run(hears=True, speaks=True)


def bot() -> None:
    """Only hear: Telegram's updates become rows, and are handled."""
    _run(hears=True, speaks=False)


def scheduler() -> None:
    """Only tick and speak: what is due, and everything that we say."""
    _run(hears=False, speaks=True)


def actions(
    listen: Annotated[
        str, typer.Option(help="HOST:PORT; nobody but this machine, unless told otherwise.")
    ] = "127.0.0.1:5055",
) -> None:
    """Serve the answers to a Rasa server, for whoever holds KAWAN_RASA_TOKEN."""
    from kawan import serving

    serving.serve(listen)


def _run(*, hears: bool, speaks: bool) -> None:
    from kawan import running

    running.run(running.Parts(hears, speaks))


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    app.command("init")(init)
    app.command("run")(run)
    app.command("bot")(bot)
    app.command("scheduler")(scheduler)
    app.command("actions")(actions)
