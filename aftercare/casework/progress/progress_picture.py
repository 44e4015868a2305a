"""Draws a client's last weeks for a phone held upright; the same sheet gives the same bytes."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from babel.dates import format_date
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aftercare import strict_yaml
from aftercare.casework.progress.progress_sheet import Points, Sheet
from aftercare.words import CONTENT

_WIDTH, _HEIGHT = 8.0, 10.0  # inches at 100 dots: 800 x 1000
_MONTHS_HEIGHT: Final = 2.8
_DOTS: Final = 100
_PAPER, _INK, _PALE = "#FBF9F4", "#2F3E46", "#D9DED8"
_MOOD, _URGE, _AMBER, _MONTH = "#2A7F7A", "#C06C3E", "#D9A441", "#5B6C9E"
_LONGEST_LINE: Final = 4  # days; a longer gap stays open instead of being bridged
_TICKS: Final = 4
_MONTHS: Final = 6
Axes = Any


@cache
def labels() -> dict[str, str]:
    return dict(strict_yaml.load(CONTENT / "id" / "picture_labels.yaml").plain)


def draw(sheet: Sheet) -> bytes:
    """A PNG of 800 by 1000 points; 800 by 1280 with the line of the months."""
    page = _Page(_HEIGHT + _MONTHS_HEIGHT if sheet.has_months else _HEIGHT)
    figure = Figure(figsize=(_WIDTH, page.height), dpi=_DOTS, facecolor=_PAPER)
    top = page.height - _HEIGHT
    figure.text(0.06, page.up(9.5 + top), labels()["title"], size=32, weight="bold", color=_INK)
    figure.text(0.06, page.up(9.12 + top), _span(sheet), size=19, color=_INK)
    _draw_mood(figure.add_axes(page.panel(6.0 + top, 2.2)), sheet)
    _draw_urge(figure.add_axes(page.panel(2.8 + top, 2.2)), sheet)
    if sheet.has_months:
        _draw_months(figure.add_axes(page.panel(2.8, 1.7)), sheet)
    _draw_meetings(figure.add_axes((0.06, page.up(1.05), 0.88, page.up(0.85))), sheet)
    figure.text(0.06, page.up(0.35), _steps(sheet), size=24, weight="bold", color=_MOOD)
    return _png(figure)


@dataclass(frozen=True, slots=True)
class _Page:
    """Places on the page, given in inches from below; Matplotlib wants parts of the height."""

    height: float

    def up(self, inches: float) -> float:
        return inches / self.height

    def panel(self, bottom: float, height: float) -> tuple[float, float, float, float]:
        return 0.20, self.up(bottom), 0.72, self.up(height)


def _span(sheet: Sheet) -> str:
    return labels()["since"].format(start=_day(sheet.start), end=_day(sheet.end))


def _day(day: date) -> str:
    return format_date(day, "d MMM", locale="id")


def _steps(sheet: Sheet) -> str:
    if not sheet.steps:
        return labels()["steps_none"]
    return labels()["steps"].format(steps=sheet.steps)


def _draw_mood(axes: Axes, sheet: Sheet) -> None:
    known = labels()
    marks = {1: known["mood_low"], 3: known["mood_middle"], 5: known["mood_high"]}
    _prepare(axes, sheet, known["mood"], _MOOD)
    _scale(axes, marks, (0.5, 5.5))
    _draw_line(axes, sheet, sheet.mood, _MOOD)


def _draw_urge(axes: Axes, sheet: Sheet) -> None:
    known = labels()
    _prepare(axes, sheet, known["urge"], _URGE)
    _scale(axes, {0: known["urge_low"], 5: "5", 10: known["urge_high"]}, (-1, 11))
    _draw_line(axes, sheet, sheet.urge, _URGE)


def _draw_months(axes: Axes, sheet: Sheet) -> None:
    """The same distance from month to month; the days are named below."""
    known = labels()
    days, scores = zip(*sorted(sheet.months)[-_MONTHS:], strict=True)
    _name(axes, known["months"], _MONTH)
    axes.set_xlim(-0.3, len(days) - 0.7)
    axes.set_xticks(range(len(days)), [_day(day) for day in days], size=17, color=_INK)
    _scale(axes, {0: known["months_low"], 100: known["months_high"]}, (-8, 108))
    axes.plot(range(len(days)), scores, color=_MONTH, linewidth=4, marker="o", markersize=12)


def _prepare(axes: Axes, sheet: Sheet, title: str, color: str) -> None:
    _name(axes, title, color)
    axes.set_xlim(-0.6, (sheet.end - sheet.start).days + 0.6)
    days = (sheet.end - sheet.start).days
    ticks = sorted({round(days * at / (_TICKS - 1)) for at in range(_TICKS)})
    named = [_day(date.fromordinal(sheet.start.toordinal() + at)) for at in ticks]
    axes.set_xticks(ticks, named, size=17, color=_INK)


def _name(axes: Axes, title: str, color: str) -> None:
    axes.set_facecolor(_PAPER)
    axes.set_title(title, loc="left", x=-0.194, size=24, color=color, weight="bold", pad=12)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _scale(axes: Axes, marks: dict[int, str], ends: tuple[float, float]) -> None:
    axes.set_ylim(*ends)
    axes.set_yticks(list(marks), list(marks.values()), size=17, color=_INK)
    axes.grid(axis="y", color=_PALE, linewidth=1.5)
    axes.set_axisbelow(True)


def _draw_line(axes: Axes, sheet: Sheet, points: Points, color: str) -> None:
    if len(points) < 2:
        middle = sum(axes.get_xlim()) / 2, sum(axes.get_ylim()) / 2
        axes.text(*middle, labels()["too_little"], size=17, color=_INK, ha="center", va="bottom")
    across, up = _with_gaps(sheet, sorted(points))
    axes.plot(across, up, color=color, linewidth=4, marker="o", markersize=9, clip_on=False)


def _with_gaps(sheet: Sheet, points: list[tuple[date, float]]) -> tuple[list[float], list[float]]:
    across: list[float] = []
    up: list[float] = []
    for day, value in points:
        at = (day - sheet.start).days
        if across and at - across[-1] > _LONGEST_LINE:
            across.append(at - 0.5)
            up.append(math.nan)
        across.append(at)
        up.append(value)
    return across, up


def _draw_meetings(axes: Axes, sheet: Sheet) -> None:
    known = labels()
    axes.set_axis_off()
    axes.set_xlim(0, 12)
    axes.set_ylim(0, 2)
    axes.text(0, 1.75, known["sessions"], size=24, color=_INK, weight="bold", va="center")
    if not sheet.meetings:
        axes.text(0, 0.6, known["none_yet"], size=18, color=_INK, va="center")
        return
    for at, (_, how) in enumerate(sheet.meetings[-12:]):
        _dot(axes, (at * 0.95 + 0.25, 0.75), how)
    shown = [how for how in ("came", "excused", "missed") if how in {h for _, h in sheet.meetings}]
    for at, how in enumerate(shown):
        left = 3.0 + at * 2.5
        _dot(axes, (left, 1.77), how)
        axes.text(left + 0.4, 1.77, known[how], size=18, color=_INK, va="center")


def _dot(axes: Axes, where: tuple[float, float], how: str) -> None:
    """Filled for a session attended; the others are open rings, none of them red."""
    fill = {"came": _MOOD}.get(how, _PAPER)
    edge = {"came": _MOOD, "excused": _AMBER, "missed": "#A9B4B0"}[how]
    axes.plot(
        *where,
        marker="o",
        markersize=20,
        markerfacecolor=fill,
        markeredgecolor=edge,
        markeredgewidth=4,
        clip_on=False,
    )


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(out, metadata={"Software": None})
    return out.getvalue()
