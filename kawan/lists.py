"""Reads the CSV files of an office: a header, commas or semicolons, each row with its line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from kawan.refusal import Refusal

YES: Final = frozenset({"yes", "ya", "true", "1", "online"})
#: Filled cells by the name of their column, in small letters.
Cells: TypeAlias = dict[str, str]


def read(file: Path, known: Collection[str]) -> list[tuple[int, Cells]]:
    """The rows of a CSV file in UTF-8 with these columns; empty rows are passed over.

    Raises:
        Refusal: it is no such file.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"FILE takes a CSV file in UTF-8; {file} is none.") from error
    lines = text.splitlines()
    if not lines:
        raise Refusal(f"FILE takes a CSV file with a header; {file} is empty.")
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    found = csv.DictReader(lines, delimiter=delimiter)
    header = {(name or "").strip().casefold() for name in found.fieldnames or ()}
    if unknown := sorted(header - set(known)):
        listed = ", ".join(sorted(known))
        raise Refusal(f"FILE takes the columns {listed}; not {', '.join(unknown)}.")
    rows = [(found.line_num, _cells(raw)) for raw in found]
    return [(line, cells) for line, cells in rows if cells]


def _cells(raw: Mapping[Any, Any]) -> Cells:
    cells = {
        str(name).strip().casefold(): value.strip()
        for name, value in raw.items()
        if name is not None and isinstance(value, str) and value.strip()
    }
    return {**cells, "more cells than columns": "yes"} if None in raw else cells


def refuse(wrong: Collection[tuple[int, str]]) -> None:
    """Raises Refusal with one line for each bad row, where there is any."""
    if wrong:
        told = "\n".join(f"line {line}: {sentence}" for line, sentence in sorted(wrong))
        raise Refusal(f"{told}\nNothing was imported.")
