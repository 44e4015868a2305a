"""What a day holds for many members of staff at once, a query each however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from aftercare.records.alerts import Alert, AlertStep, by_urgency
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.sessions import ChangeRequest, Participant, Session

Counts = dict[int, int]
#: How far back an unrecorded session is still asked about.
LOOKED_BACK: Final = timedelta(days=30)


async def unrecorded(db: Db, officer_ids: Collection[int], now: datetime) -> list[Session]:
    """Sessions of these officers that are over and have somebody without an outcome."""
    found = await db.scalars(
        select(Session)
        .where(
            Session.officer_id.in_(officer_ids),
            Session.state == "booked",
            Session.starts_at > now - LOOKED_BACK,
            Session.starts_at < now,
            Session.participants.any(Participant.attendance.is_(None)),
        )
        .order_by(Session.starts_at)
    )
    return [one for one in found if one.ends_at <= now]


async def open_alerts(db: Db, person_ids: Collection[int]) -> dict[int, list[Alert]]:
    """Unclosed alerts that each of these people was told of, most urgent first."""
    told = (
        select(AlertStep.person_id, AlertStep.alert_id)
        .where(AlertStep.person_id.in_(person_ids), AlertStep.what == "told")
        .distinct()
        .subquery()
    )
    found = await db.execute(
        select(told.c.person_id, Alert)
        .join(Alert, Alert.id == told.c.alert_id)
        .where(Alert.state != "closed")
    )
    by_person: dict[int, list[Alert]] = {one: [] for one in person_ids}
    for person_id, alert in found.unique():
        by_person[person_id].append(alert)
    return {one: by_urgency(alerts) for one, alerts in by_person.items()}


async def last_steps(db: Db, alert_ids: Collection[int]) -> dict[int, datetime]:
    """When anything last happened to each of these."""
    found = await db.execute(
        select(AlertStep.alert_id, func.max(AlertStep.at))
        .where(AlertStep.alert_id.in_(alert_ids))
        .group_by(AlertStep.alert_id)
    )
    return {row[0]: row[1] for row in found}


async def waiting_changes(db: Db, officer_ids: Collection[int], now: datetime) -> Counts:
    """How many wishes for another time can still be answered by each of these officers."""
    found = await db.execute(
        select(Session.officer_id, func.count())
        .select_from(ChangeRequest)
        .join(Participant, Participant.id == ChangeRequest.participant_id)
        .join(Session, Session.id == Participant.session_id)
        .where(
            ChangeRequest.answer.is_(None),
            Session.officer_id.in_(officer_ids),
            Session.state == "booked",
            Session.starts_at > now,
        )
        .group_by(Session.officer_id)
    )
    return _counted(found)


async def unreachable(db: Db, officer_ids: Collection[int]) -> Counts:
    """How many clients of each of these officers cannot be reached at present."""
    found = await db.execute(
        select(Client.officer_id, func.count())
        .join(Person, Person.id == Client.id)
        .where(
            Client.officer_id.in_(officer_ids),
            Client.ended_at.is_(None),
            Person.unreachable_since.is_not(None),
        )
        .group_by(Client.officer_id)
    )
    return _counted(found)


def _counted(found: Iterable[Any]) -> Counts:
    return {int(row[0]): int(row[1]) for row in found}


async def recorded_since(db: Db, office_id: int, since: datetime, now: datetime) -> dict[str, int]:
    """How often each outcome was recorded for sessions held in this time; "" where none was."""
    found = await db.execute(
        select(Participant.attendance, func.count())
        .join(Session, Session.id == Participant.session_id)
        .where(
            Session.office_id == office_id,
            Session.state == "booked",
            Session.starts_at >= since,
            Session.starts_at < now,
        )
        .group_by(Participant.attendance)
    )
    return {str(row[0] or ""): int(row[1]) for row in found}


async def opened_since(db: Db, office_id: int, since: datetime) -> list[Alert]:
    found = await db.scalars(
        select(Alert).where(Alert.office_id == office_id, Alert.opened_at >= since)
    )
    return list(found.unique())


async def sessions_held(db: Db, office_id: int, since: datetime, now: datetime) -> int:
    found = select(func.count()).where(
        Session.office_id == office_id,
        Session.state == "booked",
        Session.starts_at >= since,
        Session.starts_at < now,
    )
    return await db.scalar(found) or 0
