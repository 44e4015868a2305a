"""What a client may set: name, hour, time zone, language, and what the officer sees."""

from __future__ import annotations

from typing import Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.taking_part import own_hours
from aftercare.records import clients

ZONES: Final = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
#: The levels of sharing by the id of their button, domain page on instruments, 3.3.
LEVELS: Final = ("attendance", "activity", "signs", "answers")


class Nickname(Arguments):
    """Nothing where the question was skipped: the name stays."""

    nickname: str | None


class Hour(Arguments):
    hour: str


class Zone(Arguments):
    zone: Literal["wib", "wita", "wit"]


class Language(Arguments):
    language: Literal["id", "en"]


class Level(Arguments):
    level: Literal["attendance", "activity", "signs", "answers"]


async def _nickname(act: Act, wish: Nickname) -> Outcome:
    if wish.nickname:
        act.person.nickname = " ".join(wish.nickname.split())
    return Outcome()


async def _hour(act: Act, wish: Hour) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    before, client.check_in_hour = own_hours.clock_of(client), wish.hour
    await own_hours.follow(act.db, client, before, act.now)
    return Outcome()


async def _zone(act: Act, wish: Zone) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    before, act.person.time_zone = own_hours.clock_of(client), ZONES[wish.zone]
    await own_hours.follow(act.db, client, before, act.now)
    return Outcome()


async def _language(act: Act, wish: Language) -> Outcome:
    act.person.language = wish.language
    return Outcome()


async def _level(act: Act, wish: Level) -> Outcome:
    (await clients.get(act.db, act.person.id)).sharing_level = LEVELS.index(wish.level)
    return Outcome()


ACTIONS: Final = (
    Action("set_nickname", _nickname, Nickname),
    Action("set_hour", _hour, Hour),
    Action("set_time_zone", _zone, Zone),
    Action("set_language", _language, Language),
    Action("set_sharing_level", _level, Level),
)
