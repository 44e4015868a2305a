"""Shows on the terminal what content there is; every table fits into 80 columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.table import Table

from bot.flows.reading import HARDEST
from kawan.coverage import TREATMENTS, Coverage

WIDTH: Final = 80


def show(found: Coverage, console: Console | None = None) -> None:
    """Five tables, and what is missing by name."""
    out = console or Console(width=WIDTH, highlight=False)
    out.print(_exercises(found))
    out.print(_weeks(found))
    out.print(_audiences(found))
    out.print(_languages(found))
    out.print(_flows(found))
    out.print("\n".join(found.missing) if found.missing else "Nothing is missing.")


def _table(title: str, *columns: str, numbers: Iterable[str] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", width=WIDTH)
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    return table


def _exercises(found: Coverage) -> Table:
    table = _table("Exercises", "for", "count", "which", numbers=("count",))
    for letter, names in found.treatments.items():
        table.add_row(f"{letter} {TREATMENTS[letter]}", str(len(names)), ", ".join(names))
    table.add_section()
    for need, names in found.needs.items():
        table.add_row(need, str(len(names)), ", ".join(names))
    return table


def _weeks(found: Coverage) -> Table:
    table = _table("Weeks of the family programme", "week", "texts for", numbers=("week",))
    for week, audiences in found.weeks.items():
        table.add_row(str(week), ", ".join(audiences) or "nobody")
    return table


def _audiences(found: Coverage) -> Table:
    numbers = ("flows", "messages")
    table = _table("Readers", "who", *numbers, numbers=numbers)
    for who, (flows, messages) in found.audiences.items():
        table.add_row(who, str(flows), str(messages))
    return table


def _languages(found: Coverage) -> Table:
    numbers = ("flows", "messages")
    table = _table("Other languages", "which", *numbers, numbers=numbers)
    for language, (flows, all_flows, messages, all_messages) in found.languages.items():
        table.add_row(language, f"{flows} of {all_flows}", f"{messages} of {all_messages}")
    return table


def _flows(found: Coverage) -> Table:
    numbers = ("steps", "texts", "words a sentence", "readability")
    title = f"Flows (readability up to {HARDEST:.0f} is fine)"
    table = _table(title, "flow", "reader", *numbers, numbers=numbers)
    for one in found.flows:
        mark = " !" if one.hardness > HARDEST else ""
        table.add_row(
            one.name, one.audience, str(one.steps), str(one.texts), f"{one.pace:.1f}",
            f"{one.hardness:.1f}{mark}",
        )  # fmt: skip
    return table
