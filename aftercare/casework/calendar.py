"""Indonesian public holidays, kept by the `holidays` library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8)
def holidays_of(year: int) -> Mapping[date, str]:
    """Public holidays of this year by day, with their Indonesian names."""
    import holidays

    found: Mapping[date, str] = holidays.country_holidays("ID", years=year, language="id")
    return dict(found)


def holidays_near(day: date) -> Mapping[date, str]:
    return {**holidays_of(day.year), **holidays_of(day.year + 1)}


def holiday(day: date) -> str | None:
    return holidays_of(day.year).get(day)
