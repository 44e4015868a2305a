"""Each kind of timer that comes round for everybody at once, with what makes it say something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from aftercare.casework.check_ins import check_ins
from aftercare.casework.community import activity_news, activity_reminders
from aftercare.casework.exercises import plan_reviews
from aftercare.casework.family import family_programmes
from aftercare.casework.progress import milestones
from aftercare.casework.work import skills, work_search
from aftercare.messages import Message
from aftercare.records import conversations, people
from aftercare.records.activities import Activity, ActivityChoice
from aftercare.records.conversations import Opening
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.joinings import Joining
from aftercare.records.module_runs import Artefact, ModuleRun
from aftercare.records.opportunities import Opportunity
from aftercare.records.people import Person
from aftercare.records.prompts import Prompt
from aftercare.records.relatives import Relative
from aftercare.records.work_profiles import WorkProfile
from benchmarks import stage
from bot.flows import playing

DAY: Final = timedelta(days=1)
#: Tuesday, nine in the morning in Bandung.
MORNING: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
EVENING: Final = MORNING + timedelta(hours=10)
_RELATIVES_FROM: Final = 1_000_000
_A_GROUP: Final = 20
_OPPORTUNITIES: Final = 100
Settle = Callable[[Db, Sequence[int], datetime], Awaitable[Any]]


async def nothing(_db: Db, _ids: Sequence[int], _now: datetime) -> None:
    """Having joined is enough."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`of` is the subject of its timers, `first` the number of the first one of those.

    `says` is whether each of them is heard of by somebody.
    """

    timer: str
    now: datetime = MORNING
    joined: timedelta = DAY
    settle: Settle = nothing
    of: str = "client"
    first: int = stage.FIRST
    says: bool = True

    def subjects(self, number: int) -> list[str]:
        return [f"{self.of}:{self.first + at}" for at in range(number)]


async def round_armed(db: Db, ids: Sequence[int], now: datetime) -> None:
    """What else comes round is armed, as it is on any Sunday but the first."""
    for kind in (check_ins.MONTHLY, milestones.LOOK, plan_reviews.REVIEW):
        await stage.arm(db, kind, [f"client:{one}" for one in ids], now + DAY)
    await _places(db, ids, now)


async def unanswered(db: Db, ids: Sequence[int], now: datetime) -> None:
    """Yesterday's check-in, which nobody has tapped."""
    values = {"seen_by": Message("check_in.client.seen_by_0")}
    rows = []
    for one in ids:
        about = f"client:{one}@{now - DAY:%Y-%m-%d}"
        opening = Opening(one, about, values, timedelta(hours=20))
        row = conversations.fresh(check_ins.FLOWS["daily"], opening, now - DAY)
        row.id, row.state, row.step, row.revision = one, "live", "mood", 1
        rows.append(row)
    await conversations.insert_all(db, rows)


async def plans(db: Db, ids: Sequence[int], now: datetime) -> None:
    done = {"module": plan_reviews.MODULE, "before": 5, "after": 3, "finished_at": now - 31 * DAY}
    await _add(db, ModuleRun, [{"client_id": one, **done} for one in ids])
    line = {"words": "Telepon Asep", "module": plan_reviews.MODULE, "made_at": now - 31 * DAY}
    lines = [{"client_id": one, "kind": kind, **line} for one in ids for kind in plan_reviews.LINES]
    await _add(db, Artefact, lines)


async def weeks_at_home(db: Db, ids: Sequence[int], now: datetime) -> None:
    await _places(db, ids, now)
    await _said_last_week(db, ids, "family", now)


async def relatives(db: Db, ids: Sequence[int], now: datetime) -> None:
    """One beside each client, in the third week."""
    who = [_RELATIVES_FROM + at for at in range(len(ids))]
    person = {"audience": "family", "name": "Ibu Siti", "made_at": now}
    await _add(db, Person, [{"id": one, "telegram_id": one, **person} for one in who])
    beside = {"relation": "mother", "scopes": [family_programmes.SCOPE], "made_at": now}
    pairs = [
        {"person_id": one, "client_id": client, "agreed_at": now - DAY, **beside}
        for one, client in zip(who, ids, strict=True)
    ]
    await _add(db, Relative, pairs)
    await _places(db, [*who, *ids], now)
    await _said_last_week(db, who, "family", now)


