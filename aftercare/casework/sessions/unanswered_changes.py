"""A client wishes for another hour and nobody answers: after a working day it is an alert."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aftercare.casework import calendar
from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.records import alerts as alert_records
from aftercare.records import offices, sessions, timers
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.sessions import ChangeRequest, Participant
from aftercare.records.timers import Timer
from aftercare.rules import unanswered_changes as rule

KIND: Final = "change_unanswered"
UNANSWERED: Final = "change.unanswered"


async def arm(
    db: Db, wish: ChangeRequest, now: datetime, *, at_latest: datetime | None = None
) -> None:
    """`at_latest` is what `replaced` has found: whoever asks anew has not waited less for it."""
    session = wish.participant.session
    office = await offices.get(db, session.office_id)
    holidays = calendar.holidays_near(now.date()).keys()
    due = rule.due_at(
        session.starts_at, now, time_zone=office.time_zone, holidays=holidays, at_latest=at_latest
    )
    timers.arm(db, Timer(wish.about, UNANSWERED, due, session.starts_at))


async def alarm(db: Db, due: list[Timer], now: datetime) -> None:
    """Those that still wait for an answer of the office, in one query for all."""
    found = await sessions.changes(db, [timer.subject_id for timer in due])
    await alerts.open_all(db, [_concern(one, now) for one in found if waits(one, now)], now)


def waits(wish: ChangeRequest, now: datetime) -> bool:
    """For the office: nobody has answered or proposed anything, and the session is still ahead."""
    one, session = wish.participant, wish.participant.session
    ahead = session.state == "booked" and one.attendance is None and session.starts_at > now
    return ahead and wish.answer is None and wish.proposed_at is None


def _concern(wish: ChangeRequest, now: datetime) -> tuple[Client, Concern]:
    one, session = wish.participant, wish.participant.session
    values = {
        "kind": session.kind,
        "starts_at": session.starts_at,
        "wished_at": wish.wished_at,
        "asked_at": wish.asked_at,
    }
    level = rule.level(session.starts_at, now)
    because = ((KIND, values),)
    return one.client, Concern(KIND, wish.about, level, because, session.officer_id)


async def over(
    db: Db, wishes: Sequence[ChangeRequest], reason: str, by: Person | None, now: datetime
) -> None:
    """Answered, moved or called off: nobody is asked for an answer any more."""
    for wish in wishes:
        timers.disarm(db, wish.about, UNANSWERED)
        alert = await alert_records.about(db, KIND, wish.about)
        if alert is not None and alert.state != "closed":
            alerts.withdraw(db, alert, reason, by=by, now=now)
            await alerts.show_again(db, alert, now)


async def replaced(
    db: Db, wishes: Sequence[ChangeRequest], by: Person, now: datetime
) -> datetime | None:
    """The client wishes for something else instead; returns when the first wish was to be told."""
    waiting = [one.about for one in wishes if one.proposed_at is None]
    armed = [one.due_at for one in await timers.of_subjects(db, waiting)]
    await over(db, wishes, "asked_anew", by, now)
    return min(armed, default=now if waiting else None)


async def recorded(db: Db, one: Participant, by: Person, now: datetime) -> None:
    """Whoever records how it went needs no answer any more."""
    await over(db, await sessions.open_changes(db, [one.id]), "recorded", by, now)


async def may_answer(db: Db, wish: ChangeRequest, person: Person) -> bool:
    """Whoever was told of the alert, where nobody who leads the session was there."""
    alert = await alert_records.about(db, KIND, wish.about)
    return alert is not None and await alerts.may_act(db, alert, person)
