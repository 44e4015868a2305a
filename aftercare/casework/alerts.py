"""Opens an alert, tells the officer, and goes up the ladder until a human takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from aftercare.casework import calendar
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import alerts, offices, outbox, people, staff, timers
from aftercare.records.alerts import Alert, AlertStep, Level
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import ladder

ESCALATE: Final = "alert.escalate"
CLOSE_REASONS: Final = ("reached", "rebooked", "helped_elsewhere", "not_needed", "false_alarm")


@dataclass(frozen=True, slots=True)
class Concern:
    """What an alert is about. `because` holds (reason code, values) pairs worded by content."""

    kind: str
    subject: str
    level: Level
    because: Sequence[tuple[str, Mapping[str, Any]]] = field(default_factory=tuple)


async def open_(db: Db, client: Client, concern: Concern, now: datetime) -> Alert | None:
    """Open it and tell the officer; None where it is already open or was dealt with."""
    alert = await alerts.open_(
        db,
        {
            "office_id": client.person.office_id,
            "client_id": client.id,
            "kind": concern.kind,
            "subject": concern.subject,
            "level": concern.level,
            "because": [list(reason) for reason in concern.because],
            "opened_at": now,
        },
    )
    if alert is not None:
        await _tell(db, alert, step=0, now=now)
    return alert


async def escalate(db: Db, alert_id: int, now: datetime) -> None:
    """Nobody took it in time: tell the next person, and set the next wait."""
    alert = await alerts.get(db, alert_id)
    if alert is None or alert.state != "open" or alert.step >= ladder.LAST_STEP:
        return
    alert.step += 1
    await _tell(db, alert, step=alert.step, now=now)


async def _tell(db: Db, alert: Alert, *, step: int, now: datetime) -> None:
    told = {one.person_id for one in await alerts.steps(db, alert.id)}
    for person in await _on_step(db, alert.client, step, now):
        if person.id not in told:
            _page(db, alert, person, now)
    await _wait_for_an_answer(db, alert, now)


def _page(db: Db, alert: Alert, person: Person, now: datetime) -> None:
    db.add(AlertStep(alert_id=alert.id, what="told", person_id=person.id, at=now))
    cause = Cause(f"{alert.about}:step{alert.step}", now)
    terms = Terms(lane=Lane.URGENT, subject=alert.about)
    outbox.post(db, card(alert), to=person, because=cause, terms=terms)


async def _wait_for_an_answer(db: Db, alert: Alert, now: datetime) -> None:
    office = await offices.get(db, alert.office_id)
    due = ladder.next_step_at(
        alert.level,
        alert.step,
        alert.opened_at,
        time_zone=office.time_zone,
        waits=office.waits,
        holidays=calendar.holidays_near(now.date()).keys(),
    )
    if due is not None:
        timers.arm(db, timers.Timer(alert.about, ESCALATE, max(due, now)))


async def _on_step(db: Db, client: Client, step: int, now: datetime) -> list[Person]:
    """Who is asked on this step. Somebody who is away is passed over for the next one."""
    officer = await staff.get(db, client.officer_id)
    cover = await people.get(db, officer.cover_id) if officer.cover_id else None
    heads = await people.heads(db, client.person.office_id)
    away = officer.away_until is not None and officer.away_until > now
    match step:
        case 0:
            return [cover] if away and cover else [officer.person]
        case 1:
            return [cover] if cover and not away else heads
    return heads


def card(alert: Alert) -> Message:
    """What staff see of an alert: a name, the reasons, the next steps; no words of the client."""
    reasons = [Message(f"alert.staff.because_{code}", values) for code, values in alert.because]
    values = {
        "client": alert.client.person.name,
        "code": alert.client.code,
        "since": alert.opened_at,
        "because": reasons,
        "status": Message(f"alert.staff.status_{alert.state}", {"at": alert.taken_at}),
    }
    return Message(
        f"alert.staff.{alert.kind}", values, buttons(alert), labels_of="alert.staff.buttons"
    )


def buttons(alert: Alert) -> Rows:
    """What can be done next; a closed alert has no buttons."""
    match alert.state:
        case "open":
            return ((_button("take", alert),), (_button("close", alert),))
        case "taken" | "contacted":
            return (
                (_button("contacted", alert), _button("rebook", alert)),
                (_button("close", alert),),
            )
    return ()


def _button(deed: str, alert: Alert) -> Button:
    return Button(deed, f"d:alert_{deed}:{alert.id}")


async def may_act(db: Db, alert: Alert, person: Person) -> bool:
    """Staff of the same office who were told of it, and the heads."""
    if person.audience == "head":
        return person.office_id == alert.office_id
    return any(one.person_id == person.id for one in await alerts.steps(db, alert.id))


def take(db: Db, alert: Alert, by: Person, now: datetime) -> bool:
    """A human has it: the ladder stops. False where somebody was faster."""
    if alert.state != "open":
        return False
    alert.state, alert.taken_by, alert.taken_at = "taken", by.id, now
    _note(db, alert, "taken", by, now)
    timers.disarm(db, alert.about, ESCALATE)
    return True


def contacted(db: Db, alert: Alert, by: Person, now: datetime) -> None:
    take(db, alert, by, now)
    if alert.state == "taken":
        alert.state = "contacted"
        _note(db, alert, "contacted", by, now)


def close(db: Db, alert: Alert, reason: str, *, by: Person, now: datetime) -> bool:
    """Done with, for one of CLOSE_REASONS. False where it was closed before."""
    if alert.state == "closed" or reason not in CLOSE_REASONS:
        return False
    take(db, alert, by, now)
    alert.state, alert.closed_at, alert.close_reason = "closed", now, reason
    _note(db, alert, f"closed:{reason}", by, now)
    return True


def _note(db: Db, alert: Alert, what: str, by: Person, now: datetime) -> None:
    db.add(AlertStep(alert_id=alert.id, what=what, person_id=by.id, at=now))
