"""What a session is to be, whether it can be booked, and what to point out before it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare.casework import calendar, dates
from aftercare.messages import Message
from aftercare.records import offices, sessions
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.sessions import Mode, Session

CODE_BEFORE: Final = timedelta(minutes=10)
UNRECORDED_AFTER: Final = timedelta(hours=2)
SHORTEST, LONGEST = 5, 8 * 60
TREATMENTS: Final = "abcdef"
_DAY_FROM, _DAY_TO = time(6, 0), time(20, 0)

#: Why a plan is refused, in the words of the command line; the chat has its own by the same code.
REFUSALS: Final[Mapping[str, str]] = {
    "past": "A session cannot start in the past.",
    "too_far": "A session starts within the next year.",
    "nobody": "A session needs at least one client.",
    "ended": "The programme of one of these clients has ended.",
    "length": f"A session lasts from {SHORTEST} minutes to {LONGEST // 60} hours.",
    "treatment": "The treatment is one of a, b, c, d, e, f.",
    "kind": "A session needs a kind, such as konseling.",
    "place": "A session needs a place.",
    "not_open": "This session has begun or was cancelled.",
}


class BookingError(ValueError):
    """The plan cannot be kept; the message says why, `code` names it for the chat."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Plan:
    """`starts_at` is aware; `minutes` is how long it is to last."""

    office_id: int
    officer: Person
    clients: tuple[Client, ...]
    kind: str
    place: str
    starts_at: datetime
    minutes: int = 60
    treatment: str = "a"
    mode: Mode = "in_person"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to know before booking; worded by `session.staff.warn_<code>`."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> Message:
        return Message(f"session.staff.warn_{self.code}", self.values)


@dataclass(frozen=True, slots=True)
class Booking:
    session: Session
    warnings: tuple[Warned, ...] = ()


def like(
    session: Session, officer: Person, clients: tuple[Client, ...], starts_at: datetime
) -> Plan:
    """A plan for a session of the same sort at another time."""
    return Plan(
        session.office_id, officer, clients, session.kind, session.place, starts_at,
        session.minutes, session.treatment, session.mode,
    )  # fmt: skip


def check(plan: Plan, now: datetime) -> None:
    """Raises BookingError with the first reason against it."""
    check_time(plan.starts_at, now)
    refused = {
        "nobody": not plan.clients,
        "ended": any(client.ended_at is not None for client in plan.clients),
        "length": not SHORTEST <= plan.minutes <= LONGEST,
        "treatment": len(plan.treatment) != 1 or plan.treatment not in TREATMENTS,
        "kind": not plan.kind.strip(),
        "place": not plan.place.strip(),
    }
    for code, holds in refused.items():
        if holds:
            raise BookingError(code)


def check_time(starts_at: datetime, now: datetime) -> None:
    """Raises BookingError for a past moment, or one more than a year ahead."""
    if starts_at.tzinfo is None:
        raise ValueError("a session without a time zone")
    if starts_at <= now:
        raise BookingError("past")
    if starts_at - now > dates.FURTHEST:
        raise BookingError("too_far")


def check_open(session: Session, now: datetime) -> None:
    """Raises BookingError where nothing can be changed about it any more."""
    if session.state != "booked" or session.starts_at <= now:
        raise BookingError("not_open")


def values(session: Session) -> dict[str, Any]:
    """What the officer's texts about a session may name."""
    return {
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "kind": session.kind,
        "place": session.place,
        "who": ", ".join(one.client.person.name or one.client.code for one in session.participants),
    }


async def warnings(db: Db, plan: Plan, now: datetime) -> tuple[Warned, ...]:
    """Holidays, odd hours, and whoever is somewhere else at that time."""
    office = await offices.get(db, plan.office_id)
    local = plan.starts_at.astimezone(ZoneInfo(office.time_zone))
    found = list(_about_the_day(local, now.astimezone(local.tzinfo)))
    start, end = plan.starts_at - timedelta(minutes=LONGEST), plan.ends_at
    for session in await sessions.of_officer(db, plan.officer.id, start, end):
        if session.ends_at > plan.starts_at:
            found.append(Warned("officer_busy", {"at": session.starts_at}))
    ids = [client.id for client in plan.clients]
    for one in await sessions.of_clients(db, ids, start, end):
        if one.session.ends_at > plan.starts_at:
            busy = {"client": one.client.person.called, "at": one.session.starts_at}
            found.append(Warned("client_busy", busy))
    return tuple(found)


def _about_the_day(local: datetime, now: datetime) -> Iterator[Warned]:
    if name := calendar.holiday(local.date()):
        yield Warned("holiday", {"name": name, "day": local.date()})
    elif local.weekday() >= 5:
        yield Warned("weekend")
    if not _DAY_FROM <= local.time() <= _DAY_TO:
        yield Warned("odd_hour")
    if local.year != now.year:
        yield Warned("next_year", {"year": str(local.year)})
