"""What a client does about activities: sees them, is offered one by an exercise, chooses."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.community import activity_cards, activity_news, joinings
from aftercare.messages import Button, Message, Rows
from aftercare.records import activities, clients, consents, conversations, outbox, people
from aftercare.records import joinings as joining_records
from aftercare.records.activities import Activity
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.joinings import Joining
from aftercare.records.outbox import Cause
from aftercare.rules import activities as rule
from aftercare.rules.activities import Religion, Taste

FLOW: Final = "community"


async def card(db: Db, client: Client, page: int, now: datetime) -> Message:
    """What is coming, a few at a time, each joined or left by its button."""
    choice = await activity_news.look(db, client, now)
    found = activity_cards.wanted(await _near(db, client, now), choice.religion)
    mine = await joining_records.of_client(db, client.id, [one.id for one in found])
    listed = activity_cards.one_of_each(found, set(mine))
    settings = Button("settings", f"d:community_settings:{client.id}")
    if not listed:
        return Message("community.client.none", {}, ((settings,),))
    pages = -(-len(listed) // activity_cards.SHOWN)
    page = min(max(page, 1), pages)
    shown = listed[(page - 1) * activity_cards.SHOWN : page * activity_cards.SHOWN]
    more = (Button("more", f"d:activities:{page % pages + 1}"),) if pages > 1 else ()
    lines, rows = await _shown(db, shown, mine)
    return Message("community.client.list", {"lines": lines}, (*rows, (*more, settings)),
                   labels_of="community.client.buttons")  # fmt: skip


async def _near(db: Db, client: Client, now: datetime) -> list[Activity]:
    """In the client's own office: we ask nobody where he or she is."""
    return await activities.coming(db, [client.person.office_id or 0], now)


async def _shown(
    db: Db, shown: list[Activity], mine: dict[int, Joining]
) -> tuple[list[Message], Rows]:
    counted = await joining_records.counts(db, [one.id for one in shown])
    hosts = await people.by_ids(db, sorted({one.publisher_id for one in shown}))
    lines, rows = [], []
    for one in shown:
        joined = counted[one.id].get("joined", 0)
        lines.append(activity_cards.line(one, mine.get(one.id), joined, hosts[one.publisher_id]))
        rows.append((activity_cards.button(one, mine.get(one.id), joined),))
    return lines, tuple(rows)


class Wanted(Arguments):
    """What an exercise has just asked for; nothing means anything."""

    taste: Taste | None = None


async def find(act: Act, given: Wanted) -> Outcome:
    one = await _fitting(act, given)
    return Outcome("found", _offered(one)) if one else Outcome("none")


async def offer(act: Act, given: Wanted) -> Outcome:
    """The same as a message of its own, with a button that stays good."""
    one = await _fitting(act, given)
    if one is None:
        return Outcome("none")
    host = await people.get(act.db, one.publisher_id)
    rows = ((activity_cards.button(one, None, 0),),)
    message = Message(
        "community.client.offer", activity_cards.values(one, host), rows,
        labels_of="community.client.buttons",
    )  # fmt: skip
    outbox.post(act.db, message, to=act.person, because=act.because)
    return Outcome("found")


async def _fitting(act: Act, given: Wanted) -> Activity | None:
    """The next activity that fits, that the client is not in yet, and that has room."""
    client = await clients.get(act.db, act.person.id)
    known = await activities.choice(act.db, client.id)
    found = await _near(act.db, client, act.now)
    mine = await joining_records.of_client(act.db, client.id, [one.id for one in found])
    counted = await joining_records.counts(act.db, [one.id for one in found])
    for one in activity_cards.wanted(found, known.religion if known else None):
        full = activity_cards.room_left(one, counted[one.id].get("joined", 0)) == 0
        if rule.fits(one.kind, given.taste) and one.id not in mine and not full:
            if known is None:
                await activity_news.look(act.db, client, act.now)
            return one
    return None


def _offered(one: Activity) -> dict[str, object]:
    return {
        "activity": one.id, "coming": one.name, "coming_at": one.starts_at,
        "coming_place": one.place,
    }  # fmt: skip


class Joined(Arguments):
    activity: int | None = None


async def join(act: Act, given: Joined) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    one = await joinings.join(act.db, given.activity or 0, client, act.now)
    if one is None:
        return Outcome("passed")
    say = [await joinings.joined_message(act.db, one, act.now)]
    if one.named_at is None:
        say.append(joinings.name_question(one))
    for at, message in enumerate(say):
        cause = Cause(f"{act.because.id}:{at}", act.now)
        outbox.post(act.db, message, to=act.person, because=cause)
    return Outcome(one.state)


class News(Arguments):
    wanted: bool


async def set_news(act: Act, given: News) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    await activity_news.set_news(act.db, client, wanted=given.wanted, now=act.now)
    return Outcome()


class Worship(Arguments):
    """Nothing means: take it away again."""

    religion: Religion | None = None


async def choose_religion(act: Act, given: Worship) -> Outcome:
    """Kept with the words that were read before; a no takes the choice away with it."""
    client = await clients.get(act.db, act.person.id)
    choice = await activity_news.look(act.db, client, act.now)
    choice.religion = given.religion
    consents.add(
        act.db, client.id, "religion", given=given.religion is not None,
        text_version=act.text_version, now=act.now,
    )  # fmt: skip
    return Outcome()


async def begin(act: Act, _given: Arguments) -> Outcome:
    """The questions about activities, once this conversation has ended."""
    conversations.queue(act.db, act.person.id, FLOW, now=act.now)
    return Outcome()


_FOUND: Final = ("activity", "coming", "coming_at", "coming_place")
ACTIONS: Final = (
    Action("find_activity", find, Wanted, ("found", "none"), _FOUND),
    Action("offer_activity", offer, Wanted, ("found", "none")),
    Action("join_activity", join, Joined, ("joined", "waiting", "passed")),
    Action("set_activity_news", set_news, News),
    Action("choose_religion", choose_religion, Worship),
    Action("begin_community", begin),
)
