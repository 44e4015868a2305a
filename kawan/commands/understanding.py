"""`kawan understand`: how each line of text is read, so that anyone can measure it."""

from __future__ import annotations

import json
import sys

import typer


def understand() -> None:
    """Lines from standard input, one JSON object a line to standard output."""
    from bot.understanding import lines

    for line in sys.stdin:
        typer.echo(json.dumps(lines.describe(line.rstrip("\r\n")), ensure_ascii=False))


def listed(app: typer.Typer) -> None:
    """Table of contents."""
    app.command("understand")(understand)
