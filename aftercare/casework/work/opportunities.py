"""Work and learning (peluang) for one client: what fits, how it is shown, what is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare.casework.work import skills
from aftercare.messages import Button, Message, Rows
from aftercare.records import opportunities, work_profiles
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.opportunities import Opportunity
from aftercare.records.work_profiles import WorkProfile
from aftercare.rules import excerpts, matching
from aftercare.rules.matching import Match, Offer, Reason, Seeker

#: How many of those that were shown before are listed again.
_AGAIN: Final = 4
#: Where it is, stands among the facts of the card; only the rest is said as a reason.
_SAID_BY_FACTS: Final = frozenset({"costs", "free"})


def key(organiser: str, title: str) -> str:
    """The natural key: written a little differently, it is the same opportunity."""
    return " | ".join(" ".join(part.casefold().split()) for part in (organiser, title))


def offer(row: Any) -> Offer:
    """A record, or a plain row of it, as the rule sees it."""
    return Offer(
        row.id,
        row.kind,
        frozenset(row.skills),
        row.confirmed_at.date(),
        row.district,
        row.online,
        row.cost,
        row.starts_on,
        row.ends_on,
        row.closes_on,
    )


def seeker(profile: WorkProfile, known: Iterable[int] = ()) -> Seeker:
    return Seeker(frozenset(profile.skills), profile.district, frozenset(known))


def today_of(client: Client, now: datetime) -> date:
    return now.astimezone(ZoneInfo(client.person.time_zone)).date()


def is_open(one: Opportunity, today: date) -> bool:
    return one.closed_at is None and matching.is_open(offer(one), today)


async def matches(db: Db, client: Client, now: datetime) -> list[Match]:
    """What fits and was not shown yet, the best first; nothing where we may not look."""
    profile = await work_profiles.find(db, client.id)
    if profile is None:
        return []
    office = client.person.office_id or 0
    offers = map(offer, (await opportunities.kept_of(db, [office]))[office])
    known = (await opportunities.shown_to(db, [client.id]))[client.id]
    return matching.best(offers, seeker(profile, known), today_of(client, now))


async def next_card(db: Db, client: Client, now: datetime) -> Message | None:
    """The best one that was not shown yet; from now on it was."""
    found = await matches(db, client, now)
    if not found:
        return None
    one = await opportunities.get(db, found[0].offer.id)
    await opportunities.show(db, [(client.id, found[0].offer.id)], now)
    return card(one, found[0].because, Message("opportunity.client.lead")) if one else None


async def card_again(db: Db, client: Client, opportunity_id: int, now: datetime) -> Message | None:
    """One that this client was shown before, while it is open."""
    profile = await work_profiles.find(db, client.id)
    one = await opportunities.get(db, opportunity_id)
    shown = await opportunities.showing(db, client.id, opportunity_id)
    today = today_of(client, now)
    if one is None or profile is None or shown is None or not is_open(one, today):
        return None
    match = matching.judge(offer(one), seeker(profile), today)
    because = match.because if match else ()
    return card(one, because, Message("opportunity.client.lead_again"))


async def nothing_new(db: Db, client: Client, now: datetime) -> Message:
    """That is all for now; what was shown and not turned down stands below."""
    left = [
        one.opportunity_id
        for one in await opportunities.showings(db, client.id)
        if one.answer != "not_for_me"
    ]
    known = await opportunities.by_ids(db, left)
    today = today_of(client, now)
    still = [known[one] for one in left if one in known and is_open(known[one], today)]
    rows = tuple(
        (Button("again", f"d:opportunity:{one.id}", {"title": excerpts.line(one.title)}),)
        for one in still[:_AGAIN]
    )
    moment = "only_earlier" if rows else "nothing_yet"
    rows = (*rows, (Button("change", "d:opportunity_search:0"),), (await _news_button(db, client),))
    return Message(f"opportunity.client.{moment}", {}, rows, labels_of="opportunity.client.list")


async def _news_button(db: Db, client: Client) -> Button:
    """Off where news come, on where they do not."""
    profile = await work_profiles.find(db, client.id)
    if profile is not None and profile.news:
        return Button("quiet", "d:opportunity_news:0")
    return Button("loud", "d:opportunity_news:1")


def card(one: Any, because: Sequence[Reason], lead: Message) -> Message:
    """`one` is a record or a plain row. What a tap on "Tertarik" does is said before it."""
    values = {
        "lead": lead,
        "title": one.title,
        "organiser": one.organiser,
        "facts": facts(one),
        "because": [_reason(reason) for reason in because if reason.code not in _SAID_BY_FACTS],
    }
    return Message("opportunity.client.card", values, _buttons(one.id))


def _buttons(number: int) -> Rows:
    return (
        (Button("yes", f"d:opportunity_yes:{number}"),),
        (
            Button("no", f"d:opportunity_no:{number}"),
            Button("next", f"d:opportunity_next:{number}"),
        ),
    )


def facts(one: Any) -> list[Message]:
    """What it is, when and where, what it costs: a line each."""
    found = [Message(f"opportunity.anyone.kind_{one.kind}")]
    if one.starts_on:
        ends = one.ends_on and one.ends_on != one.starts_on
        dates = {"starts_on": one.starts_on, "ends_on": one.ends_on}
        found.append(Message(f"opportunity.anyone.{'from_to' if ends else 'from'}", dates))
    if one.closes_on:
        found.append(Message("opportunity.anyone.closes", {"closes_on": one.closes_on}))
    if where := ", ".join(part for part in (one.place, one.district) if part):
        found.append(Message("opportunity.anyone.place", {"place": where}))
    if one.cost:
        found.append(Message("opportunity.anyone.costs", {"cost": rupiah(one.cost)}))
    else:
        found.append(Message("opportunity.anyone.free"))
    return found


def _reason(reason: Reason) -> Message:
    values = dict(reason.values)
    if "skills" in values:
        values["skills"] = skills.labels(values["skills"])
    return Message(f"opportunity.client.because_{reason.code}", values)


def rupiah(amount: int) -> str:
    """ "Rp150.000"."""
    return f"Rp{amount:,}".replace(",", ".")
