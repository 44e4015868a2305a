"""Family sessions: the client is asked first, relatives are invited, officers see who comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from aftercare.casework.family import families, family_safety
from aftercare.casework.family import family_programmes as programme
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import family_invitations as records
from aftercare.records import outbox, people, relatives, sessions, timers
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


async def booked(db: Db, one: Participant, now: datetime) -> None:
    """Nobody of the family hears of it before the client has said who may come."""
    if not kinds.is_family(one.session.kind) or one.client.joined_at is None:
        return
    _arm(db, one, now)
    if found := await _open_to(db, one):
        _ask_client(db, one, found, "", now)


async def also(db: Db, relative: Relative, now: datetime) -> None:
    """Somebody may be invited from now on: the client is asked about what already lies ahead."""
    for one in await sessions.of_client(db, relative.client_id, after=now):
        if not kinds.is_family(one.session.kind) or not is_open(one, now):
            continue
        if await records.between(db, one.id, relative.id) is None:
            found = [pair for pair in await _open_to(db, one) if pair[0].id == relative.id]
            if found:
                _ask_client(db, one, found, f":{relative.id}", now)


def _ask_client(
    db: Db, one: Participant, found: Sequence[tuple[Relative, Person]], why: str, now: datetime
) -> None:
    rows: Rows = tuple(
        (Button("invite", f"d:family_ask:{one.id}:r{relative.id}", {"name": person.called}),)
        for relative, person in found
    )
    rows = (*rows, (Button("nobody", f"d:family_ask:{one.id}:nobody"),))
    message = Message("family_session.client.ask", _when(one), rows)
    cause = Cause(f"{one.subject}@{one.session.version}:family_ask{why}", now)
    subject = f"{one.subject}@{one.session.version}"
    at = quiet.ends_at(now, one.client.person.time_zone)
    terms = Terms(Lane.REPLY, at, one.session.starts_at, subject)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


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


async def allow(
    db: Db, one: Participant, relative_id: int, now: datetime
) -> FamilyInvitation | None:
    """The client's yes for this relative and this session; twice is the same as once.

    None where it has passed, or where safety at home was put in doubt since we asked.
    """
    relative = await relatives.get(db, relative_id)
    is_own = relative is not None and relative.client_id == one.client_id
    if relative is None or not is_own or not relative.may(programme.SCOPE) or not is_open(one, now):
        return None
    known = await records.between(db, one.id, relative_id)
    if known is not None or await family_safety.why_not_meet(db, relative):
        return known
    person = await people.get(db, relative.person_id)
    made = FamilyInvitation(
        participant_id=one.id, relative_id=relative.id, person_id=person.id, allowed_at=now,
        answer=None, answered_at=None, question=None, helped=None, wish=None,
        participant=one, relative=relative, person=person,
    )  # fmt: skip
    db.add(made)
    await db.flush()
    await say(db, made, "invitation", now)
    return made


def is_open(one: Participant, now: datetime) -> bool:
    session = one.session
    return session.state == "booked" and one.attendance is None and session.starts_at > now


async def say(
    db: Db, one: FamilyInvitation, moment: str, now: datetime, news: Terms | None = None
) -> None:
    """Only within the scope, asked again at sending, and only while the time is still the same.

    `news` is how it is sent where somebody may set out for nothing; else it is a reminder.
    """
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
    terms = replace(news or Terms(Lane.REMINDER), expires_at=session.starts_at, subject=subject)
    cause = Cause(f"{one.subject}@{session.version}:{moment}", now)
    outbox.post(db, message, to=one.person, because=cause, terms=terms)


def answers(one: FamilyInvitation) -> Rows:
    deed = f"d:family_session:{one.id}"
    return (
        (Button("coming", f"{deed}:coming"), Button("not_coming", f"{deed}:not_coming")),
        (Button("question", f"{deed}:question"),),
    )


async def moved(db: Db, one: Participant, was: datetime, now: datetime) -> None:
    """What was answered was about the old time; whoever was invited hears the new one."""
    if not kinds.is_family(one.session.kind):
        return
    _arm(db, one, now)
    for invitation in await records.of_participant(db, one.id):
        invitation.answer = invitation.answered_at = None
        terms = _in_time(invitation, min(was, one.session.starts_at), now)
        await say(db, invitation, "moved", now, terms)


def _in_time(one: FamilyInvitation, begins_at: datetime, now: datetime) -> Terms:
    """Before anybody sets out, also in quiet hours."""
    return Terms(Lane.REPLY, quiet.news_waits_until(now, one.person.time_zone, begins_at))


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
        starts_at = one.session.starts_at
        terms = _in_time(invitation, starts_at, now)
        terms = replace(terms, expires_at=starts_at, subject=subject)
        cause = Cause(f"{invitation.subject}@{one.session.version}:called_off", now)
        outbox.post(db, message, to=invitation.person, because=cause, terms=terms)
