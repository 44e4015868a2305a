"""A client leaves words for the officer: who reads them, from when on, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework import calendar
from aftercare.casework.alerts import alerts, duty
from aftercare.casework.alerts.duty import Roster
from aftercare.messages import Button, Message, Rows, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import audit, clients, offices, outbox, people, timers
from aftercare.records import officer_messages as records
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.officer_messages import Note
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import ladder, quiet
from aftercare.rules import officer_messages as rule

FORWARD: Final = "officer_message.forward"
MISSED: Final = "officer_message.missed"
FORGET: Final = "officer_message.forget"
UNANSWERED: Final = "message_unanswered"
#: The cover and the officer read a client's words; the head does not.
_READERS: Final = (0, 1)
#: Nobody was there to read it: how soon to look again, in working hours.
_AGAIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who reads a client's words next, and from when on. `reader` is None where nobody is there."""

    reader: Person | None
    opens: datetime


async def desk(db: Db, client: Client, now: datetime) -> Desk:
    """Staff are not woken: outside their hours a message waits for the next opening."""
    office = await offices.get(db, client.person.office_id or 0)
    opens = ladder.within_hours(now, office.time_zone, calendar.holidays_near(now.date()).keys())
    return Desk(_reader(await duty.roster(db, client.officer_id), opens), opens)


def _reader(roster: Roster, at: datetime) -> Person | None:
    return next((one for step in _READERS for one in roster.on_step(step, at)), None)


async def leave(db: Db, client: Client, words: str, now: datetime) -> Desk:
    """Keep it, and show it to whoever reads it as soon as the office is open."""
    found = await desk(db, client, now)
    note = Note(
        client_id=client.id, by_id=client.id, words=words, written_at=now, opens_at=found.opens
    )
    db.add(note)
    await db.flush()
    timers.arm(db, timers.Timer(note.subject, FORWARD, found.opens))
    timers.arm(db, timers.Timer(note.subject, FORGET, now + rule.KEPT))
    office = await offices.get(db, client.person.office_id or 0)
    holidays = calendar.holidays_near(now.date()).keys()
    for days in (rule.COUNTED, rule.ALARMED):
        due = rule.missed_at(found.opens, days, time_zone=office.time_zone, holidays=holidays)
        timers.arm(db, timers.Timer(note.subject, f"{MISSED}_{days}", due))
    return found


async def forward(db: Db, notes: Sequence[Note], now: datetime) -> None:
    """Show each to whoever reads it now. That it was shown, and to whom, is written down."""
    whose = await clients.by_ids(db, [one.client_id for one in notes])
    rosters = await duty.rosters(db, [one.officer_id for one in whose.values()])
    known = {one.id: one for one in await offices.all_(db)}
    for note in notes:
        client = whose[note.client_id]
        reader = _reader(rosters[client.officer_id], now)
        if reader is None:
            zone = known[client.person.office_id or 0].time_zone
            _look_again(db, note, zone, now)
        else:
            _show(db, note, client, reader, now)


def _look_again(db: Db, note: Note, zone: str, now: datetime) -> None:
    holidays = calendar.holidays_near(now.date()).keys()
    again = ladder.within_hours(now + _AGAIN, zone, holidays)
    timers.arm(db, timers.Timer(note.subject, FORWARD, again))


async def hand_on(db: Db, away: Person, now: datetime) -> None:
    """Who goes away keeps nothing to himself: what is not marked as read goes to who stands in.

    Where nobody does, it stays with whoever was shown it.
    """
    notes = await records.unread_by(db, away.id)
    whose = await clients.by_ids(db, [one.client_id for one in notes])
    for note in notes:
        found = await desk(db, whose[note.client_id], now)
        if found.reader is not None and found.reader.id != away.id:
            timers.arm(db, timers.Timer(note.subject, FORWARD, found.opens))
            note.shown_at = None


