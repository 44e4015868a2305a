""" "Saya sudah sampai": the four digits on the officer's screen record presence at once."""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.attendance import attendance
from aftercare.records import attendance as records
from aftercare.records import sessions
from aftercare.records.database import Db
from aftercare.records.sessions import Participant
from aftercare.rules import attendance as rule

FLOW: Final = "arrival"
_LONGEST_SESSION: Final = timedelta(hours=12)


async def here_for(db: Db, client_id: int, now: datetime) -> Participant | None:
    """The session that this client may be arriving at now; one not yet recorded goes first."""
    near = await records.arriving(
        db, client_id, now - _LONGEST_SESSION, now + rule.ARRIVES_FROM + timedelta(seconds=1)
    )
    found = [one for one in near if is_open(one, now)]
    return next((one for one in found if one.attendance is None), found[0] if found else None)


def is_open(one: Participant, now: datetime) -> bool:
    return one.session.state == "booked" and rule.can_arrive(
        one.session.starts_at, one.session.ends_at, now
    )


class Typed(Arguments):
    """`code` is whatever the client wrote."""

    code: str


async def _check(act: Act, arguments: Typed) -> Outcome:
    one = await sessions.participant(act.db, act.subject_id)
    if one is None or one.client_id != act.person.id or not is_open(one, act.now):
        return Outcome("passed")
    if one.code_tries >= rule.TRIES:
        return Outcome("locked")
    if not _matches(arguments.code, one.session.code):
        one.code_tries += 1
        return Outcome("locked" if one.code_tries >= rule.TRIES else "wrong")
    if one.attendance is None:
        await attendance.record(act.db, one, "present", by=act.person, now=act.now)
    return Outcome("right")


def _matches(typed: str, code: str) -> bool:
    digits = "".join(re.findall(r"[0-9]", typed))
    return hmac.compare_digest(digits, code)


ACTIONS: Final = (
    Action("check_arrival_code", _check, Typed, outcomes=("right", "wrong", "locked", "passed")),
)
