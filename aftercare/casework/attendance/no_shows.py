"""A missed session: the streak, one alert for each, and gentle words that ask for no excuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from aftercare.casework.alerts import alerts, calls
from aftercare.casework.alerts.alerts import Concern
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import attendance as records
from aftercare.records import clients, offices, outbox, said, sessions
from aftercare.records.alerts import Alert
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import Participant
from aftercare.rules import absences
from aftercare.rules.absences import Missed

KIND: Final = "no_show"
#: Why somebody did not come; two a row on the phone.
REASONS: Final = ("work", "cost", "ill", "forgot", "afraid", "enough", "no_use", "other")
#: After the third one a person comes first, and hours or reasons only if wanted.
THIRD: Final = ("call", "slots", "tell")
STILL_WELCOME: Final = timedelta(days=3)
Because = tuple[str, Mapping[str, Any]]
History = list[tuple[int, str | None]]


async def missed(db: Db, one: Participant, now: datetime) -> None:
    """Open its alert, or open it again, and ask the client kindly."""
    history = await records.history(db, one.client_id)
    this = next(each for each in absences.fold(history) if each.id == one.id)
    concern = Concern(KIND, one.subject, this.level, _because(one, this))
    known = await alert_records.about(db, KIND, one.subject)
    if known is None:
        await alerts.open_(db, one.client, concern, now)
    elif known.state == "closed":
        await alerts.reopen(db, known, concern, now)
    await _count_again(db, one.client, history, now)
    if not absences.came_after(history, one.id):
        _ask_the_client(db, one, this, now)


def _because(one: Participant, this: Missed) -> list[Because]:
    held = {"kind": one.session.kind, "starts_at": one.session.starts_at}
    found: list[Because] = [("missed", held), ("in_a_row", {"count": this.in_a_row})]
    return [*found, (f"reason_{one.reason}", {})] if one.reason in REASONS else found


async def take_back(db: Db, one: Participant, by: Person, now: datetime) -> None:
    """It was recorded wrongly: the client had not been missed."""
    alert = await alert_records.about(db, KIND, one.subject)
    if alert is not None and alert.state != "closed":
        alerts.withdraw(db, alert, "corrected", by=by, now=now)
        await alerts.show_again(db, alert, now)
    if await said.about(db, one.client_id, _about(one)):
        _own_up(db, one, now)


def _about(one: Participant) -> str:
    return f"absence:{one.id}"


def _own_up(db: Db, one: Participant, now: datetime) -> None:
    """Whoever has read of a missed session that was none reads that the record was wrong."""
    message = Message("no_show.client.corrected", {"starts_at": one.session.starts_at})
    cause = Cause(f"{_about(one)}:corrected@{now:%Y%m%dT%H%M%S}", now)
    holds = f"attendance:{one.id}@{one.attendance}"
    terms = Terms(Lane.REMINDER, expires_at=now + STILL_WELCOME, subject=holds)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


async def came_back(db: Db, one: Participant, by: Person, now: datetime) -> None:
    """Whoever records that the client is here has met the client: older absences are settled."""
    for alert in await alert_records.of_client(db, one.client_id, KIND):
        earlier = await sessions.participant(db, alert.subject_id)
        if earlier is not None and earlier.session.starts_at < one.session.starts_at:
            alerts.withdraw(db, alert, "came_back", by=by, now=now)
            await alerts.show_again(db, alert, now)


async def count_again(db: Db, client_id: int, now: datetime) -> None:
    """After every change the rows are folded anew; a counter could be wrong, history cannot."""
    client = await clients.get(db, client_id)
    await _count_again(db, client, await records.history(db, client_id), now)


async def _count_again(db: Db, client: Client, history: History, now: datetime) -> None:
    counted = {each.id: each for each in absences.fold(history)}
    for alert in await alert_records.of_client(db, client.id, KIND):
        this = counted.get(alert.subject_id)
        if this is not None and _count_of(alert) != this.in_a_row:
            await alerts.change(db, alert, this.level, _recounted(alert, this), now)
    await _tell_what_the_office_says(db, client, history, now)


def _count_of(alert: Alert) -> int:
    return next((values["count"] for code, values in alert.because if code == "in_a_row"), 0)


def _recounted(alert: Alert, this: Missed) -> list[Because]:
    return [
        (code, {"count": this.in_a_row} if code == "in_a_row" else values)
        for code, values in alert.because
    ]


def _ask_the_client(db: Db, one: Participant, this: Missed, now: datetime) -> None:
    values = {"starts_at": one.session.starts_at, "counted": _counted(one.client, this)}
    choices = THIRD if this.moment == "third" else REASONS
    message = Message(
        f"no_show.client.{this.moment}",
        values,
        rows(one, choices),
        labels_of=f"no_show.client.{'ways_back' if choices is THIRD else 'reasons'}",
    )
    cause = Cause(f"{_about(one)}@{now:%Y%m%dT%H%M%S}", now)
    terms = Terms(Lane.REMINDER, expires_at=now + STILL_WELCOME, subject=_about(one))
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


def _counted(client: Client, this: Missed) -> list[Message]:
    """Clients in integration see the count; in aftercare nobody counts in front of a person."""
    if client.regime != "integration":
        return []
    return [Message("no_show.client.counted", {"count": this.in_a_row})]


def rows(one: Participant, choices: Iterable[str]) -> Rows:
    made = [Button(each, f"d:missed:{one.id}:{each}") for each in choices]
    return tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))


async def _tell_what_the_office_says(
    db: Db, client: Client, history: History, now: datetime
) -> None:
    """Three in a row in integration: the office's own text, word for word, or nothing at all."""
    third = absences.third_in_a_row(history) if client.regime == "integration" else None
    if third is None:
        return
    office = await offices.get(db, client.person.office_id or 0)
    if office.missed_notice:
        message = Message("no_show.client.office_says", {"notice": office.missed_notice})
        terms = Terms(Lane.REMINDER, subject=f"absence:{third}")
        because = Cause(f"absence:{third}:notice", now)
        outbox.post(db, message, to=client.person, because=because, terms=terms)


