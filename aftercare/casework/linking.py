"""Turns a one-time link into a linked person."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from aftercare.records import invites, people
from aftercare.records.database import Db
from aftercare.records.people import Person


class Link(Enum):
    """What became of a link that somebody opened."""

    OPENED = auto()
    UNKNOWN = auto()
    USED = auto()
    EXPIRED = auto()
    TAKEN = auto()
    """This Telegram account already belongs to somebody here."""


async def open_(db: Db, code: str, visitor: Person, now: datetime) -> tuple[Link, Person]:
    """The invited person, who from now on has the visitor's Telegram account; else the visitor.

    A person who lost the phone opens a new link from a new account: the old account is let go.
    """
    invite = await invites.find(db, code)
    if invite is None:
        return Link.UNKNOWN, visitor
    if invite.used_at is not None:
        return Link.USED, visitor
    if invite.expires_at <= now:
        return Link.EXPIRED, visitor
    if visitor.audience != "stranger" and visitor.id != invite.person_id:
        return Link.TAKEN, visitor
    invite.used_at = now
    return Link.OPENED, await _become(db, visitor, await people.get(db, invite.person_id))


async def _become(db: Db, visitor: Person, invited: Person) -> Person:
    account = visitor.telegram_id
    if visitor.id != invited.id:
        visitor.telegram_id = None
        await db.flush()  # one account is one person: the old row must let go first
    invited.telegram_id = account
    invited.left_at = invited.unreachable_since = None
    await db.flush()
    return invited
