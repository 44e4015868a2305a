"""Opens an alert, and keeps it open until a human has taken it and closed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from aftercare import messages
from aftercare.casework.alerts import alert_cards, duty, paging
from aftercare.records import alerts, timers
from aftercare.records.alerts import Alert, Level
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person

ESCALATE: Final = paging.ESCALATE
CLOSE_REASONS: Final = ("reached", "rebooked", "helped_elsewhere", "not_needed", "false_alarm")
#: One person's handling settles all of these about the same client.
HANDLED_TOGETHER: Final = frozenset({"no_show"})

card = alert_cards.card
escalate = paging.escalate
show_again = paging.show_again
tell_holders = paging.tell_holders
Because = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Concern:
    """What an alert is about. `because` holds (reason code, values) pairs worded by content.

    `officer_id` is who answers first where that is not the client's own officer.
    """

    kind: str
    subject: str
    level: Level
    because: Because = field(default_factory=tuple)
    officer_id: int | None = None


async def open_(db: Db, client: Client, concern: Concern, now: datetime) -> Alert | None:
    """Open it and tell the officer; None where it is already open or was dealt with."""
    opened = await open_all(db, [(client, concern)], now)
    return opened[0] if opened else None


async def open_all(db: Db, found: Sequence[tuple[Client, Concern]], now: datetime) -> list[Alert]:
    """The same for many at once, in a handful of queries."""
    rows = [_row(client, concern, now) for client, concern in found]
    opened = await alerts.open_all(db, rows)
    await paging.begin(db, opened, now)
    return opened


def _row(client: Client, concern: Concern, now: datetime) -> dict[str, Any]:
    return {
        "office_id": client.person.office_id,
        "client_id": client.id,
        "officer_id": concern.officer_id,
        "kind": concern.kind,
        "subject": concern.subject,
        "level": concern.level,
        "because": pack(concern.because),
        "opened_at": now,
    }


async def reopen(db: Db, alert: Alert, concern: Concern, now: datetime) -> None:
    """It was withdrawn and holds after all: it starts anew, from the officer upwards."""
    alert.level, alert.because, alert.opened_at = concern.level, pack(concern.because), now
    alert.state, alert.taken_at, alert.closed_at, alert.close_reason = "open", None, None, None
    alert.taker = None
    await paging.begin(db, [alert], now)


def pack(because: Because) -> list[Any]:
    return [[code, messages.pack(values)] for code, values in because]


async def change(db: Db, alert: Alert, level: Level, because: Because, now: datetime) -> None:
    """What is known has changed. A graver alert is told again; else the cards are rewritten."""
    graver = alerts.LEVELS.index(level) > alerts.LEVELS.index(alert.level)
    alert.level, alert.because = level, pack(because)
    if alert.state == "open" and graver:
        await paging.tell_again(db, alert, now)
    else:
        await paging.show_again(db, alert, now)


async def together(db: Db, alert: Alert) -> list[Alert]:
    """Other open ones that the same call settles: all missed sessions of this client."""
    if alert.kind not in HANDLED_TOGETHER:
        return []
    return [
        one for one in await alerts.of_client(db, alert.client_id, alert.kind) if one is not alert
    ]


async def may_act(db: Db, alert: Alert, person: Person) -> bool:
    """Staff of the same office who were told of it or answer for the client, and the heads."""
    if person.office_id != alert.office_id or person.audience not in ("officer", "head"):
        return False
    if person.audience == "head":
        return True
    if person.id in await paging.told_of(db, alert):
        return True
    return (await duty.roster(db, alert.officer_id or alert.client.officer_id)).has(person)


def take(db: Db, alert: Alert, by: Person, now: datetime) -> bool:
    """A human has it: the ladder stops. False where somebody was faster."""
    if alert.state != "open":
        return False
    alert.state, alert.taker, alert.taken_at = "taken", by, now
    paging.note(db, alert, "taken", by, now)
    timers.disarm(db, alert.about, ESCALATE)
    return True


def contacted(db: Db, alert: Alert, by: Person, now: datetime) -> bool:
    """Somebody has spoken to the client. True the first time."""
    take(db, alert, by, now)
    if alert.state != "taken":
        return False
    alert.state = "contacted"
    paging.note(db, alert, "contacted", by, now)
    return True


def close(db: Db, alert: Alert, reason: str, *, by: Person, now: datetime) -> bool:
    """Done with, for one of CLOSE_REASONS. False where it was closed before."""
    if alert.state == "closed" or reason not in CLOSE_REASONS:
        return False
    take(db, alert, by, now)
    _end(db, alert, reason, by, now)
    return True


def withdraw(db: Db, alert: Alert, reason: str, *, by: Person | None, now: datetime) -> None:
    """What it was about is not so any more, such as a missed session that was recorded wrongly."""
    if alert.state != "closed":
        timers.disarm(db, alert.about, ESCALATE)
        _end(db, alert, reason, by, now)


def _end(db: Db, alert: Alert, reason: str, by: Person | None, now: datetime) -> None:
    alert.state, alert.closed_at, alert.close_reason = "closed", now, reason
    paging.note(db, alert, f"closed:{reason}", by, now)
