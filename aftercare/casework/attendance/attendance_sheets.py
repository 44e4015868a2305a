"""The one message in which an officer records a session: a line and a row of buttons a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.alerts import alerts, duty
from aftercare.casework.alerts.alerts import Concern
from aftercare.casework.alerts.duty import Roster
from aftercare.casework.attendance.attendance import UNRECORDED
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import outbox
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import Participant, Session
from aftercare.rules import attendance

CODE: Final = "session.code"
ASK: Final = "session.ask_attendance"
STILL_UNRECORDED: Final = "session.unrecorded"
_MORE: Final = ("present_online", *attendance.OTHERS)
_STILL_ASKED: Final = timedelta(hours=24)


def sheet(session: Session, reader: Person, *, changing: bool = False, opened: int = 0) -> Message:
    """`changing` gives the recorded ones their buttons back; `opened` shows all of one's."""
    asked = [one for one in session.participants if changing or one.attendance is None]
    rows = [row for one in asked for row in _rows(one, opened=one.id == opened)]
    if len(asked) < len(session.participants):
        rows.append((Button("change", f"d:attendance:{session.id}:all"),))
    moment = "record" if any(one.attendance is None for one in session.participants) else "done"
    return Message(
        f"attendance.{reader.audience}.{moment}",
        {**about(session), "lines": [_line(one) for one in session.participants]},
        tuple(rows),
        labels_of="attendance.staff.buttons",
    )


def about(session: Session) -> dict[str, object]:
    return {"kind": session.kind, "starts_at": session.starts_at, "code": session.code}


def _rows(one: Participant, *, opened: bool) -> Rows:
    present, *others = (_button(one, outcome) for outcome in attendance.USUAL)
    if not opened:
        return ((present,), (*others, Button("more", f"d:attend_more:{one.id}")))
    return ((present,), tuple(others), tuple(_button(one, outcome) for outcome in _MORE))


def _button(one: Participant, outcome: str) -> Button:
    data = f"d:attend:{one.id}:{outcome}"
    return Button(outcome, data, {"client": one.client.person.called}, None, _is(one, outcome))


def _is(one: Participant, outcome: str) -> bool:
    return one.attendance == attendance.as_held(outcome, one.session.mode)


def _line(one: Participant) -> Message:
    says = Message(f"attendance.staff.says_{one.says}") if one.says and not one.attendance else ""
    values = {"client": one.client.person.name, "says": says}
    return Message(f"attendance.staff.line_{one.attendance or 'not_recorded'}", values)


def show_code(
    db: Db, sessions: Iterable[Session], rosters: Mapping[int, Roster], cause: Cause
) -> None:
    """Shortly before: the four digits, who is expected, and what they said about coming."""
    for session in sessions:
        reader = rosters[session.officer_id].answers(cause.now)
        if reader is None:
            continue
        lines = [_expected(one) for one in session.participants]
        message = Message(f"attendance.{reader.audience}.code", {**about(session), "lines": lines})
        terms = Terms(Lane.REMINDER, expires_at=session.ends_at, subject=_version(session))
        outbox.post(db, message, to=reader, because=_because(cause, session), terms=terms)


def _expected(one: Participant) -> Message:
    readiness = "here" if one.attendance else one.readiness or "silent"
    return Message(f"attendance.staff.expected_{readiness}", {"client": one.client.person.name})


def ask(db: Db, sessions: Iterable[Session], rosters: Mapping[int, Roster], cause: Cause) -> None:
    """At the end: one message with everybody in it, whether or not they came with the code."""
    for session in sessions:
        reader = rosters[session.officer_id].answers(cause.now)
        if reader is not None:
            terms = Terms(Lane.REMINDER, subject=_version(session))
            message = sheet(session, reader)
            outbox.post(db, message, to=reader, because=_because(cause, session), terms=terms)


async def remind(db: Db, sessions: Iterable[Session], now: datetime) -> None:
    """Two hours later: the office is asked by an alert, the client softly and without a count."""
    found = []
    for session in sessions:
        missing = [one for one in session.participants if one.attendance is None]
        if missing:
            found.append((missing[0].client, _concern(session, len(missing))))
        for one in missing:
            _ask_softly(db, one, now)
    await alerts.open_all(db, found, now)


def _concern(session: Session, count: int) -> Concern:
    because = ("unrecorded", {**about(session), "count": count})
    subject = f"session:{session.id}"
    return Concern(UNRECORDED, subject, "low", (because,), session.officer_id)


def _ask_softly(db: Db, one: Participant, now: datetime) -> None:
    buttons = (Button("came", f"d:came:{one.id}"), Button("trouble", f"d:trouble:{one.id}"))
    message = Message(
        "attendance.client.not_recorded_yet", {"starts_at": one.session.starts_at}, (buttons,)
    )
    version = f"{one.subject}@{one.session.version}"
    terms = Terms(Lane.REMINDER, expires_at=now + _STILL_ASKED, subject=version)
    because = Cause(f"{version}:unrecorded", now)
    outbox.post(db, message, to=one.client.person, because=because, terms=terms)


def _version(session: Session) -> str:
    return f"session:{session.id}@{session.version}"


def _because(cause: Cause, session: Session) -> Cause:
    return Cause(f"{cause.id}:{_version(session)}", cause.now)


async def pass_on_what_was_said(db: Db, one: Participant, because: Cause) -> None:
    """The client's answer for whoever has to record it: information, not attendance."""
    reader = (await duty.roster(db, one.session.officer_id)).answers(because.now)
    if reader is None:
        return
    why = [Message(f"alert.staff.because_reason_{one.reason}")] if one.says == "trouble" else []
    values = {**about(one.session), "client": one.client.person.name, "why": why}
    message = Message(
        f"attendance.{reader.audience}.client_says_{one.says}",
        values,
        ((Button("record", f"d:attendance:{one.session_id}"),),),
        labels_of="attendance.staff.buttons",
    )
    outbox.post(db, message, to=reader, because=because, terms=Terms(Lane.URGENT))
