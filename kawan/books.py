"""Balances the books of an office: every session, absence, alert and message accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from aftercare.records import inbox, timers
from aftercare.records.alerts import Alert
from aftercare.records.check_ins import CheckIn
from aftercare.records.database import Database, Db
from aftercare.records.outbox import Outgoing
from aftercare.records.sessions import Participant, Session
from aftercare.rules import ladder
from kawan.phones import Phones
from kawan.population import Dweller


@dataclass(frozen=True, slots=True)
class Book:
    """One sum that has to come out: what there should be, and what there is."""

    sentence: str
    expected: int
    found: int

    @property
    def balances(self) -> bool:
        return self.expected == self.found


@dataclass(frozen=True, slots=True)
class Report:
    """What was sent, answered, missed and alerted; and whether the books balance."""

    sent: dict[str, int]
    unsent: dict[str, int]
    done: dict[str, int]
    check_ins: dict[str, int]
    attendance: dict[str, int]
    alerts: dict[str, int]
    books: tuple[Book, ...]

    @property
    def balances(self) -> bool:
        return all(book.balances for book in self.books)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "balances": self.balances}


async def balance(
    database: Database, phones: Phones, dwellers: Sequence[Dweller], now: datetime
) -> Report:
    """Read back from what is committed, and from the phones themselves."""
    async with database.transaction() as db:
        said = list(await db.scalars(select(Outgoing)))
        held = list((await db.scalars(select(Participant))).unique())
        raised = list((await db.scalars(select(Alert))).unique())
        return Report(
            sent=_count(row.key.split(".")[0] for row in said if row.state == "sent"),
            unsent=_count(row.reason or row.state for row in said if row.state != "sent"),
            done=_count(what for one in dwellers for what, n in one.done.items() for _ in range(n)),
            check_ins=await _check_ins(db),
            attendance=_count(_outcome(one, now) for one in held),
            alerts=_count(f"{one.kind}, {one.state}" for one in raised),
            books=(
                _sessions(held, raised, now),
                _absences(held, raised),
                await _alerts(db, raised),
                _phones(said, phones),
                Book("everything could be said", 0, sum(row.state == "failed" for row in said)),
                await _nothing_left(db),
            ),
        )


def _sessions(held: list[Participant], raised: list[Alert], now: datetime) -> Book:
    asked = {one.subject for one in raised if one.kind == "unrecorded" and one.state != "closed"}
    ended = [one for one in held if _has_ended(one.session, now)]
    known = [one for one in ended if one.attendance or f"session:{one.session_id}" in asked]
    return Book("every session has an outcome or an open question", len(ended), len(known))


def _absences(held: list[Participant], raised: list[Alert]) -> Book:
    absent = {one.subject for one in held if one.attendance == "absent"}
    alerted = Counter(one.subject for one in raised if one.kind == "no_show")
    exactly_one = [subject for subject in absent if alerted[subject] == 1]
    return Book("every absence has exactly one alert", len(absent), len(exactly_one))


async def _alerts(db: Db, raised: list[Alert]) -> Book:
    """Taken, or told to everybody on the ladder, or on the way to the next one."""
    waiting = set(await db.scalars(select(timers.TimerRow.subject)))
    settled = [
        one
        for one in raised
        if one.state != "open" or one.step >= ladder.LAST_STEP or one.about in waiting
    ]
    return Book("every alert is taken or goes up the ladder", len(raised), len(settled))


def _phones(said: list[Outgoing], phones: Phones) -> Book:
    sent = [row for row in said if row.state == "sent" and row.verb == "say" and not row.edits]
    heard = sum(len(phone.messages) for phone in phones.all.values())
    return Book("every message sent arrived on one phone, once", len(sent), heard)


async def _nothing_left(db: Db) -> Book:
    left = await inbox.waiting(db) + len(await inbox.aside(db)) + len(await timers.aside(db))
    return Book("nothing is left unread or put aside", 0, left)


async def _check_ins(db: Db) -> dict[str, int]:
    asked = await db.scalar(select(func.count()).select_from(CheckIn)) or 0
    answered = await db.scalar(select(func.count(CheckIn.answered_at))) or 0
    return {"asked": asked, "answered": answered, "missed": asked - answered}


def _outcome(one: Participant, now: datetime) -> str:
    if one.attendance:
        return one.attendance
    return "not_recorded" if _has_ended(one.session, now) else "to_come"


def _has_ended(session: Session, now: datetime) -> bool:
    return session.state == "booked" and session.ends_at <= now


def _count(of: Any) -> dict[str, int]:
    return dict(sorted(Counter(of).items()))
