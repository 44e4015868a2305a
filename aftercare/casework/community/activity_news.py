"""Once a week at most: what was published since a client last looked, for those who ever did.

Who never looked at activities hears nothing of them; a no is kept, and asked again at sending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework import resting
from aftercare.casework.community import activity_cards
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import activities, clients, joinings, outbox, people, timers
from aftercare.records.activities import Activity, ActivityChoice
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.timers import Timer
from aftercare.rules import rhythm

NEWS: Final = "community.news"
#: Thursday afternoon: there is still time to plan the weekend.
DAY, HOUR = 3, "16:00"
_GOOD_FOR: Final = timedelta(hours=28)


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that the news of some clients are made of; `taken` is (client, activity)."""

    coming: Mapping[int, list[Activity]]
    taken: set[tuple[int, int]]
    lines: Mapping[int, Message]


async def look(db: Db, client: Client, now: datetime) -> ActivityChoice:
    """The client sees what there is: from now on only what is newer is news."""
    choice = await activities.choice(db, client.id)
    if choice is None:
        choice = ActivityChoice(client_id=client.id, religion=None, wants_news=True, seen_at=now)
        db.add(choice)
    choice.seen_at = now
    if choice.wants_news:
        arm(db, client, now)
    return choice


def arm(db: Db, client: Client, now: datetime) -> None:
    due = rhythm.next_on(now, DAY, HOUR, time_zone=client.person.time_zone)
    timers.arm(db, Timer(f"client:{client.id}", NEWS, due))


def disarm(db: Db, client: Client) -> None:
    timers.disarm(db, f"client:{client.id}", NEWS)


async def set_news(db: Db, client: Client, *, wanted: bool, now: datetime) -> None:
    choice = await look(db, client, now)
    choice.wants_news = wanted
    if wanted:
        arm(db, client, now)
    else:
        disarm(db, client)


async def send(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """A fixed number of queries for the whole batch; without news nothing is said.

    Who rests hears of it next week: nothing counts as seen that was not said.
    """
    ids = [timer.subject_id for timer in due]
    found = await clients.by_ids(db, ids)
    choices = await activities.choices(db, ids)
    here = [one for one in found.values() if _takes_part(one, choices.get(one.id))]
    week = await _week(db, here, now)
    for client in here:
        arm(db, client, now)
        choice = choices[client.id]
        if resting.may_hear(client.person, now) and (fresh := _fresh(client, choice, week)):
            _post(db, client, fresh, week, now)
            choice.seen_at = now


def _takes_part(client: Client, choice: ActivityChoice | None) -> bool:
    return choice is not None and choice.wants_news and client.takes_part


async def _week(db: Db, here: Sequence[Client], now: datetime) -> Week:
    offices = sorted({one.person.office_id or 0 for one in here})
    found = await activities.coming(db, offices, now)
    coming: defaultdict[int, list[Activity]] = defaultdict(list)
    for one in found:
        coming[one.office_id].append(one)
    taken = await joinings.pairs(db, [one.id for one in here], [one.id for one in found])
    hosts = await people.by_ids(db, sorted({one.publisher_id for one in found}))
    lines = {one.id: activity_cards.news_line(one, hosts.get(one.publisher_id)) for one in found}
    return Week(coming, taken, lines)


def _fresh(client: Client, choice: ActivityChoice, week: Week) -> list[Activity]:
    """New since the last look, for this person, and not joined yet; a weekly row is one."""
    there = week.coming.get(client.person.office_id or 0, [])
    fresh = [
        one
        for one in activity_cards.wanted(there, choice.religion)
        if one.made_at > choice.seen_at and (client.id, one.id) not in week.taken
    ]
    return activity_cards.one_of_each(fresh)[: activity_cards.SHOWN]


def _post(db: Db, client: Client, fresh: list[Activity], week: Week, now: datetime) -> None:
    lines = [week.lines[one.id] for one in fresh]
    rows = (
        (Button("see", "d:menu:0:kegiatan"),),
        (Button("no_news", f"d:activity_news:{client.id}:no"),),
    )
    about = f"news:{client.id}@{'-'.join(str(one.id) for one in fresh)}"
    terms = Terms(Lane.PROMPT, subject=about, expires_at=now + _GOOD_FOR)
    cause = Cause(f"{NEWS}:{client.id}:{now:%Y%m%d}", now)
    message = Message("community.client.news_of_week", {"lines": lines}, rows)
    outbox.post(db, message, to=client.person, because=cause, terms=terms)
