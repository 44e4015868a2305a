"""What a client wrote in danger: locked, and opened only for a reason that is written down.

After the domain page on safety, 6.3: visible only to those who answer for the client, with a
reason. Nothing in Telegram shows these words to anybody; the client can see that they were opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, get_args

from aftercare.casework.staff import caseloads
from aftercare.records import audit, crises
from aftercare.records.clients import Client
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.people import Person

Reason = Literal["life", "review", "complaint", "law"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)


class NotTheirs(Exception):
    """Only whoever answers for the client may read this: the officer, the cover, the head."""


async def read(
    db: Db, client: Client, *, by: Person, reason: Reason, now: datetime
) -> Sequence[Crisis]:
    """Everything that was heard from this client, newest last; that it was read is kept.

    Raises:
        NotTheirs: this member of staff does not answer for the client.
    """
    if not await caseloads.may_see(db, client, by):
        raise NotTheirs(f"client {client.id}")
    audit.note(db, client.id, by_id=by.id, what=f"crisis_words_{reason}", now=now)
    return await crises.of_person(db, client.id)
