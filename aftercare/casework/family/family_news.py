"""What relatives hear of sessions, within the scopes; everything is asked again at sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.family import families
from aftercare.messages import Lane, Message, Terms
from aftercare.records import family_invitations, outbox, people, relatives
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.relatives import Relative
from aftercare.records.sessions import Participant

MAY_BE_CORRECTED: Final = timedelta(hours=1)
_CAME: Final = frozenset({"present", "present_online"})


async def remind(db: Db, coming: Sequence[Participant], now: datetime) -> None:
    """Tell the relatives who may hear it of these sessions; a few queries for any number.

    Whoever is invited to the session has a reminder of the own.
    """
    invited = await family_invitations.of_participants(db, [one.id for one in coming])
    for one, relative, person in await _who_may(db, coming, "session_reminders"):
        if any(each.relative_id == relative.id for each in invited.get(one.id, ())):
            continue
        version = f"{one.subject}@{one.session.version}"
        message = Message(
            "session.family.reminder",
            {"client": families.known_as(one.client), "starts_at": one.session.starts_at},
        )
        kept = _terms(relative, "session_reminders", Lane.REMINDER, version)
        kept = replace(kept, expires_at=one.session.starts_at)
        cause = Cause(f"{version}:family_reminder", now)
        outbox.post(db, message, to=person, because=cause, terms=kept)


async def tell_attendance(db: Db, recorded: Sequence[Participant], now: datetime) -> None:
    """Only to relatives for whom the client ticked it; nothing about why.

    Said after a while and only if it still holds then: a slip of the officer's finger must not
    become a quarrel at home.
    """
    known = [one for one in recorded if one.attendance in (*_CAME, "absent")]
    for one, relative, person in await _who_may(db, known, "attendance"):
        moment = "attended" if one.attendance in _CAME else "not_attended"
        values = {"client": families.known_as(one.client), "starts_at": one.session.starts_at}
        about = f"attendance:{one.id}@{one.attendance}"
        kept = _terms(relative, "attendance", Lane.PROMPT, about)
        kept = replace(kept, not_before=now + MAY_BE_CORRECTED)
        cause = Cause(f"{about}:{now:%Y%m%dT%H%M%S}:family", now)
        message = Message(f"session.family.{moment}", values)
        outbox.post(db, message, to=person, because=cause, terms=kept)


async def _who_may(
    db: Db, those: Sequence[Participant], scope: str
) -> list[tuple[Participant, Relative, Person]]:
    by_client = await relatives.of_clients(db, [one.client_id for one in those])
    found = [(one, rel) for one in those for rel in by_client.get(one.client_id, ())]
    allowed = [(one, rel) for one, rel in found if rel.may(scope)]
    who = await people.by_ids(db, [rel.person_id for _, rel in allowed])
    return [(one, rel, who[rel.person_id]) for one, rel in allowed]


def _terms(relative: Relative, scope: str, lane: Lane, about: str) -> Terms:
    """Also asked again: whether what it is about still holds ("participant:5@2")."""
    return Terms(lane, subject=f"{relative.subject}@{scope}/{about}")
