"""Draws a client's own plan for a phone held upright; the same plan gives the same bytes."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aftercare import strict_yaml
from aftercare.words import CONTENT

_WIDTH: Final = 800
_DOTS: Final = 100
_PAPER, _INK, _TITLE = "#FBF9F4", "#2F3E46", "#2A7F7A"
_LETTERS: Final = 38  # fit into a line even where somebody writes in capitals
_HEAD, _SECTION, _LINE, _GAP = 130, 54, 40, 30  # heights in points of the picture
_LEFT: Final = 0.06
Page = Mapping[str, Sequence[str]]
#: A line: its words, its size, its colour, and how much room it takes.
_Line = tuple[str, int, str, int]


@cache
def labels() -> dict[str, str]:
    """The same words as in the chat."""
    page = strict_yaml.load(CONTENT / "id" / "messages" / "plan.yaml").plain
    return {key.removeprefix("plan.client."): one["text"] for key, one in page.items()}


def draw(page: Page) -> bytes:
    """A PNG 800 points wide, as high as the plan needs."""
    lines = list(_lines(page))
    height = _HEAD + sum(room for *_, room in lines) + _GAP
    figure = Figure(figsize=(_WIDTH / _DOTS, height / _DOTS), dpi=_DOTS, facecolor=_PAPER)
    _write(figure, labels()["picture_title"], (30, _INK), 1 - 80 / height)
    down = _HEAD
    for words, size, color, room in lines:
        down += room
        _write(figure, words, (size, color), 1 - (down - 10) / height)
    return _png(figure)


def _lines(page: Page) -> list[_Line]:
    lines: list[_Line] = []
    for name, entries in page.items():
        lines.append((labels()[f"section_{name}"], 21, _TITLE, _SECTION))
        for entry in entries:
            wrapped = textwrap.wrap(drawable(entry), _LETTERS) or ["…"]
            marked = [f"• {wrapped[0]}", *(f"   {one}" for one in wrapped[1:])]
            lines += [(one, 20, _INK, _LINE) for one in marked]
        lines.append(("", 1, _INK, _GAP))
    return lines


def drawable(words: str) -> str:
    """Without what the font has no shape for, such as most emoji."""
    return "".join(one for one in words if ord(one) in _shapes())


@cache
def _shapes() -> frozenset[int]:
    return frozenset(font_manager.get_font(font_manager.findfont("DejaVu Sans")).get_charmap())


def _write(figure: Figure, words: str, look: tuple[int, str], up: float) -> None:
    size, color = look
    weight = "normal" if size == 20 else "bold"
    # A dollar sign in somebody's words is a dollar sign.
    figure.text(_LEFT, up, words, size=size, color=color, weight=weight, parse_math=False)


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(out, metadata={"Software": None})
    return out.getvalue()
