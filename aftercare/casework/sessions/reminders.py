"""Reminds a client of a session: the plan four days before, the evening before, the same day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from aftercare.casework.family import family_news
from aftercare.casework.sessions import invitations
from aftercare.messages import Lane, Message, Terms
from aftercare.records import conversations, outbox, people, sessions, timers
from aftercare.records.conversations import Opening
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import Participant
from aftercare.records.timers import Timer
from aftercare.rules import reminders as rule

PLAN_FLOW: Final = "session_plan"
#: How long before the start each of the offered hours of leaving lies.
LEAVING: Final = (timedelta(minutes=90), timedelta(minutes=60), timedelta(minutes=30))


def arm(db: Db, one: Participant, now: datetime) -> None:
    """Every reminder that still lies ahead, and none that was armed for another time."""
    timers.disarm(db, one.subject, *rule.KINDS)
    zone = one.client.person.time_zone
    for point in rule.points(one.session.starts_at, now=now, time_zone=zone):
        timers.arm(db, Timer(one.subject, point.kind, point.due_at, point.expires_at))


async def _wanted(db: Db, due: list[Timer], now: datetime) -> list[tuple[Timer, Participant]]:
    """Those whose session is still to be held, in one query for all."""
    found = await sessions.participants(db, [timer.subject_id for timer in due])
    pairs = [(timer, found[timer.subject_id]) for timer in due if timer.subject_id in found]
    return [(timer, one) for timer, one in pairs if is_ahead(one, now)]


def is_ahead(one: Participant, now: datetime) -> bool:
    session = one.session
    return session.state == "booked" and one.attendance is None and session.starts_at > now


async def _hosts(db: Db, wanted: list[tuple[Timer, Participant]]) -> dict[int, Person]:
    return await people.by_ids(db, sorted({one.session.officer_id for _, one in wanted}))


async def ask_for_plans(db: Db, due: list[Timer], now: datetime) -> None:
    """Four days before: when will you leave, and by what? Asked when the client is free."""
    wanted = [(timer, one) for timer, one in await _wanted(db, due, now) if _can_plan(one)]
    hosts = await _hosts(db, wanted)
    openings = [
        Opening(
            one.client_id,
            invitations.about(one),
            opening(one, hosts[one.session.officer_id]),
            (timer.expires_at or one.session.starts_at) - now,
        )
        for timer, one in wanted
    ]
    await conversations.queue_all(db, PLAN_FLOW, openings, now=now)


def _can_plan(one: Participant) -> bool:
    return one.client.joined_at is not None and one.readiness in (None, "ready")


def opening(one: Participant, host: Person) -> dict[str, Any]:
    """What the planning question may name; "mode" and "confirmed" decide what is asked."""
    leaving = {
        f"leave_{at}": one.session.starts_at - before for at, before in enumerate(LEAVING, 1)
    }
    known = {"mode": one.session.mode, "confirmed": one.readiness == "ready"}
    return {**invitations.values(one, host), **leaving, **known}


async def remind_the_evening_before(db: Db, due: list[Timer], now: datetime) -> None:
    wanted = await _wanted(db, due, now)
    hosts = await _hosts(db, wanted)
    for timer, one in wanted:
        _post(db, timer, one, evening(one, hosts[one.session.officer_id]), now)
    await family_news.remind(db, [one for _, one in wanted if one.readiness != "wants_change"], now)


def evening(one: Participant, host: Person) -> Message:
    """Whoever has said "Siap" is not asked again, but reads the plan in the own choice."""
    names = ["change", "trouble"] if one.readiness == "ready" else ["ready", "change", "trouble"]
    if one.readiness == "wants_change":
        return invitations.card("remind_h1_waiting", one, host, "trouble")
    planned = "remind_h1_planned" if one.leaves_at and one.travels_by else "remind_h1"
    card = invitations.card(planned, one, host, *names)
    return Message(card.key, {**card.values, **_plan(one)}, card.buttons, None, card.labels_of)


def _plan(one: Participant) -> dict[str, Any]:
    if not (one.leaves_at and one.travels_by):
        return {}
    travel = Message(f"session.client.travel_{one.travels_by}")
    return {"leaves_at": one.leaves_at.replace(":", "."), "travel": travel}


async def remind_on_the_day(db: Db, due: list[Timer], now: datetime) -> None:
    wanted = await _wanted(db, due, now)
    hosts = await _hosts(db, wanted)
    for timer, one in wanted:
        names = ("arrived", "trouble") if one.session.mode == "in_person" else ("trouble",)
        moment = f"remind_h0_{one.session.mode}"
        message = invitations.card(moment, one, hosts[one.session.officer_id], *names)
        _post(db, timer, one, message, now)


def _post(db: Db, timer: Timer, one: Participant, message: Message, now: datetime) -> None:
    terms = Terms(
        lane=Lane.REMINDER, subject=invitations.about(one), expires_at=one.session.starts_at
    )
    outbox.post(db, message, to=one.client.person, because=Cause(timer.cause, now), terms=terms)


def coming(found: list[Participant], now: datetime) -> Iterator[Participant]:
    return (one for one in found if one.session.ends_at > now and one.attendance is None)
