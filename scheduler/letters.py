"""One row of the outbox on its way: asked again, addressed and worded, ready to be sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from aftercare import pictures
from aftercare.casework import wanted
from aftercare.casework.rights import disclosures
from aftercare.messages import Message
from aftercare.pictures import Drawing, Producer
from aftercare.records.database import Db
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.words import Book, Reader, Worded
from scheduler import readers

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """One row, ready to go: everything that is needed to send it without the database."""

    row: Outgoing
    person: Person
    reader: Reader
    drawing: Drawing | None = None
    also: Message | None = None
    """A line more, below the words."""


async def prepare(
    db: Db, row: Outgoing, producers: Mapping[str, Producer], now: datetime
) -> Letter | None:
    """None where the row may not go: it is put off or dropped, and says why."""
    person, reader = await readers.of(db, row.person_id, now)
    match await wanted.verdict(db, row, person, now):
        case wanted.Later(until):
            row.not_before = until
        case wanted.Never(reason, hold):
            row.state, row.reason = ("held" if hold else "dropped"), reason
            log.info("not sent", extra={"outbox": row.id, "key": row.key, "why": reason})
        case wanted.Send():
            drawing = await _drawing(db, row, producers, now)
            also = await disclosures.due(db, row, person, now)
            return Letter(row, person, reader, drawing, also)
    return None


async def _drawing(
    db: Db, row: Outgoing, producers: Mapping[str, Producer], now: datetime
) -> Drawing | None:
    media = row.message.media if row.verb == "say" else None
    return await pictures.prepare(producers, media, db, now) if media else None


def worded(letter: Letter, book: Book) -> Worded:
    row, reader = letter.row, letter.reader
    if row.verb == "rebutton":
        return Worded("", book.rows(row.message, reader))
    words = book.word(row.message, reader)
    if letter.also is None:
        return words
    return replace(words, text=f"{words.text}\n\n{book.word(letter.also, reader).text}")
