"""Whoever chooses a time zone or another hour is met at that hour by everything that waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aftercare.casework.exercises import plan_reviews
from aftercare.casework.family import family_programmes
from aftercare.casework.progress import milestones
from aftercare.casework.sessions import reminders
from aftercare.casework.taking_part import rounds
from aftercare.casework.work import work_search
from aftercare.records import clients, timers
from aftercare.records.sessions import Participant, Session
from aftercare.records.timers import Timer
from aftercare.rules import reminders as rule
from tests import newcomers
from tests.town import Neighbour, Town

JAYAPURA = ZoneInfo("Asia/Jayapura")
#: The Monday after, ten in the morning in Bandung, noon in Jayapura.
SESSION = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


async def armed(town: Town, *subjects: str) -> dict[str, datetime]:
    async with town.database.transaction() as db:
        return {one.kind: one.due_at for one in await timers.of_subjects(db, list(subjects))}


async def budi_waits_for_everything(town: Town) -> str:
    """Returns what Budi's part in the session is called among the timers."""
    async with town.database.transaction() as db:
        client, now = await clients.get(db, town.budi.id), town.clock.now()
        await rounds.begin(db, client, now)
        family_programmes.arm_first(db, client, now)
        work_search.arm(db, client, now)
        session = Session(
            office_id=town.office, officer_id=town.sari.id, kind="konseling", mode="in_person",
            place="Ruang Melati", starts_at=SESSION, minutes=60, state="booked", version=1,
            code="4711", made_at=now,
        )  # fmt: skip
        one = Participant(session=session, client=client)
        db.add(one)
        await db.flush()
        reminders.arm(db, one, now)
        return one.subject


async def moves_to_jayapura(who: Neighbour) -> None:
    await who.writes("/privasi")
    for label in ("Ubah nama, jam, izin", "Zona waktu", "WIT, seperti Maluku"):
        await who.taps(label)


async def chooses_the_morning(who: Neighbour) -> None:
    await who.writes("/privasi")
    for label in ("Ubah nama, jam, izin", "Jam menanyakan kabar", "7 pagi"):
        await who.taps(label)


def on_the_wall(due: datetime) -> str:
    return f"{due.astimezone(JAYAPURA):%a %H:%M}"


async def test_the_first_look_at_the_plan_waits_for_the_zone_and_hour_of_the_welcome(
    town: Town,
) -> None:
    asep, code = await newcomers.client(town, "Asep")
    await asep.writes(f"/start {code}")

    await newcomers.says_yes(asep)  # in Makassar, at seven in the morning

    found = await armed(town, f"client:{asep.id}", f"person:{asep.id}")
    there = {kind: due.astimezone(ZoneInfo("Asia/Makassar")) for kind, due in found.items()}
    assert f"{there[plan_reviews.REVIEW]:%H:%M}" == "07:30"
    assert f"{there[milestones.LOOK]:%H:%M}" == "09:00"
    assert f"{there[family_programmes.CLIENT]:%H:%M}" == "16:30"


async def test_whatever_waits_for_budis_clock_follows_him_to_jayapura(town: Town) -> None:
    about = await budi_waits_for_everything(town)
    here = (f"client:{town.budi.id}", f"person:{town.budi.id}", about)
    before = await armed(town, *here)

    await moves_to_jayapura(town.budi)

    after = await armed(town, *here)
    earlier = {kind for kind, due in after.items() if before[kind] - due == timedelta(hours=2)}
    assert before.keys() == after.keys()
    # Two hours before a start is no hour of a wall, and stays.
    assert after.keys() - earlier == {rule.H0}
    assert on_the_wall(after[plan_reviews.REVIEW]) == "Tue 19:30"
    assert on_the_wall(after[rule.H1]) == "Sun 18:00"


async def test_another_hour_moves_the_plan_and_leaves_our_own_hours_alone(town: Town) -> None:
    about = await budi_waits_for_everything(town)
    here = (f"client:{town.budi.id}", f"person:{town.budi.id}", about)
    before = await armed(town, *here)

    await chooses_the_morning(town.budi)

    after = await armed(town, *here)
    moved = {kind for kind, due in after.items() if due != before[kind]}
    assert moved == {"check_in.daily", "check_in.weekly", "check_in.monthly", plan_reviews.REVIEW}
    assert before[plan_reviews.REVIEW] - after[plan_reviews.REVIEW] == timedelta(hours=12)


async def test_a_reminder_whose_new_hour_has_passed_comes_at_once(town: Town) -> None:
    about = await budi_waits_for_everything(town)
    await town.until(datetime(2026, 11, 29, 10, 0, tzinfo=UTC))  # Sunday, 17.00 in Bandung
    await town.budi.heard()

    await moves_to_jayapura(town.budi)  # where it is 19.00
    await town.passes(minutes=1)

    assert "session.client.remind_h1" in await town.budi.heard()
    assert rule.H1 not in await armed(town, about)


async def test_what_the_plan_remembers_is_not_lost_on_the_way(town: Town) -> None:
    await budi_waits_for_everything(town)
    known = {"offered": True}
    async with town.database.transaction() as db:
        due = town.clock.now() + timedelta(days=3)
        timers.arm(db, Timer(f"client:{town.budi.id}", plan_reviews.REVIEW, due, payload=known))

    await moves_to_jayapura(town.budi)

    async with town.database.transaction() as db:
        found = await timers.of_subject(db, f"client:{town.budi.id}")
    assert [one.payload for one in found if one.kind == plan_reviews.REVIEW] == [known]
