"""Joins a client to an activity and lets go again; counts who came, and nobody who did not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.community import (
    activities,
    activity_cards,
    activity_news,
    activity_reminders,
)
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import activities as activity_records
from aftercare.records import joinings, outbox, people
from aftercare.records.activities import Activity
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.joinings import Joining
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import reminders

#: "Aku datang" is open a little before the start, and this long after the end.
COMES_FROM: Final = timedelta(minutes=60)
COMES_UNTIL: Final = timedelta(days=3)


async def join(db: Db, activity_id: int, client: Client, now: datetime) -> Joining | None:
    """A place, or the end of the queue; None where it cannot be joined. Twice is once."""
    activity = await activity_records.get_alone(db, activity_id)
    if activity is None or not activity.is_ahead(now):
        return None
    if activity.office_id != client.person.office_id:
        return None
    known = await joinings.between(db, activity.id, client.id)
    if known is not None:
        return known
    counted = (await joinings.counts(db, [activity.id]))[activity.id]
    full = activity_cards.room_left(activity, counted.get("joined", 0)) == 0
    state: joinings.State = "waiting" if full else "joined"
    one = Joining(activity=activity, client=client, state=state, joined_at=now)
    db.add(one)
    await db.flush()
    activity_reminders.arm(db, one, now)
    return one


async def joined_message(db: Db, one: Joining, now: datetime) -> Message:
    """What somebody reads who has just joined, or stands in the queue."""
    host = await people.get(db, one.activity.publisher_id)
    soon = one.activity.starts_at - now <= reminders.SAME_DAY + reminders.MARGIN
    moment = "queued" if one.state == "waiting" else "joined_soon" if soon else "joined"
    buttons = [activity_cards.leave_button(one)]
    if one.activity.starts_at - now <= COMES_FROM and one.state == "joined":
        buttons.insert(0, activity_cards.came_button(one, "came"))
    return activity_cards.mine(moment, one, host, *buttons)


def name_question(one: Joining) -> Message:
    """Until there is a yes, whoever leads it knows a number and no name."""
    row = (
        Button("name_yes", f"d:activity_name:{one.id}:yes"),
        Button("name_no", f"d:activity_name:{one.id}:no"),
    )
    shown = {"called": one.client.person.called}
    return Message("community.client.name_ask", shown, (row,))


async def let_go(db: Db, one: Joining, now: datetime) -> None:
    """The row is gone, and the first who waits has the place."""
    activity, had_place = one.activity, one.state == "joined"
    activity_reminders.disarm(db, one)
    await joinings.remove(db, one)
    if had_place and activity.is_ahead(now):
        await _move_up(db, activity, now)


async def _move_up(db: Db, activity: Activity, now: datetime) -> None:
    await activity_records.get_alone(db, activity.id)
    counted = (await joinings.counts(db, [activity.id]))[activity.id]
    if activity_cards.room_left(activity, counted.get("joined", 0)) == 0:
        return
    first = await joinings.first_waiting(db, activity.id)
    if first is None:
        return
    first.state = "joined"
    activity_reminders.arm(db, first, now)
    host = await people.get(db, activity.publisher_id)
    leave = activity_cards.leave_button(first)
    activities.tell(db, activity_cards.mine("moved_up", first, host, leave), first, now)


async def let_go_of_all(db: Db, client: Client, now: datetime) -> None:
    """The client leaves: no place is kept, and the choice of religion goes with the consent."""
    for one in await joinings.ahead_of(db, client.id, now):
        await let_go(db, one, now)
    activity_news.disarm(db, client)
    choice = await activity_records.choice(db, client.id)
    if choice is not None:
        await db.delete(choice)


def is_too_early(one: Joining, now: datetime) -> bool:
    """The reminder, with its button, comes before anybody can be there."""
    has_place = one.activity.is_ahead(now) and one.state == "joined"
    return has_place and now < one.activity.starts_at - COMES_FROM


def can_come(one: Joining, now: datetime) -> bool:
    activity = one.activity
    soon = activity.starts_at - COMES_FROM <= now < activity.ends_at + COMES_UNTIL
    return activity.state == "open" and one.state == "joined" and soon


async def came(db: Db, one: Joining, *, by: Person, now: datetime) -> Message:
    """Thanked, and asked how it was. The first word counts, whoever says it."""
    if one.came_at is None:
        one.came_at, one.came_by = now, by.id
        await db.flush()
    return activity_cards.thanks(one, await joinings.attended(db, one.client_id))


async def came_by_host(db: Db, one: Joining, host: Person, now: datetime) -> None:
    """A second tap takes a slip of the finger back, never the client's own word."""
    if one.came_by == host.id:
        one.came_at = one.came_by = None
    elif one.came_at is None:
        message = await came(db, one, by=host, now=now)
        terms = Terms(Lane.PROMPT, subject=f"came:{one.id}", expires_at=now + COMES_UNTIL)
        cause = Cause(f"{one.subject}:came", now)
        outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


def felt(one: Joining, mood: int) -> Message:
    """1-5, the client's own."""
    one.mood = mood
    return Message(f"community.client.felt_{'low' if mood <= 2 else 'well'}")
