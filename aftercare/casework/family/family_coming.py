"""Who of the family comes: their answers and one question, and the evening before a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from aftercare.casework.family import families, family_safety, family_sessions
from aftercare.casework.family.family_programmes import SCOPE
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import family_invitations as records
from aftercare.records import outbox, people
from aftercare.records.database import Db
from aftercare.records.family_invitations import FamilyInvitation
from aftercare.records.outbox import Cause
from aftercare.records.sessions import Participant
from aftercare.records.timers import Timer

#: One question for the session, of these; never about what the client writes.
QUESTIONS: Final = ("support", "limits", "signs", "work", "talking", "self")


async def answer(db: Db, one: FamilyInvitation, said: str, now: datetime) -> None:
    """The officer sees who of the family comes; the client is not told, and may ask at home."""
    if one.answer == said:
        return
    one.answer = "coming" if said == "coming" else "not_coming"
    one.answered_at = now
    await _tell_officer(db, one, said, {}, now)


async def ask(db: Db, one: FamilyInvitation, question: str, now: datetime) -> None:
    """One question for the session; a second one stands for the first."""
    one.question = question
    said = {"question": Message(f"family_session.staff.question_{question}")}
    await _tell_officer(db, one, "asks", said, now)


async def _tell_officer(
    db: Db, one: FamilyInvitation, moment: str, more: dict[str, Any], now: datetime
) -> None:
    session = one.participant.session
    officer = await people.get(db, session.officer_id)
    message = Message(f"family_session.staff.{moment}", {**_named(one), **more})
    cause = Cause(f"{one.subject}:{moment}:{now:%Y%m%dT%H%M%S}", now)
    outbox.post(db, message, to=officer, because=cause, terms=Terms(Lane.REMINDER))


def _named(one: FamilyInvitation) -> dict[str, Any]:
    client = one.participant.client
    return {
        "name": one.person.called,
        "client": client.person.name or client.code,
        "starts_at": one.participant.session.starts_at,
        **families.relation_of(one.relative),
    }


async def on_the_eve(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """The evening before: relatives who have not said no, the client, and a line for the officer.

    Whom the client does not let be invited any more is not spoken of to anybody.
    """
    found = await records.of_participants(db, [timer.subject_id for timer in due])
    for invitations in found.values():
        one = invitations[0].participant
        allowed = [each for each in invitations if each.relative.may(SCOPE)]
        if not allowed or not family_sessions.is_open(one, now):
            continue
        awaited = [each for each in allowed if await _is_awaited(db, each)]
        for invitation in awaited:
            await family_sessions.say(db, invitation, "eve", now)
        if awaited:
            _encourage(db, one, now)
        await _tell_who_comes(db, one, allowed, now)


async def _is_awaited(db: Db, one: FamilyInvitation) -> bool:
    """Has not said no, and nothing was heard since that speaks against sitting down together."""
    return one.answer != "not_coming" and not await family_safety.why_not_meet(db, one.relative)


def _encourage(db: Db, one: Participant, now: datetime) -> None:
    """The client, an hour before the usual reminder: one sentence to bring along."""
    row = (Button("keluarga1", f"d:module:{one.client_id}:keluarga1"),)
    message = Message("family_session.client.eve", {"starts_at": one.session.starts_at}, (row,))
    version = f"{one.subject}@{one.session.version}"
    terms = Terms(Lane.PROMPT, None, one.session.starts_at, version)
    cause = Cause(f"{version}:family_client_eve", now)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


async def _tell_who_comes(
    db: Db, one: Participant, invitations: Sequence[FamilyInvitation], now: datetime
) -> None:
    lines = [_line(invitation) for invitation in invitations]
    officer = await people.get(db, one.session.officer_id)
    values = {
        "client": one.client.person.name or one.client.code,
        "lines": lines,
        "starts_at": one.session.starts_at,
    }
    cause = Cause(f"{one.subject}@{one.session.version}:family_eve", now)
    message = Message("family_session.staff.who_comes", values)
    outbox.post(db, message, to=officer, because=cause, terms=Terms(Lane.REMINDER))


def _line(one: FamilyInvitation) -> Message:
    asked = [Message(f"family_session.staff.question_{one.question}")] if one.question else []
    values = {**_named(one), "asked": asked}
    return Message(f"family_session.staff.line_{one.answer or 'unknown'}", values)
