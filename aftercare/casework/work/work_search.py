"""Looking for work and learning: the client's yes to it, and new matches once a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from aftercare.casework import resting
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.work import opportunities as work
from aftercare.casework.work import skills
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, opportunities, outbox, timers, work_profiles
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.timers import Timer
from aftercare.records.work_profiles import WorkProfile
from aftercare.rules import matching, rhythm
from aftercare.rules.matching import Match, Shelves

NEWS: Final = "opportunity.news"
_GOOD_FOR: Final = timedelta(hours=9)
#: Of an area as it is kept: longer ones are sentences.
_LONGEST: Final = 60


class Found(Arguments):
    """What the client can do and where; None leaves what was kept before."""

    skills: list[str] | None = None
    district: str | None = None


async def recall(act: Act, _given: Arguments) -> Outcome:
    """Whether we look already, and with what."""
    profile = await work_profiles.find(act.db, act.person.id)
    if profile is None:
        return Outcome("none")
    labels = skills.labels(profile.skills)
    return Outcome("known", {"skills": labels or "–", "district": profile.district or "–"})


async def keep(act: Act, given: Found) -> Outcome:
    """The client said yes: from now on we look, and tell once a week."""
    profile = await work_profiles.find(act.db, act.person.id)
    if profile is None:
        profile = WorkProfile(client_id=act.person.id, skills=[], news=True, made_at=act.now)
        profile.text_version = act.text_version
        act.db.add(profile)
    if given.skills is not None:
        profile.skills = skills.known(given.skills)
    if given.district is not None:
        profile.district = " ".join(given.district.split())[:_LONGEST] or None
    profile.changed_at = act.now
    await act.db.flush()
    if profile.news:
        arm(act.db, await clients.get(act.db, act.person.id), act.now)
    return Outcome()


async def forget(act: Act, _given: Arguments) -> Outcome:
    """The client wants us to stop: what we looked with is gone, what was shown stays known."""
    profile = await work_profiles.find(act.db, act.person.id)
    if profile is not None:
        await act.db.delete(profile)
    timers.disarm(act.db, _subject(act.person.id), NEWS)
    return Outcome()


async def show(act: Act, _given: Arguments) -> Outcome:
    """The best match, as a card of its own after what the conversation says."""
    client = await clients.get(act.db, act.person.id)
    found = await work.next_card(act.db, client, act.now)
    if found is None:
        return Outcome("none")
    outbox.post(act.db, found, to=act.person, because=act.because)
    return Outcome("shown")


async def set_news(db: Db, client: Client, now: datetime, *, wanted: bool) -> None:
    """Whether new matches come unasked; what was kept stays, and /peluang shows what fits."""
    profile = await work_profiles.find(db, client.id)
    if profile is None:
        return
    profile.news = wanted
    if wanted:
        arm(db, client, now)
    else:
        timers.disarm(db, _subject(client.id), NEWS)


def arm(db: Db, client: Client, now: datetime) -> None:
    due = matching.next_news_at(now, client.person.time_zone)
    timers.arm(db, Timer(_subject(client.id), NEWS, due))


def _subject(client_id: int) -> str:
    return f"client:{client_id}"


async def tell_news(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """One card each for those with a new match; a fixed number of queries for the whole batch."""
    profiles = await work_profiles.with_news(db, [timer.subject_id for timer in due])
    found = await clients.by_ids(db, list(profiles))
    takes_part = [one for one in found.values() if one.takes_part]
    for client in takes_part:
        arm(db, client, now)
    in_time = {timer.subject_id for timer in due if now - timer.due_at < _GOOD_FOR}
    awake = [one for one in takes_part if resting.may_hear(one.person, now)]
    listening = [one for one in awake if one.id in in_time]
    places = {_place(one) for one in listening}
    kept = await opportunities.kept_of(db, {office for office, _ in places})
    by_place = {place: _shelves(kept[place[0]], now, place[1]) for place in places}
    known = await opportunities.shown_to(db, [one.id for one in listening])
    rows = {row.id: row for found in kept.values() for row in found}
    told = []
    for client in listening:
        seeker = work.seeker(profiles[client.id], known[client.id])
        shelves, today = by_place[_place(client)]
        if match := matching.best_news(shelves, seeker, today):
            told.append((client.id, match.offer.id))
            _post(db, client, rows[match.offer.id], match, now)
    await opportunities.show(db, told, now)


def _place(client: Client) -> tuple[int, str]:
    """Whose list, and on whose calendar."""
    return client.person.office_id or 0, client.person.time_zone


def _shelves(rows: Sequence[Any], now: datetime, time_zone: str) -> tuple[Shelves, date]:
    today = rhythm.local_day(now, time_zone)
    return matching.shelved(map(work.offer, rows), today), today


def _post(db: Db, client: Client, row: Any, match: Match, now: datetime) -> None:
    card = work.card(row, match.because, Message("opportunity.client.lead_news"))
    terms = Terms(
        Lane.PROMPT, expires_at=now + _GOOD_FOR, subject=f"opportunity:{row.id}@{client.id}"
    )
    cause = Cause(f"{NEWS}:{client.id}:{now:%Y%m%d}", now)
    outbox.post(db, card, to=client.person, because=cause, terms=terms)


ACTIONS: Final = (
    Action("recall_work_search", recall, outcomes=("known", "none"), values=("skills", "district")),
    Action("keep_work_search", keep, Found),
    Action("forget_work_search", forget),
    Action("show_opportunity", show, outcomes=("shown", "none")),
)