async def moment_of(db: Db, one: Participant) -> str:
    """Which of the three conversations this missed session calls for, as counted now."""
    counted = absences.fold(await records.history(db, one.client_id))
    return next((each.moment for each in counted if each.id == one.id), "first")


async def give_reason(db: Db, one: Participant, reason: str, now: datetime) -> None:
    """The client says why: kept as a code, and shown to whoever holds the alert."""
    if reason not in REASONS or one.reason == reason:
        return
    one.reason = reason
    await _tell_holders(db, one, (f"reason_{reason}", {}), now)


async def wish(db: Db, one: Participant, way: str, now: datetime) -> None:
    """What would help the client to come: a call, online, nearer, another hour."""
    await _tell_holders(db, one, (f"wish_{way}", {}), now)


async def rebooked(db: Db, one: Participant, at: datetime, now: datetime) -> None:
    """The client has picked an hour."""
    await _tell_holders(db, one, ("rebooked", {"at": at}), now)


async def _tell_holders(db: Db, one: Participant, news: Because, now: datetime) -> None:
    """Also of one that is closed by now: a wish for a call is then an alert of its own."""
    code, values = news
    alert = await note(db, one, news, now) or await alert_records.about(db, KIND, one.subject)
    if alert is None:
        return
    if alert.state == "closed" and code == "wish_call":
        await calls.ask(db, one.client, now)
        return
    line = Message(f"alert.staff.because_{code}", values)
    await alerts.tell_holders(db, alert, code, line, now)


async def note(db: Db, one: Participant, news: Because, now: datetime) -> Alert | None:
    """One more reason on the card; a second answer of the same sort stands for the first."""
    alert = await alert_records.about(db, KIND, one.subject)
    if alert is None or alert.state == "closed":
        return None
    kept = [(was, known) for was, known in alert.because if _may_stay(was, news[0])]
    await alerts.change(db, alert, alert.level, [*kept, news], now)
    return alert


def _may_stay(was: str, new: str) -> bool:
    return was.partition("_")[0] != new.partition("_")[0] or was == "in_a_row"
