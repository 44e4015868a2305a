"""Tells people of an alert: step by step up the ladder, and again when something changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aftercare.casework import calendar
from aftercare.casework.alerts import alert_cards, duty
from aftercare.casework.alerts.duty import Roster
from aftercare.messages import Lane, Message, Terms
from aftercare.records import alerts, offices, outbox, people, said, timers
from aftercare.records.alerts import Alert, AlertStep
from aftercare.records.database import Db
from aftercare.records.offices import Office
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import ladder

ESCALATE: Final = "alert.escalate"


async def begin(db: Db, opened: Sequence[Alert], now: datetime) -> None:
    """Nobody knows of these yet: tell whoever comes first for each."""
    if not opened:
        return
    rosters = await duty.rosters(db, [_officer_of(one) for one in opened])
    known = {one.id: one for one in await offices.all_(db)}
    for alert in opened:
        note(db, alert, "opened", None, now)
        roster = rosters[_officer_of(alert)]
        first = _first_of(roster, alert, now)
        if first is None:
            await _tell(db, alert, ladder.LAST_STEP, now)
        else:
            _page(db, alert, first, known[alert.office_id], now)


def _first_of(roster: Roster, alert: Alert, now: datetime) -> tuple[int, list[Person]] | None:
    """The first step on which somebody is there, with whoever is asked at that moment."""
    steps = ((at, roster.on_step(at, now)) for at in range(ladder.LAST_STEP + 1))
    first = next(((at, asked) for at, asked in steps if asked), None)
    if first is None or first[0] > 0 or alert.kind not in ladder.AT_ONCE:
        return first
    return 0, [*first[1], *roster.on_step(1, now)]


def _officer_of(alert: Alert) -> int:
    return alert.officer_id or alert.client.officer_id


async def escalate(db: Db, alert_id: int, now: datetime) -> None:
    """Nobody took it in time: tell the next person, and set the next wait."""
    alert = await alerts.held(db, alert_id)
    if alert is not None and alert.state == "open":
        await _tell(db, alert, min(alert.step + 1, ladder.LAST_STEP), now)


async def _tell(db: Db, alert: Alert, step: int, now: datetime) -> None:
    """Tell the first on the ladder from this step on who is there and does not know yet.

    Where nobody is left on it, every colleague of the office is asked: somebody who does not
    know the client is better than nobody. Where nobody at all can be reached, look again soon;
    where danger was told to everybody and nobody took it, tell everybody again.
    """
    await db.flush()
    told = await told_of(db, alert)
    office = await offices.get(db, alert.office_id)
    roster = await duty.roster(db, _officer_of(alert))
    for at in range(step, ladder.LAST_STEP + 1):
        if asked := [one for one in roster.on_step(at, now) if one.id not in told]:
            _page(db, alert, (at, asked), office, now)
            return
    colleagues = [one for one in await duty.others(db, alert.office_id, now) if one.id not in told]
    if colleagues:
        _page(db, alert, (ladder.LAST_STEP, colleagues), office, now)
    elif not (there := [one for one in told.values() if one.is_there]):
        _look_again(db, alert, office, now)
    elif alert.level == "crisis" and now - alert.opened_at < ladder.KEEPS_ASKING:
        _page(db, alert, (ladder.LAST_STEP, there), office, now)


def _page(
    db: Db, alert: Alert, asked: tuple[int, list[Person]], office: Office, now: datetime
) -> None:
    alert.step, who = asked
    for person in who:
        note(db, alert, "told", person, now)
        cause = _cause(alert, f"step{alert.step}:{now:%d%H%M}", now)
        terms = _terms(alert, office, now)
        outbox.post(db, alert_cards.card(alert), to=person, because=cause, terms=terms)
    _wait_for_an_answer(db, alert, office, now)


def _terms(alert: Alert, office: Office, now: datetime) -> Terms:
    """At once, before everything else; what can wait arrives when the office is open."""
    if alert.kind not in alert_cards.CALM:
        return Terms(lane=Lane.URGENT, subject=alert.about)
    holidays = calendar.holidays_near(now.date()).keys()
    opens = ladder.within_hours(now, office.time_zone, holidays)
    return Terms(lane=Lane.REPLY, not_before=opens, subject=alert.about)


def _cause(alert: Alert, why: str, now: datetime) -> Cause:
    """Named after this opening of the alert, so that a second one is heard again."""
    return Cause(f"{alert.about}@{alert.opened_at:%Y%m%dT%H%M%S}:{why}", now)


def _wait_for_an_answer(db: Db, alert: Alert, office: Office, now: datetime) -> None:
    due = ladder.next_step_at(
        alert.level,
        alert.step,
        now,
        time_zone=office.time_zone,
        waits=office.waits,
        holidays=calendar.holidays_near(now.date()).keys(),
    )
    if due is not None:
        timers.arm(db, timers.Timer(alert.about, ESCALATE, max(due, now)))


def _look_again(db: Db, alert: Alert, office: Office, now: datetime) -> None:
    alert.step = ladder.LAST_STEP
    holidays = calendar.holidays_near(now.date()).keys()
    due = ladder.retry_at(alert.level, now, time_zone=office.time_zone, holidays=holidays)
    timers.arm(db, timers.Timer(alert.about, ESCALATE, due))


async def told_of(db: Db, alert: Alert) -> dict[int, Person]:
    """Everyone who has been told since it was opened."""
    steps = (await alerts.steps_since_opened(db, [alert.id]))[alert.id]
    told = [one.person_id for one in steps if one.what == "told" and one.person_id]
    return await people.by_ids(db, told)


async def pass_on(db: Db, person: Person, now: datetime) -> None:
    """This person cannot answer any more: what waits for nobody else goes on at once."""
    for alert in await alerts.open_and_told_to(db, person.id):
        told = await told_of(db, alert)
        if not any(one.is_there and one.id != person.id for one in told.values()):
            timers.arm(db, timers.Timer(alert.about, ESCALATE, now))


async def tell_again(db: Db, alert: Alert, now: datetime) -> None:
    """It has grown graver: everybody who knows of it hears so, and the wait is the shorter one."""
    for person in (await told_of(db, alert)).values():
        cause = _cause(alert, f"now_{alert.level}", now)
        terms = Terms(lane=Lane.URGENT, subject=alert.about)
        outbox.post(db, alert_cards.card(alert), to=person, because=cause, terms=terms)
    _wait_for_an_answer(db, alert, await offices.get(db, alert.office_id), now)


async def tell_holders(db: Db, alert: Alert, code: str, said: Message, now: datetime) -> None:
    """One line about something new to whoever has taken it, or else to all who know of it.

    It is said after the alert was closed, too: the client was told that it would be.
    """
    values = {"client": alert.client.person.name, "said": said}
    message = Message("alert.staff.reason_given", values)
    holders = [alert.taker] if alert.taker else (await told_of(db, alert)).values()
    about = alert.about if alert.state != "closed" else None
    for person in holders:
        terms = Terms(lane=Lane.URGENT, subject=about)
        outbox.post(db, message, to=person, because=_cause(alert, code, now), terms=terms)


async def show_again(db: Db, alert: Alert, now: datetime, but: Person | None = None) -> None:
    """Rewrite the card on the phone of everyone who has it, quietly."""
    await db.flush()
    for person in (await told_of(db, alert)).values():
        if but is not None and person.id == but.id:
            continue
        sent = await said.last_number(
            db, person.id, key=alert_cards.card(alert).key, subject=alert.about
        )
        cause = _cause(alert, f"again:{_state(alert)}:{now:%Y%m%dT%H%M%S}", now)
        if sent is not None:
            outbox.post(
                db, alert_cards.card(alert), to=person, because=cause, terms=Terms(edits=sent)
            )
        elif alert.taker is not None:
            outbox.post(db, _taken_by_other(alert), to=person, because=cause)


def _state(alert: Alert) -> str:
    return f"{alert.state}:{alert.level}:{len(alert.because)}"


def _taken_by_other(alert: Alert) -> Message:
    values = {
        "client": alert.client.person.name,
        "title": Message(f"alert.staff.title_{alert.kind}"),
        "status": alert_cards.status(alert),
    }
    return Message("alert.staff.taken_by_other", values)


def note(db: Db, alert: Alert, what: str, by: Person | None, now: datetime) -> None:
    db.add(AlertStep(alert_id=alert.id, what=what, person_id=by.id if by else None, at=now))
