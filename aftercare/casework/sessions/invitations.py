"""What a client is told about a session: when, where and with whom, and what can be tapped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import outbox
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import Participant, Session
from aftercare.rules import quiet, reminders


def values(one: Participant, host: Person) -> dict[str, Any]:
    """What every text about a session may name."""
    session = one.session
    return {
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "kind": session.kind,
        "place": session.place,
        "where": where(session),
        "host": host.called,
    }


def where(session: Session) -> Message:
    return Message(f"session.client.where_{session.mode}", {"place": session.place})


def buttons(one: Participant, *names: str) -> Rows:
    """One a row; each carries the version, so that a button about an old time is known as such."""
    return tuple((button(one, name),) for name in names)


def button(one: Participant, name: str) -> Button:
    if name == "arrived":
        return Button(name, f"d:arrived:{one.id}")
    return Button(name, f"d:session_{name}:{one.id}:{one.session.version}")


def card(moment: str, one: Participant, host: Person, *names: str) -> Message:
    """`session.client.<moment>` with these buttons; all of them are labelled in one place."""
    key = f"session.client.{moment}"
    rows = buttons(one, *names)
    labels = "session.client.buttons" if rows else None
    return Message(key, values(one, host), rows, labels_of=labels)


def booked(db: Db, one: Participant, host: Person, now: datetime) -> None:
    """Where no reminder will come on the day itself, the booking carries the arrival's button."""
    names = ["ready", "change", "trouble"]
    soon = one.session.starts_at - now <= reminders.SAME_DAY + reminders.MARGIN
    if soon and one.session.mode == "in_person":
        names.insert(0, "arrived")
    tell(db, card("booked", one, host, *names), one, now)


def moved(db: Db, one: Participant, host: Person, was: datetime, now: datetime) -> None:
    told = card("moved", one, host, "ready", "change", "trouble")
    values = {**told.values, "was": was}
    message = Message(told.key, values, told.buttons, None, told.labels_of)
    tell(db, message, one, now, was=was)


def tell(
    db: Db, message: Message, one: Participant, now: datetime, *, was: datetime | None = None
) -> None:
    """News about this session: at once, in quiet hours as soon as they are over.

    `was` is the time for which somebody who has not heard of it would set out.
    Whoever has not joined yet hears nothing from us; the list of sessions is there from the start.
    """
    if one.client.joined_at is None:
        return
    cause = Cause(f"{one.subject}@{one.session.version}:{message.key}:{now:%Y%m%dT%H%M%S}", now)
    outbox.post(db, message, to=one.client.person, because=cause, terms=news(one, now, was))


def news(one: Participant, now: datetime, was: datetime | None = None) -> Terms:
    """It is dropped when the session has begun or been moved by the time it could be sent."""
    starts_at = one.session.starts_at
    begins_at = min(was or starts_at, starts_at)
    waits = quiet.news_waits_until(now, one.client.person.time_zone, begins_at)
    return Terms(Lane.REPLY, waits, starts_at, about(one))


def about(one: Participant) -> str:
    return f"{one.subject}@{one.session.version}"