def _show(db: Db, note: Note, client: Client, reader: Person, now: datetime) -> None:
    note.to_id, note.shown_at = reader.id, now
    audit.note(db, client.id, by_id=reader.id, what="officer_message", now=now)
    cause = Cause(f"{note.subject}:shown", now)
    outbox.post(db, card(note, client), to=reader, because=cause, terms=Terms(subject=note.subject))


def card(note: Note, client: Client) -> Message:
    """What the officer sees: whose words, when, and what to do with them."""
    values = {
        "client": client.person.name or client.code,
        "at": note.written_at,
        "words": note.words,
    }
    moment = "card" if note.read_at is None else "card_read"
    return Message(f"officer_message.officer.{moment}", values, _buttons(note))


def _buttons(note: Note) -> Rows:
    reply = Button("reply", f"d:note_reply:{note.id}")
    if note.read_at is not None:
        return ((reply,),)
    return ((reply, Button("read", f"d:note_read:{note.id}")),)


async def may_answer(db: Db, note: Note, person: Person) -> bool:
    """Whoever was shown it, the client's officer, and the one who covers; not the head."""
    if person.audience != "officer" or not note.is_from_client or note.words is None:
        return False
    client = await clients.get(db, note.client_id)
    return person.id == note.to_id or (await duty.roster(db, client.officer_id)).has(person)


async def read(db: Db, note: Note, by: Person, now: datetime) -> bool:
    """Somebody has read it; the client hears so, and by whom. True the first time."""
    client = await clients.get(db, note.client_id)
    if not await _settle(db, note, by, now):
        return False
    message = Message("officer_message.client.read", {"staff": by.called})
    terms = Terms(not_before=quiet.ends_at(now, client.person.time_zone))
    cause = Cause(f"{note.subject}:read", now)
    outbox.post(db, message, to=client.person, because=cause, terms=terms)
    return True


async def _settle(db: Db, note: Note, by: Person, now: datetime) -> bool:
    """Nobody is reminded of it any more."""
    if note.read_at is not None:
        return False
    note.read_at, note.read_by = now, by.id
    timers.disarm(db, note.subject, *(f"{MISSED}_{n}" for n in (rule.COUNTED, rule.ALARMED)))
    await db.flush()
    alert = await alert_records.unclosed_about(db, note.client_id, UNANSWERED)
    if alert is not None and not await records.oldest_unread(db, [note.client_id]):
        alerts.withdraw(db, alert, "answered", by=by, now=now)
        await alerts.show_again(db, alert, now)
    return True


async def send(
    db: Db, client: Client, words: str, *, by: Person, answers: Note | None, now: datetime
) -> bool:
    """From the officer to the client, under the officer's name. False where nobody would get it."""
    if not client.person.is_there or client.joined_at is None:
        return False
    note = Note(
        client_id=client.id, by_id=by.id, to_id=client.id, words=words, written_at=now,
        opens_at=now, shown_at=now, answers=answers.id if answers else None,
    )  # fmt: skip
    db.add(note)
    await db.flush()
    if answers is not None:
        await _settle(db, answers, by, now)
        answers.answered_at = answers.answered_at or now
    timers.arm(db, timers.Timer(note.subject, FORGET, now + rule.KEPT))
    audit.note(db, client.id, by_id=by.id, what="officer_message_sent", now=now)
    values = {"staff": by.called, "words": words}
    message = Message(
        "officer_message.client.reply", values, ((Button("again", "d:menu:0:pesan"),),)
    )
    cause, terms = Cause(f"{note.subject}:sent", now), Terms(subject=note.subject)
    outbox.post(db, message, to=client.person, because=cause, terms=terms)
    return True


async def reader_of(db: Db, note: Note) -> Person:
    """Whom the client waits for: who was shown it, or else the officer."""
    if note.to_id is not None:
        return await people.get(db, note.to_id)
    return await people.get(db, (await clients.get(db, note.client_id)).officer_id)
