"""Turns a one-time link into a linked person."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from aftercare.casework.family import families
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, invites, outbox, people
from aftercare.records.database import Db
from aftercare.records.invites import Invite
from aftercare.records.outbox import Cause
from aftercare.records.people import STAFF, Person


class Link(Enum):
    """What became of a link that somebody opened."""

    OPENED = auto()
    AGAIN = auto()
    """The one it was made for taps it once more."""
    UNKNOWN = auto()
    USED = auto()
    EXPIRED = auto()
    TAKEN = auto()
    """This Telegram account already belongs to somebody else here."""


async def open_(db: Db, code: str, visitor: Person, now: datetime) -> tuple[Link, Person]:
    """The invited person, who from now on has the visitor's Telegram account; else the visitor.

    A person who lost the phone opens a new link from a new account: the old account is let go.
    """
    invite = await invites.find(db, code)
    if invite is None:
        return Link.UNKNOWN, visitor
    if refused := _refused(invite, visitor, now):
        return refused, visitor
    invited = await people.get(db, invite.person_id)
    is_another = visitor.audience != "stranger" and visitor.id != invited.id
    if is_another and not await families.join_together(db, visitor, invited):
        return Link.TAKEN, visitor
    invite.used_at = now
    if is_another:
        return Link.OPENED, visitor
    await _become(db, visitor, invited, now)
    return Link.OPENED, invited


def _refused(invite: Invite, visitor: Person, now: datetime) -> Link | None:
    if invite.used_at is not None:
        return Link.AGAIN if visitor.id == invite.person_id else Link.USED
    return Link.EXPIRED if invite.expires_at <= now else None


async def _become(db: Db, visitor: Person, invited: Person, now: datetime) -> None:
    account, before = visitor.telegram_id, invited.telegram_id
    if visitor.id != invited.id:
        visitor.telegram_id = None
        await db.flush()  # one account is one person: the old row must let go first
    invited.telegram_id, invited.unreachable_since = account, None
    if invited.audience in STAFF:
        invited.left_at = None  # a client or a relative comes back by saying yes, not by a link
    await db.flush()
    if before not in (None, account):
        await _tell_officer(db, invited, now)


async def _tell_officer(db: Db, moved: Person, now: datetime) -> None:
    """A new account opened this client's link: the officer would know if it was somebody else."""
    client = await clients.find(db, moved.id)
    if client is None:
        return
    officer = await people.get(db, client.officer_id)
    message = Message("link.officer.moved", {"client": moved.name})
    cause = Cause(f"person:{moved.id}:account:{now:%Y%m%dT%H%M%S}", now)
    outbox.post(db, message, to=officer, because=cause, terms=Terms(Lane.PROMPT))
