"""`kawan demo` and `kawan simulate`: made-up offices, one to look at and one to count."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kawan.refusal import Refusal
from kawan.terminal import AsJson

if TYPE_CHECKING:
    from kawan.books import Report


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8640,
) -> None:
    """Phones in a browser, a clock to move, and the whole product behind them."""
    from kawan import demo as desk

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    try:
        desk.run(port)
    except OSError as error:
        raise Refusal(f"--port takes a free port; {port} cannot be used.") from error


def simulate(
    clients: Annotated[int, typer.Option(min=1, max=2000)] = 20,
    days: Annotated[int, typer.Option(min=1, max=366)] = 14,
    seed: Annotated[int, typer.Option()] = 1,
    as_json: AsJson = False,
) -> None:
    """Let a made-up office live for days in seconds; the same seed gives the same result."""
    from kawan import simulation

    logging.basicConfig(level=logging.CRITICAL)
    report = asyncio.run(simulation.simulate(simulation.Wish(clients, days, seed)))
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _print(report)
    if not report.balances:
        raise typer.Exit(1)


def _print(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("what", "how many", box=None, pad_edge=False)
    parts = {
        "sent": report.sent,
        "not sent": report.unsent,
        "check-ins": report.check_ins,
        "sessions": report.attendance,
        "alerts": report.alerts,
        "people": report.done,
    }
    for title, counts in parts.items():
        table.add_row(f"[bold]{title}[/bold]", str(sum(counts.values())))
        for name, number in counts.items():
            table.add_row(f"  {name}", str(number))
    for book in report.books:
        sign = "balances" if book.balances else "DOES NOT BALANCE"
        table.add_row(book.sentence, f"{book.found} of {book.expected}: {sign}")
    Console().print(table)


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    app.command("demo")(demo)
    app.command("simulate")(simulate)
