"""Where a client applied (lamaran): kept for the client alone, and asked about kindly each week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from aftercare.casework import resting
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.messages import Button, Message
from aftercare.records import applications, clients, conversations, opportunities, timers
from aftercare.records.applications import Application, State
from aftercare.records.clients import Client
from aftercare.records.conversations import Opening
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.timers import Timer
from aftercare.rules import applications as rule
from aftercare.rules import excerpts, rhythm

ASK: Final = "application.ask"
FLOW: Final = "application_log"
LEADS: Final = ("lead_1", "lead_2", "lead_3")
_GOOD_FOR: Final = timedelta(hours=12)
_SHOWN: Final = 6
_ON_A_LINE: Final = 60


class Noted(Arguments):
    """A new one: `lead` is the opportunity it began with, or else `words` say where."""

    state: State
    lead: str | None = None
    words: str | None = None


class News(Arguments):
    state: State


async def find(act: Act, _given: Arguments) -> Outcome:
    """What this conversation is about: one that is kept, a new one, or nothing yet to choose."""
    match (act.subject or "").partition(":")[0]:
        case "application":
            one = await applications.find(act.db, act.person.id, act.subject_id)
            return Outcome("kept", {"what": one.words}) if one else Outcome("gone")
        case "opportunity":
            lead = await opportunities.get(act.db, act.subject_id)
            return Outcome("lead", {"what": lead.title}) if lead else Outcome("gone")
    leads = await _leads(act)
    shown = dict(zip(LEADS, leads, strict=False))
    titles = {name: excerpts.line(one.title) for name, one in shown.items()}
    known = {name: one.id for name, one in shown.items()}
    return Outcome("leads" if leads else "none", {**titles, "leads": known})


async def _leads(act: Act) -> list[opportunities.Opportunity]:
    """What the client was interested in and has not applied for, newest first."""
    shown = await opportunities.showings(act.db, act.person.id)
    wanted = [one.opportunity_id for one in shown if one.answer == "interested"]
    done = {one.opportunity_id for one in await applications.of_client(act.db, act.person.id)}
    left = [one for one in wanted if one not in done][: len(LEADS)]
    known = await opportunities.by_ids(act.db, left)
    return [known[one] for one in left if one in known]


async def keep(act: Act, given: Noted) -> Outcome:
    lead = await _lead(act, given)
    words = (given.words or "").strip() or (f"{lead.title}, {lead.organiser}" if lead else "")
    if not words:
        return Outcome()
    one = Application(
        client_id=act.person.id,
        opportunity_id=lead.id if lead else None,
        words=words,
        state=given.state,
        asked=0,
        unanswered=0,
        made_at=act.now,
        changed_at=act.now,
    )
    act.db.add(one)
    await act.db.flush()
    _arm(act.db, one, await clients.get(act.db, act.person.id), act.now)
    return Outcome()


async def _lead(act: Act, given: Noted) -> opportunities.Opportunity | None:
    """The one whose title stood on the button, whatever has interested the client since."""
    if (act.subject or "").startswith("opportunity:"):
        return await opportunities.get(act.db, act.subject_id)
    number = (act.values.get("leads") or {}).get(given.lead)
    return await opportunities.get(act.db, number) if number else None


async def hear(act: Act, given: News) -> Outcome:
    """What came of it; whether we ask again depends on it."""
    one = await applications.find(act.db, act.person.id, act.subject_id)
    if one is None:
        return Outcome("last")
    one.state, one.changed_at, one.unanswered = given.state, act.now, 0
    again = _arm(act.db, one, await clients.get(act.db, act.person.id), act.now)
    return Outcome("again" if again else "last")


def _arm(db: Db, one: Application, client: Client, now: datetime) -> bool:
    """In a week, at the client's own hour; False where we have asked enough."""
    if not rule.asks_again(one.state, one.asked, one.unanswered):
        timers.disarm(db, one.about, ASK)
        return False
    day_before = now + rule.WEEK - timedelta(days=1)
    due = rhythm.next_day(day_before, client.check_in_hour, time_zone=client.person.time_zone)
    timers.arm(db, Timer(one.about, ASK, due))
    return True


async def ask(db: Db, due: Sequence[Timer], now: datetime) -> list[int]:
    """Queue the question for everyone who may be asked; returns whose question waits."""
    found = await applications.by_ids(db, [timer.subject_id for timer in due])
    who = await clients.by_ids(db, [one.client_id for one in found.values()])
    openings = []
    for one in found.values():
        client = who[one.client_id]
        if not client.takes_part:
            continue
        if resting.may_hear(client.person, now):
            one.asked, one.unanswered = one.asked + 1, one.unanswered + 1
            openings.append(Opening(client.id, one.about, {}, _GOOD_FOR))
        _arm(db, one, client, now)
    await conversations.queue_all(db, FLOW, openings, now=now)
    return [one.person_id for one in openings]


async def forget(db: Db, client_id: int, application_id: int) -> None:
    one = await applications.find(db, client_id, application_id)
    if one is not None:
        timers.disarm(db, one.about, ASK)
        await db.delete(one)


async def message(db: Db, person: Person) -> Message:
    """`/lamaran`: the newest ones, each a button to say what came of it."""
    found = await applications.of_client(db, person.id)
    new = (Button("new", "d:application_new:0"),)
    if not found:
        return Message("application.client.none", {}, (new,))
    shown = found[:_SHOWN]
    rows = tuple(_button("one", "application", one) for one in shown)
    values = {"lines": [_line(one) for one in shown], "more": _more(len(found) - len(shown))}
    last = (*new, Button("remove", "d:application_remove:0"))
    return Message("application.client.list", values, (*rows, last))


def _more(left: int) -> Message | None:
    return Message("application.client.more", {"count": left}) if left else None


def _line(one: Application) -> Message:
    values = {"words": excerpts.line(one.words, _ON_A_LINE), "since": one.changed_at}
    return Message(f"application.client.line_{one.state}", values)


def _button(name: str, deed: str, one: Application) -> tuple[Button, ...]:
    return (Button(name, f"d:{deed}:{one.id}", {"words": excerpts.line(one.words)}),)


async def removal(db: Db, person: Person) -> Message:
    found = (await applications.of_client(db, person.id))[:_SHOWN]
    if not found:
        return Message("application.client.nothing_left")
    rows = tuple(_button("forget", "application_forget", one) for one in found)
    return Message("application.client.remove", {}, rows)


async def counted(db: Db, client_id: int) -> Message | None:
    """How many, for the officer's card; None where there are none."""
    found: dict[Any, int] = dict(await applications.counts(db, client_id))
    if not found:
        return None
    values: dict[str, Any] = {state: found.get(state, 0) for state in applications.STATES}
    return Message("application.staff.counts", {"count": sum(found.values()), **values})


ACTIONS: Final = (
    Action(
        "find_application", find, outcomes=("kept", "lead", "leads", "none", "gone"),
        values=("what", "leads", *LEADS),
    ),
    Action("keep_application", keep, Noted),
    Action("hear_of_application", hear, News, ("again", "last")),
)  # fmt: skip
