"""What goes on around the office of the demo: a partner, a week of activities, one that was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.casework.community import activities
from aftercare.casework.community.activities import Plan
from aftercare.records.activities import Activity
from aftercare.records.clients import Client
from aftercare.records.joinings import Joining
from aftercare.records.people import Person
from kawan.desk import Desk

#: Days from today, the hour, and what; the demo begins on a Monday.
_COMING: Final = (
    (4, 16, "musik", "Musik sore", "Balai warga RW 05", 8, 1, "Alat musik sudah ada"),
    (5, 7, "senam", "Senam pagi", "Lapangan Tegalega", 20, 4, "Bawa minum"),
    (6, 7, "bakti", "Kerja bakti", "Taman RW 05", None, 1, None),
    (6, 9, "kebaktian", "Kebaktian Minggu", "Gereja di Jalan Merdeka", None, 1, None),
)
_LAST_WEEK: Final = timedelta(days=2)


async def fill(desk: Desk, partner: Person, officer: Person, client: Client, zone: str) -> None:
    """The partner's week, an hour of the officer's, and a good Saturday behind the client."""
    monday = desk.now.astimezone(ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0)
    for days, hour, kind, name, place, capacity, weeks, note in _COMING:
        at = monday.replace(hour=hour) + timedelta(days=days)
        plan = Plan(partner, kind, name, place, at, 90, capacity, weeks, note)
        await activities.publish(desk.db, plan, desk.now)
    at = monday.replace(hour=9) + timedelta(days=9)
    plan = Plan(officer, "hukum", "Belajar hukum bareng", "Aula kelurahan", at, 90, 25)
    await activities.publish(desk.db, plan, desk.now)
    _was(desk, partner, client, monday.replace(hour=7) - _LAST_WEEK)


def _was(desk: Desk, partner: Person, client: Client, at: datetime) -> None:
    activity = Activity(
        office_id=partner.office_id, publisher_id=partner.id, kind="senam", name="Senam pagi",
        place="Lapangan Tegalega", starts_at=at, minutes=90, made_at=at - timedelta(days=7),
    )  # fmt: skip
    came_at = at + timedelta(hours=2)
    desk.db.add(
        Joining(activity=activity, client=client, state="joined", joined_at=at - timedelta(days=2),
                named_at=at - timedelta(days=2), came_at=came_at, came_by=client.id, mood=4)
    )  # fmt: skip
