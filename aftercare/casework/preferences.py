"""What a client may set: name, hour, time zone, language, and what the officer sees."""

from __future__ import annotations

from typing import Final, Literal

from aftercare.casework import check_ins
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.records import clients, consents

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
    (await clients.get(act.db, act.person.id)).check_in_hour = wish.hour
    return await _ask_at_the_new_time(act)


async def _zone(act: Act, wish: Zone) -> Outcome:
    act.person.time_zone = ZONES[wish.zone]
    return await _ask_at_the_new_time(act)


async def _language(act: Act, wish: Language) -> Outcome:
    act.person.language = wish.language
    return Outcome()


async def _level(act: Act, wish: Level) -> Outcome:
    (await clients.get(act.db, act.person.id)).sharing_level = LEVELS.index(wish.level)
    return Outcome()


async def _ask_at_the_new_time(act: Act) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    given = await consents.current(act.db, client.id)
    if client.joined_at and client.person.left_at is None and given.get("check_ins"):
        check_ins.arm_first(act.db, client, act.now)
    return Outcome()


ACTIONS: Final = (
    Action("set_nickname", _nickname, Nickname),
    Action("set_hour", _hour, Hour),
    Action("set_time_zone", _zone, Zone),
    Action("set_language", _language, Language),
    Action("set_sharing_level", _level, Level),
)
