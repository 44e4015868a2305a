"""What lies ahead of a client, as a message and as a calendar file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from aftercare.casework.sessions import invitations, reminders
from aftercare.messages import Button, Media, Message, Rows
from aftercare.pictures import Drawing, Picture
from aftercare.records import people, sessions
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.sessions import Participant
from aftercare.rules import discretion
from aftercare.rules import reminders as rule

SHOWN: Final = 3
CALENDAR: Final = "session_calendar"
_RING: Final = timedelta(hours=2)


async def card(db: Db, client_id: int, now: datetime) -> Message:
    """The coming sessions, a line each, each with its calendar file; the next can be changed."""
    found = await sessions.of_client(db, client_id, after=now)
    ahead = list(reminders.coming(found, now))[:SHOWN]
    if not ahead:
        return Message("session.client.none_ahead")
    hosts = await people.by_ids(db, sorted({one.session.officer_id for one in ahead}))
    lines = [_line(one, hosts[one.session.officer_id]) for one in ahead]
    rows: Rows = tuple((_calendar(one),) for one in ahead)
    if deed := _next_deed(ahead[0], now):
        rows = (*rows, (invitations.button(ahead[0], deed),))
    return Message(
        "session.client.agenda", {"lines": lines}, rows, labels_of="session.client.buttons"
    )


def _line(one: Participant, host: Person) -> Message:
    return Message("session.client.agenda_line", invitations.values(one, host))


def _calendar(one: Participant) -> Button:
    return Button("calendar", f"d:session_calendar:{one.id}", {"at": one.session.starts_at})


def _next_deed(one: Participant, now: datetime) -> str | None:
    """ "Saya sudah sampai" when it is nearly time, "Ubah jadwal" before that."""
    begins_in = one.session.starts_at - now
    if begins_in <= rule.SAME_DAY:
        return "arrived" if one.session.mode == "in_person" else None
    return "change"


def file(one: Participant) -> Message:
    """The calendar file of this session."""
    media = Media(CALENDAR, {"participant": one.id})
    return Message("session.client.calendar", {"starts_at": one.session.starts_at}, media=media)


async def draw(db: Db, arguments: Mapping[str, Any], now: datetime) -> Drawing:
    """Read at the moment of sending, so that a session moved meanwhile is written as it is."""
    one = await sessions.participant(db, arguments["participant"])
    if one is None:
        raise LookupError("no such participant")
    host = await people.get(db, one.session.officer_id)
    content = _ics(one, host.called, now)
    return lambda: Picture("document", "janji.ics", content)


def _ics(one: Participant, host: str, now: datetime) -> bytes:
    """A neutral entry: whoever looks at the calendar reads a name and an hour."""
    from icalendar import Alarm, Calendar, Event

    session = one.session
    event = Event()
    event.add("uid", f"sesi-{session.id}-{one.id}@kawan")
    event.add("sequence", session.version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", f"Janji dengan {host}")
    event.add("status", "CANCELLED" if session.state == "cancelled" else "CONFIRMED")
    if discretion.is_neutral(session.place):
        event.add("location", session.place)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Janji dengan {host}")
    alarm.add("trigger", -_RING)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Kawan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
