"""Who was there: one door for every outcome, and all that follows from it in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aftercare.casework.alerts import alerts, duty
from aftercare.casework.attendance import no_shows
from aftercare.casework.family import family_news
from aftercare.casework.progress import milestones
from aftercare.casework.sessions import unanswered_changes
from aftercare.records import alerts as alert_records
from aftercare.records import attendance as records
from aftercare.records.database import Db
from aftercare.records.people import STAFF, Person
from aftercare.records.sessions import Participant, Session
from aftercare.rules import absences, attendance

UNRECORDED: Final = "unrecorded"


async def may_record(db: Db, session: Session, person: Person) -> bool:
    """The officer of the session, the one who covers, and the head of the office."""
    if person.audience not in ("officer", "head") or person.left_at is not None:
        return False
    return (await duty.roster(db, session.officer_id)).has(person)


async def record(
    db: Db, participant: Participant, outcome: str, *, by: Person, now: datetime
) -> bool:
    """Note who was there, or correct it. False where it was noted so before: nothing happens.

    `by` is a member of staff, or the client who gave the session's code.
    """
    one = await records.locked(db, participant.id, participant.client_id)
    outcome = attendance.as_held(outcome, one.session.mode)
    if one.attendance == outcome or one.session.state != "booked":
        return False
    was, one.attendance = one.attendance, outcome  # type: ignore[assignment]
    one.recorded_at, one.recorded_by = now, by.id
    await db.flush()
    if outcome == absences.ABSENT:
        await mark_absent(db, one, now)
    else:
        await _was_not_missed(db, one, was, by, now)
    if outcome in absences.PRESENT:
        milestones.look_soon(db, one.client, now)
    await unanswered_changes.recorded(db, one, by, now)
    await _all_recorded(db, one.session, by, now)
    await family_news.tell_attendance(db, [one], now)
    return True


async def mark_absent(db: Db, one: Participant, now: datetime) -> None:
    """The streak, the alert, and what the officer and the client are told."""
    await no_shows.missed(db, one, now)


async def _was_not_missed(
    db: Db, one: Participant, was: str | None, by: Person, now: datetime
) -> None:
    if was == absences.ABSENT:
        await no_shows.take_back(db, one, by, now)
    if one.attendance in absences.PRESENT and by.audience in STAFF:
        await no_shows.came_back(db, one, by, now)
    await no_shows.count_again(db, one.client_id, now)


async def _all_recorded(db: Db, session: Session, by: Person, now: datetime) -> None:
    """The alert that nobody recorded it has done its work."""
    if any(one.attendance is None for one in session.participants):
        return
    alert = await alert_records.about(db, UNRECORDED, f"session:{session.id}")
    if alert is not None and alert.state != "closed":
        alerts.withdraw(db, alert, "recorded", by=by, now=now)
        await alerts.show_again(db, alert, now)
