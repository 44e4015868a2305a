"""What is asked of the participants of sessions when attendance is recorded and counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.sessions import Participant, Session


async def locked(db: Db, participant_id: int, client_id: int) -> Participant:
    """The participant as committed by everybody else, with this client's attendance held.

    Two officers who record two sessions of one client at the same moment wait for each other,
    so that the second one counts what the first one wrote.
    """
    await db.execute(select(Client.id).where(Client.id == client_id).with_for_update())
    held_in = select(Participant.session_id).where(Participant.id == participant_id)
    session = await db.scalar(_whole(Session.id == held_in.scalar_subquery()))
    assert session is not None  # the participant was just read from it
    return next(one for one in session.participants if one.id == participant_id)


async def session(db: Db, session_id: int) -> Session | None:
    """The session with everybody in it, as it stands now."""
    return await db.scalar(_whole(Session.id == session_id))


def _whole(which: ColumnElement[bool]) -> Select[Session]:
    # A session that came along with one participant has not brought the others.
    return select(Session).where(which).execution_options(populate_existing=True)


async def history(db: Db, client_id: int) -> list[tuple[int, str | None]]:
    """(participant, outcome) of every session that was not cancelled, oldest first."""
    found = await db.execute(
        select(Participant.id, Participant.attendance)
        .join(Session, Session.id == Participant.session_id)
        .where(Participant.client_id == client_id, Session.state == "booked")
        .order_by(Session.starts_at, Participant.id)
    )
    return [(row[0], row[1]) for row in found]


async def histories(db: Db, client_ids: list[int]) -> dict[int, list[tuple[int, str | None]]]:
    """The same for many clients at once."""
    found = await db.execute(
        select(Participant.client_id, Participant.id, Participant.attendance)
        .join(Session, Session.id == Participant.session_id)
        .where(Participant.client_id.in_(client_ids), Session.state == "booked")
        .order_by(Session.starts_at, Participant.id)
    )
    by_client: dict[int, list[tuple[int, str | None]]] = {one: [] for one in client_ids}
    for client_id, number, outcome in found:
        by_client[client_id].append((number, outcome))
    return by_client


async def sessions(db: Db, ids: Iterable[int]) -> dict[int, Session]:
    """Booked ones of these, with their participants."""
    found = await db.scalars(
        select(Session).where(Session.id.in_(list(ids)), Session.state == "booked")
    )
    return {one.id: one for one in found.unique()}


async def between(
    db: Db, officer_ids: Iterable[int], start: datetime, end: datetime
) -> list[Session]:
    """The booked sessions of these officers that begin in [start, end), soonest first."""
    found = await db.scalars(
        select(Session)
        .where(
            Session.officer_id.in_(list(officer_ids)),
            Session.state == "booked",
            Session.starts_at >= start,
            Session.starts_at < end,
        )
        .order_by(Session.starts_at, Session.id)
    )
    return list(found.unique())


async def arriving(db: Db, client_id: int, start: datetime, end: datetime) -> list[Participant]:
    """The client's sessions that begin in [start, end), soonest first."""
    found = await db.scalars(
        select(Participant)
        .join(Session, Session.id == Participant.session_id)
        .where(
            Participant.client_id == client_id,
            Session.state == "booked",
            Session.starts_at >= start,
            Session.starts_at < end,
        )
        .order_by(Session.starts_at)
    )
    return list(found.unique())


async def absent_last(db: Db, client_ids: list[int], *, since: datetime) -> frozenset[int]:
    """Those of these clients whose newest recorded session since then was missed."""
    found = await db.execute(
        select(Participant.client_id, Participant.attendance)
        .join(Session, Session.id == Participant.session_id)
        .where(
            Participant.client_id.in_(client_ids),
            Participant.attendance.is_not(None),
            Session.state == "booked",
            Session.starts_at >= since,
        )
        .order_by(Session.starts_at, Participant.id)
    )
    newest = {row[0]: row[1] for row in found}
    return frozenset(one for one, outcome in newest.items() if outcome == "absent")
