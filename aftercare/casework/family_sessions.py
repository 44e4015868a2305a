"""Family sessions: the client is asked first, relatives are invited, officers see who comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from aftercare.casework import families, family_safety
from aftercare.casework import family_programmes as programme
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import family_invitations as records
from aftercare.records import outbox, people, relatives, timers
from aftercare.records.database import Db
from aftercare.records.family_invitations import FamilyInvitation
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.relatives import Relative
from aftercare.records.sessions import Participant
from aftercare.records.timers import Timer
from aftercare.rules import family_sessions as rule
from aftercare.rules import kinds, quiet

EVE: Final = "family_session.eve"
AFTER: Final = "family_session.after"
#: One question for the session, of these; never about what the client writes.
QUESTIONS: Final = ("support", "limits", "signs", "work", "talking", "self")


async def booked(db: Db, one: Participant, now: datetime) -> None:
    """Nobody of the family hears of it before the client has said who may come."""
    if not kinds.is_family(one.session.kind) or one.client.joined_at is None:
        return
    _arm(db, one, now)
    found = await _open_to(db, one)
    if not found:
        return
    rows: Rows = tuple(
        (Button("invite", f"d:family_ask:{one.id}:r{relative.id}", {"name": person.called}),)
        for relative, person in found
    )
    rows = (*rows, (Button("nobody", f"d:family_ask:{one.id}:nobody"),))
    _tell_client(db, one, Message("family_session.client.ask", _when(one), rows), now)


def _arm(db: Db, one: Participant, now: datetime) -> None:
    session, zone = one.session, one.client.person.time_zone
    timers.disarm(db, one.subject, EVE, AFTER)
    eve = rule.eve(session.starts_at, zone)
    if eve > now:
        timers.arm(db, Timer(one.subject, EVE, eve, session.starts_at))
    timers.arm(db, Timer(one.subject, AFTER, rule.after(session.ends_at, zone)))


async def _open_to(db: Db, one: Participant) -> list[tuple[Relative, Person]]:
    """Relatives whom the client lets be invited at all, and home is not known to be unsafe."""
    allowed = await relatives.who_may(db, one.client_id, programme.SCOPE)
    who = await people.by_ids(db, [relative.person_id for relative in allowed])
    return [
        (relative, who[relative.person_id])
        for relative in allowed
        if who[relative.person_id].is_there
        and await family_safety.why_not_meet(db, relative) is None
    ]


def _when(one: Participant) -> dict[str, Any]:
    return {"starts_at": one.session.starts_at}


def _tell_client(db: Db, one: Participant, message: Message, now: datetime) -> None:
    cause = Cause(f"{one.subject}@{one.session.version}:{message.key}", now)
    subject = f"{one.subject}@{one.session.version}"
    at = quiet.ends_at(now, one.client.person.time_zone)
    terms = Terms(Lane.REPLY, at, one.session.starts_at, subject)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


async def allow(
    db: Db, one: Participant, relative_id: int, now: datetime
) -> FamilyInvitation | None:
    """The client's yes for this relative and this session; twice is the same as once."""
    relative = await relatives.get(db, relative_id)
    is_own = relative is not None and relative.client_id == one.client_id
    if relative is None or not is_own or not relative.may(programme.SCOPE) or not is_open(one, now):
        return None
    known = await records.between(db, one.id, relative_id)
    if known is not None:
        return known
    person = await people.get(db, relative.person_id)
    made = FamilyInvitation(
        participant_id=one.id, relative_id=relative.id, person_id=person.id, allowed_at=now,
        answer=None, answered_at=None, question=None, helped=None, wish=None,
        participant=one, relative=relative, person=person,
    )  # fmt: skip
    db.add(made)
    await db.flush()
    await _say(db, made, "invitation", now)
    return made


def is_open(one: Participant, now: datetime) -> bool:
    session = one.session
    return session.state == "booked" and one.attendance is None and session.starts_at > now


async def _say(db: Db, one: FamilyInvitation, moment: str, now: datetime) -> None:
    """Only within the scope, asked again at sending, and only while the time is still the same."""
    session = one.participant.session
    host = await people.get(db, session.officer_id)
    values = {
        "client": families.known_as(one.participant.client),
        "starts_at": session.starts_at,
        "host": host.called,
        "where": Message(f"family_session.family.where_{session.mode}", {"place": session.place}),
    }
    message = Message(f"family_session.family.{moment}", values, answers(one))
    subject = f"family_session:{one.id}@{session.version}"
    terms = Terms(Lane.REMINDER, None, session.starts_at, subject)
    cause = Cause(f"{one.subject}@{session.version}:{moment}", now)
    outbox.post(db, message, to=one.person, because=cause, terms=terms)


def answers(one: FamilyInvitation) -> Rows:
    deed = f"d:family_session:{one.id}"
    return (
        (Button("coming", f"{deed}:coming"), Button("not_coming", f"{deed}:not_coming")),
        (Button("question", f"{deed}:question"),),
    )


async def moved(db: Db, one: Participant, now: datetime) -> None:
    """What was answered was about the old time; whoever was invited hears the new one."""
    if not kinds.is_family(one.session.kind):
        return
    _arm(db, one, now)
    for invitation in await records.of_participant(db, one.id):
        invitation.answer = invitation.answered_at = None
        await _say(db, invitation, "moved", now)


async def called_off(db: Db, one: Participant, now: datetime) -> None:
    """Whoever was invited hears that it will not be, and not why or by whom."""
    if not kinds.is_family(one.session.kind):
        return
    timers.disarm(db, one.subject, EVE, AFTER)
    for invitation in await records.of_participant(db, one.id):
        if invitation.answer == "not_coming":
            continue
        values = {"client": families.known_as(one.client), **_when(one)}
        message = Message("family_session.family.called_off", values)
        subject = f"{invitation.relative.subject}@{programme.SCOPE}"
        terms = Terms(Lane.REMINDER, None, one.session.starts_at, subject)
        cause = Cause(f"{invitation.subject}@{one.session.version}:called_off", now)
        outbox.post(db, message, to=invitation.person, because=cause, terms=terms)


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
    """The evening before: relatives who have not said no, and a line for the officer."""
    found = await records.of_participants(db, [timer.subject_id for timer in due])
    for invitations in found.values():
        one = invitations[0].participant
        if not is_open(one, now):
            continue
        for invitation in invitations:
            if invitation.answer != "not_coming":
                await _say(db, invitation, "eve", now)
        await _tell_who_comes(db, one, invitations, now)


async def _tell_who_comes(
    db: Db, one: Participant, invitations: Sequence[FamilyInvitation], now: datetime
) -> None:
    lines = [_line(invitation) for invitation in invitations]
    officer = await people.get(db, one.session.officer_id)
    values = {"client": one.client.person.name or one.client.code, "lines": lines, **_when(one)}
    cause = Cause(f"{one.subject}@{one.session.version}:family_eve", now)
    message = Message("family_session.staff.who_comes", values)
    outbox.post(db, message, to=officer, because=cause, terms=Terms(Lane.REMINDER))


def _line(one: FamilyInvitation) -> Message:
    asked = [Message(f"family_session.staff.question_{one.question}")] if one.question else []
    values = {**_named(one), "asked": asked}
    return Message(f"family_session.staff.line_{one.answer or 'unknown'}", values)
