"""Words for an officer that nobody reads, and words that have been kept long enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.casework.staff import officer_messages
from aftercare.casework.staff.officer_messages import UNANSWERED
from aftercare.messages import Message, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import clients, outbox, people
from aftercare.records import officer_messages as records
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.officer_messages import Note
from aftercare.records.outbox import Cause
from aftercare.records.timers import Timer
from aftercare.rules import officer_messages as rule
from aftercare.rules import quiet

#: Where the words stood once more before they went.
DRAFTS: Final = ("officer_message.client.check", "officer_reply.officer.check")
FORGOTTEN: Final = Message("officer_message.officer.forgotten")
TAKEN_BACK: Final = Message("officer_message.officer.taken_back")


async def forward(db: Db, due: list[Timer], now: datetime) -> None:
    notes = [one for one in await _of(db, due) if one.words is not None]
    await officer_messages.forward(db, [one for one in notes if one.shown_at is None], now)


async def tell(db: Db, due: list[Timer], now: datetime) -> None:
    """The client hears that nobody has read it; of several notes only about the oldest."""
    notes = [one for one in await _of(db, due) if one.read_at is None]
    oldest = await records.oldest_unread(db, {one.client_id for one in notes})
    notes = [one for one in notes if one.id in oldest]
    whose = await clients.by_ids(db, [one.client_id for one in notes])
    waiting = [one for one in notes if whose[one.client_id].person.left_at is None]
    days = int(due[0].kind.rpartition("_")[2])
    for note in waiting:
        await _say_nobody_yet(db, note, whose[note.client_id], days, now)
    if days == rule.ALARMED:
        await _alarm(db, waiting, whose, now)


async def _say_nobody_yet(db: Db, note: Note, client: Client, days: int, now: datetime) -> None:
    reader = await officer_messages.reader_of(db, note)
    values = {"at": note.written_at, "reader": reader.called}
    message = Message(f"officer_message.client.nobody_yet_{days}", values)
    terms = Terms(
        not_before=quiet.ends_at(now, client.person.time_zone), subject=f"{note.subject}@unread"
    )
    cause = Cause(f"{note.subject}:nobody{days}", now)
    outbox.post(db, message, to=client.person, because=cause, terms=terms)


async def _alarm(db: Db, notes: Sequence[Note], whose: Mapping[int, Client], now: datetime) -> None:
    """One a client, and without a word of what was written."""
    found = []
    for note in notes:
        if await alert_records.unclosed_about(db, note.client_id, UNANSWERED) is None:
            because = ((UNANSWERED, {"at": note.written_at}),)
            found.append((whose[note.client_id], Concern(UNANSWERED, note.subject, "low", because)))
    await alerts.open_all(db, found, now)


async def forget(db: Db, due: list[Timer], now: datetime) -> None:
    """The words go, also from the officer's phone; that something was written stays."""
    notes = [one for one in await _of(db, due) if one.words is not None]
    await _take_off_the_phones(db, notes, FORGOTTEN, now)
    await records.forget(db, notes, DRAFTS, now - rule.KEPT)


async def take_back(db: Db, client: Client, now: datetime) -> None:
    """The client wants everything erased: also what was left with an officer."""
    notes = await records.of_client(db, client.id)
    theirs = [one for one in notes if one.is_from_client and one.words is not None]
    await _take_off_the_phones(db, theirs, TAKEN_BACK, now)


async def _take_off_the_phones(
    db: Db, notes: Sequence[Note], instead: Message, now: datetime
) -> None:
    carried = await records.shown(db, notes)
    who = await people.by_ids(db, [row.person_id for row in carried])
    for row in carried:
        if who[row.person_id].audience == "officer" and row.telegram_message_id:
            cause = Cause(f"outbox:{row.id}:forgotten", now)
            terms = Terms(edits=row.telegram_message_id)
            outbox.post(db, instead, to=who[row.person_id], because=cause, terms=terms)


async def _of(db: Db, due: Sequence[Timer]) -> list[Note]:
    return await records.by_ids(db, [one.subject_id for one in due])