async def _places(db: Db, ids: Sequence[int], now: datetime) -> None:
    place = {"way": "family", "chosen_at": now - 21 * DAY, "asked": 1, "week": 3, "round": 1}
    await _add(db, FamilyProgramme, [{"person_id": one, **place} for one in ids])


async def _said_last_week(db: Db, ids: Sequence[int], way: str, now: datetime) -> None:
    said = {"theme": "week_03", "way": way, "round": 1, "posted_at": now - 7 * DAY}
    await _add(db, Prompt, [{"person_id": one, **said} for one in ids])


async def work(db: Db, ids: Sequence[int], now: datetime) -> None:
    """A hundred offers in forty districts, and clients with one skill each."""
    can, moments = list(skills.table())[:9], {"made_at": now, "changed_at": now}
    office = await stage.office(db)
    offers = [
        {
            "office_id": office, "key": f"{at}", "title": f"Kursus {at}", "organiser": "Balai",
            "kind": "job", "skills": [can[at % 9]], "district": f"Daerah{at % 40}, Bandung",
            "contact": "0812", "online": at % 9 == at % 10, "confirmed_at": now, **moments,
        }
        for at in range(_OPPORTUNITIES)
    ]  # fmt: skip
    await _add(db, Opportunity, offers)
    profiles = [
        {
            "client_id": one, "skills": [can[one % 9]], "district": f"Daerah{one % 40}",
            "text_version": "1", **moments,
        }
        for one in ids
    ]  # fmt: skip
    await _add(db, WorkProfile, profiles)


async def news(db: Db, ids: Sequence[int], now: datetime) -> None:
    """Eight new activities, of which three are told of."""
    await _activities(db, 8, now)
    await _add(db, ActivityChoice, [{"client_id": one, "seen_at": now - 7 * DAY} for one in ids])


async def joinings(db: Db, ids: Sequence[int], now: datetime) -> None:
    """Groups of twenty."""
    await _activities(db, -(-len(ids) // _A_GROUP), now)
    rows = [
        {"id": one, "activity_id": 1 + at // _A_GROUP, "client_id": one}
        for at, one in enumerate(ids)
    ]
    await _add(db, Joining, [{**row, "state": "joined", "joined_at": now - DAY} for row in rows])


async def _activities(db: Db, number: int, now: datetime) -> None:
    office = await stage.office(db)
    host = people.add(db, "partner", "Sanggar Mekar", now=now, office_id=office)
    await db.flush()
    one = {
        "office_id": office, "publisher_id": host.id, "kind": "senam", "place": "Lapangan Tegalega",
        "name": "Senam pagi", "starts_at": now + DAY, "minutes": 60, "made_at": now - DAY,
    }  # fmt: skip
    await _add(db, Activity, [{"id": 1 + at, **one} for at in range(number)])


async def _add(db: Db, table: Any, rows: list[dict[str, Any]]) -> None:
    await db.execute(insert(table), rows)


DAILY: Final = Kind(check_ins.DAILY)
#: Everything else that is due for many people in the same second.
OTHERS: Final = (
    Kind(playing.EXPIRE, settle=unanswered, of="conversation", says=False),
    Kind(check_ins.WEEKLY, EVENING + 5 * DAY, settle=round_armed),
    Kind(check_ins.MONTHLY, EVENING, joined=30 * DAY),
    Kind(milestones.LOOK, joined=7 * DAY),
    Kind(plan_reviews.REVIEW, EVENING, joined=40 * DAY, settle=plans),
    Kind(family_programmes.CLIENT, settle=weeks_at_home, of="person"),
    Kind(family_programmes.RELATIVE, settle=relatives, of="person", first=_RELATIVES_FROM),
    Kind(work_search.NEWS, settle=work),
    Kind(activity_news.NEWS, settle=news),
    Kind(activity_reminders.EVENING, settle=joinings, of="joining"),
)
