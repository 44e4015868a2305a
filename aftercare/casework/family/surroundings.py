"""What lies around some clients this week, for the family prompt that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from aftercare.casework import calendar
from aftercare.casework.family import family_safety
from aftercare.records import attendance, check_ins, module_runs, prompts
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.prompts import Prompt
from aftercare.rules import prompts as rule
from aftercare.rules import rhythm

_LATELY: Final = timedelta(days=7)
#: Exercises somebody does after a quarrel at home.
_ABOUT_QUARRELS: Final = ("KELUARGA1",)
#: 0 to 4 in the weekly check-in; at most this is "sulit".
_HARD_AT_HOME: Final = 1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Sets of ids of clients; `last` is what was said to each of them before."""

    last: Mapping[int, Prompt]
    violence: family_safety.Heard
    conflict: frozenset[int]
    missed: frozenset[int]

    def near(self, place: FamilyProgramme, today: date) -> set[str]:
        """The events that speak for something else than the week's own prompt."""
        one = place.person_id
        found = {
            "conflict": one in self.conflict,
            "missed": one in self.missed,
            "birthday": rule.is_birthday_ahead(today, place.birthday),
            "holiday": rule.holiday(today, calendar.holidays_near(today)) is not None,
            "payday": rule.is_payday_ahead(today, place.payday),
        }
        return {name for name, is_so in found.items() if is_so}


async def of_clients(db: Db, known: Sequence[Client], now: datetime) -> Surroundings:
    ids = [client.id for client in known]
    return Surroundings(
        await prompts.newest_of(db, ids),
        await family_safety.heard(db, ids),
        await _conflicts(db, ids, now),
        await attendance.absent_last(db, ids, since=now - _LATELY),
    )


async def _conflicts(db: Db, ids: list[int], now: datetime) -> frozenset[int]:
    """What the client told us, and only to choose words for the client."""
    done = await module_runs.done_since(db, ids, _ABOUT_QUARRELS, now - _LATELY)
    since = rhythm.local_day(now, "Asia/Jakarta") - _LATELY
    weekly = await check_ins.items_since(db, ids, "weekly", since=since)
    hard = {one for one, items in weekly if items.get("family", _HARD_AT_HOME + 1) <= _HARD_AT_HOME}
    return frozenset(done | hard)
