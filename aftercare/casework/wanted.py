"""Asked again at the moment of sending: is this still wanted, by this person, now?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aftercare.messages import Lane
from aftercare.records import alerts, clients, conversations, outbox, relatives, sessions
from aftercare.records.database import Db
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.rules import quiet


@dataclass(frozen=True, slots=True)
class Send:
    """Go ahead."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not at this hour; again at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Never:
    """No longer wanted, and why. `hold` keeps it for a person to look at."""

    reason: str
    hold: bool = False


Verdict = Send | Later | Never


async def verdict(db: Db, row: Outgoing, person: Person, now: datetime) -> Verdict:
    """The first reason not to send, or Send."""
    if reason := _out_of_reach(row, person, now):
        return Never(reason)
    if row.subject and (reason := await _passed(db, row.subject)):
        return Never(reason)
    if row.lane < Lane.REMINDER:
        return Send()
    if not await _has_joined(db, person):
        return Never("has not joined")
    if person.hushed_until and person.hushed_until > now:
        return Never("hushed after danger")
    if row.lane == Lane.PROMPT and person.paused_until and person.paused_until > now:
        return Never("paused by the person")
    if await outbox.sent_lately(db, row, now - timedelta(hours=1)) >= outbox.BRAKE:
        return Never("the same words too often", hold=True)
    return _at_this_hour(row, person, now)


def _out_of_reach(row: Outgoing, person: Person, now: datetime) -> str | None:
    if person.telegram_id is None:
        return "no address"
    if person.unreachable_since is not None:
        return "unreachable"
    if person.left_at is not None and row.lane > Lane.REPLY:
        return "left"
    if row.expires_at is not None and row.expires_at <= now:
        return "too late"
    return None


async def _has_joined(db: Db, person: Person) -> bool:
    """Nothing that we start goes to a client who has not said yes yet."""
    if person.audience != "client":
        return True
    client = await clients.find(db, person.id)
    return client is not None and client.joined_at is not None


def _at_this_hour(row: Outgoing, person: Person, now: datetime) -> Verdict:
    until = quiet.ends_at(now, person.time_zone)
    if until is None:
        return Send()
    if row.expires_at is not None and row.expires_at <= until:
        return Never("quiet hours until it was too late")
    return Later(until)


async def _passed(db: Db, subject: str) -> str | None:
    """`subject` is "participant:12@3": what it is about, and the version that was true then."""
    about, _, version = subject.partition("@")
    kind, _, number = about.partition(":")
    check = _CHECKS.get(kind)
    return await check(db, int(number), version) if check else None


async def _participant(db: Db, number: int, version: str) -> str | None:
    one = await sessions.participant(db, number)
    if one is None or one.session.state != "booked":
        return "session cancelled"
    if version and version != str(one.session.version):
        return "session moved"
    return "already recorded" if one.attendance else None


async def _session(db: Db, number: int, version: str) -> str | None:
    one = await sessions.get(db, number)
    if one is None or one.state != "booked":
        return "session cancelled"
    return "session moved" if version and version != str(one.version) else None


async def _change(db: Db, number: int, _version: str) -> str | None:
    one = await sessions.change(db, number)
    return "change answered" if one is None or one.answer is not None else None


async def _absence(db: Db, number: int, _version: str) -> str | None:
    one = await sessions.participant(db, number)
    if one is None or one.session.state != "booked":
        return "session cancelled"
    return None if one.attendance == "absent" else "was not missed"


async def _attendance(db: Db, number: int, version: str) -> str | None:
    one = await sessions.participant(db, number)
    return None if one and one.attendance == version else "recorded anew"


async def _conversation(db: Db, number: int, version: str) -> str | None:
    row = await conversations.get(db, number)
    if row is None or (version and row.revision != int(version)):
        return "question passed"
    return None


async def _relative(db: Db, number: int, version: str) -> str | None:
    """ "relative:3@session_reminders", or with what it is about: "...reminders/participant:5@2"."""
    scope, _, about = version.partition("/")
    one = await relatives.get(db, number)
    if one is None or not one.may(scope):
        return "outside the client's scopes"
    return await _passed(db, about) if about else None


async def _alert(db: Db, number: int, _version: str) -> str | None:
    one = await alerts.get(db, number)
    return "alert closed" if one is None or one.state == "closed" else None


_Check = Callable[[Db, int, str], Awaitable[str | None]]
_CHECKS: Final[Mapping[str, _Check]] = {
    "participant": _participant,
    "attendance": _attendance,
    "session": _session,
    "absence": _absence,
    "change": _change,
    "conversation": _conversation,
    "relative": _relative,
    "alert": _alert,
}
