"""An office of made-up people for the demo: nobody is real, the past is drawn by lot."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.casework.family import families, family_programmes
from aftercare.casework.sessions import sessions
from aftercare.casework.sessions.sessions import Plan
from aftercare.casework.staff import digests
from aftercare.casework.taking_part import rounds
from aftercare.records import people
from aftercare.records.check_ins import CheckIn
from aftercare.records.clients import Client
from aftercare.records.consents import KINDS, Consent
from aftercare.records.people import Person
from aftercare.records.sessions import Attendance, Participant, Session, fresh_code
from kawan import register, sample_activities, sample_directory
from kawan.desk import Desk
from kawan.register import Member, Newcomer

ZONE: Final = "Asia/Jakarta"
OFFICE: Final = "Bapas Contoh"
_SEED: Final = 7
#: How many weeks ago, and what became of the session then.
_PAST: Final[tuple[tuple[int, Attendance], ...]] = (
    (4, "present"),
    (3, "excused"),
    (2, "present"),
    (1, "present"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Who was made, by the part they play; `ujang_link` is still to be opened."""

    sari: Person
    dewi: Person
    hendra: Person
    budi: Person
    rina: Person
    mekar: Person
    ujang_link: str


async def settle_in(desk: Desk) -> Sample:
    """An office, its staff, a client with four weeks behind him, his mother, and a newcomer."""
    await register.office(desk, OFFICE, ZONE)
    hendra = await _member(desk, "Hendra Wijaya", "head")
    dewi = await _member(desk, "Dewi Lestari", "officer")
    sari = await _member(desk, "Sari Rahmawati", "officer", cover="Dewi Lestari")
    budi = await _joined(desk, "Budi Santoso", sari)
    _four_weeks(desk, budi, sari)
    rina = await _mother(desk, budi)
    await _tomorrow(desk, budi, sari)
    sample_directory.fill(desk, sari.office_id or 0, budi)
    mekar = await _member(desk, "Mekar Hidayat", "partner")
    await sample_activities.fill(desk, mekar, sari, budi, ZONE)
    newcomer = await register.client(desk, Newcomer("Ujang Permana", sari.name or ""))
    return Sample(sari, dewi, hendra, budi.person, rina, mekar, newcomer["link"])


async def _member(desk: Desk, name: str, role: register.Role, cover: str | None = None) -> Person:
    made = await register.staff(desk, Member(name, role, OFFICE, cover))
    person = await people.get(desk.db, made["id"])
    await digests.arm(desk.db, person, desk.now)
    return person


async def _joined(desk: Desk, name: str, officer: Person) -> Client:
    """Past the welcome: agreed to everything, and shares how it is going."""
    made = await register.client(desk, Newcomer(name, officer.name or ""))
    client = await desk.db.get_one(Client, made["id"])
    client.sharing_level, client.joined_at = 2, desk.now - timedelta(weeks=5)
    for kind in KINDS:
        desk.db.add(
            Consent(person_id=client.id, kind=kind, given=True, text_version="demo", at=desk.now)
        )
    await rounds.begin(desk.db, client, desk.now)
    await family_programmes.begin(desk.db, client, desk.now)
    return client


def _four_weeks(desk: Desk, client: Client, officer: Person) -> None:
    """Mood slowly up and urge slowly down, with the ups and downs of a real month."""
    lot = random.Random(_SEED)
    today = desk.now.astimezone(ZoneInfo(ZONE)).date()
    for days_ago in range(28, 0, -1):
        if lot.random() < 0.15:
            continue
        week = (28 - days_ago) / 7
        mood = min(5, max(1, round(2.3 + 0.5 * week + lot.uniform(-0.9, 0.9))))
        urge = min(10, max(0, round(6.5 - 1.1 * week + lot.uniform(-1.5, 1.5))))
        _check_in(desk, client, today - timedelta(days=days_ago), {"mood": mood, "urge": urge})
    for weeks_ago, attendance in _PAST:
        _past_session(desk, client, officer, weeks_ago, attendance)


def _check_in(desk: Desk, client: Client, day: date, items: dict[str, int]) -> None:
    at = datetime.combine(day, time(12, 5), UTC)
    desk.db.add(
        CheckIn(
            client_id=client.id, kind="daily", on_day=day, asked_at=at, answered_at=at, items=items
        )
    )


def _past_session(
    desk: Desk, client: Client, officer: Person, weeks_ago: int, attendance: Attendance
) -> None:
    at = desk.now - timedelta(weeks=weeks_ago) + timedelta(hours=1)
    session = Session(
        office_id=officer.office_id,
        officer_id=officer.id,
        kind="konseling",
        place="Ruang 2",
        starts_at=at,
        minutes=60,
        code=fresh_code(),
        made_at=at - timedelta(days=7),
    )
    session.participants = [
        Participant(
            client_id=client.id, attendance=attendance, recorded_at=at, recorded_by=officer.id
        )
    ]
    desk.db.add(session)


async def _mother(desk: Desk, client: Client) -> Person:
    scopes = ("session_reminders", "invitations")
    relative = await families.add(desk.db, client, "parent", scopes, desk.now)
    relative.agreed_at = desk.now
    person = await people.get(desk.db, relative.person_id)
    person.nickname = "Bu Rina"
    await family_programmes.begin_beside(desk.db, relative, desk.now)
    return person


async def _tomorrow(desk: Desk, client: Client, officer: Person) -> None:
    at = (desk.now.astimezone(ZoneInfo(ZONE)) + timedelta(days=1)).replace(
        hour=9, minute=0, second=0, microsecond=0
    )
    plan = Plan(officer.office_id or 0, officer, (client,), "konseling", "Ruang 2", at)
    await sessions.book(desk.db, plan, desk.now)
