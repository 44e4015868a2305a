"""Somebody answers a page of danger: who else need not be woken, and what the person hears."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from aftercare.casework.danger import crises
from aftercare.messages import Lane, Message, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import crises as records
from aftercare.records import outbox, people, timers
from aftercare.records.alerts import Alert
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import crisis as rule

FALSE_ALARM: Final = "false_alarm"
#: Somebody will call; has called already, or settled it; or marks it as nothing to fear.
How = Literal["takes", "has_dealt", "false_alarm"]
_SAID: Final = {
    "takes": "somebody_has_it",
    "has_dealt": "somebody_had_it",
    "false_alarm": "nothing_to_fear",
}


async def lesser(db: Db, alert: Alert, by: Person) -> list[Alert]:
    """Pages of the same person's other cries that this hand settles too, none graver than it.

    A graver one may have come in while this card was read, and is nobody's before it is seen.
    """
    kept = await _of(db, alert)
    if kept is None:
        return []
    known = await alert_records.unclosed(db, alert.office_id)
    near = [one for one in known if one is not alert and one.client_id == alert.client_id]
    found = []
    for one in near:
        other = await _of(db, one)
        same = other is not None and other.person_id == kept.person_id
        if same and other is not None and rule.RANK[other.tier] <= rule.RANK[kept.tier]:
            found.append(one)
    return [one for one in found if one.taken_by in (None, by.id)]


async def answered(db: Db, alert: Alert, by: Person, now: datetime, how: How) -> None:
    """Say so to the person, and stop saying that nobody has it."""
    kept = await _of(db, alert)
    if kept is None or kept.settled_at is not None:
        return
    # Who has heard one cry of this hour has heard them all; a false alarm says nothing of others.
    unsettled = await records.unsettled(db, kept.person_id)
    for one in [kept] if how == FALSE_ALARM else unsettled:
        one.settled_at = now
        for step in range(1, len(crises.HONEST) + 1):
            timers.disarm(db, one.subject, f"{crises.NOBODY_YET}_{step}")
    if how == FALSE_ALARM and len(unsettled) > 1:
        return  # somebody still has to come for the other one, and that is what counts
    person = await people.get(db, kept.person_id)
    message = Message(f"crisis.{person.audience}.{_SAID[how]}", {"staff": by.called})
    cause = Cause(f"{kept.subject}:taken", now)
    outbox.post(db, message, to=person, because=cause, terms=Terms(Lane.URGENT))


async def closed(db: Db, alert: Alert) -> None:
    """Marked as a false alarm: the quiet is lifted and nobody asks about it later.

    Unless something else was heard that day which was none.
    """
    kept = await _of(db, alert)
    if kept is None or alert.close_reason != FALSE_ALARM:
        return
    kept.false_alarm = True
    if await records.another(db, kept, since=kept.heard_at - rule.HUSH):
        return
    (await people.get(db, kept.person_id)).hushed_until = None
    for number in range(1, len(rule.FOLLOW_UPS) + 1):
        timers.disarm(db, f"person:{kept.person_id}", f"{crises.FOLLOW_UP}_{number}")


async def _of(db: Db, alert: Alert) -> Crisis | None:
    is_one = alert.subject.startswith("crisis:")
    return await records.get(db, alert.subject_id) if is_one else None
