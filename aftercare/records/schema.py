"""All tables together, and the migrations that bring a database to them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from aftercare.records import (
    activities,
    alerts,
    applications,
    audit,
    bots,
    check_ins,
    clients,
    consents,
    conversations,
    crises,
    disclosures,
    family_invitations,
    family_programmes,
    inbox,
    invites,
    joinings,
    milestones,
    module_runs,
    officer_messages,
    offices,
    opportunities,
    outbox,
    people,
    prompts,
    relatives,
    sessions,
    staff,
    timers,
    work_profiles,
)
from aftercare.records.columns import Base
from aftercare.records.database import Database

TABLES: Final = (
    activities, alerts, applications, audit, bots, check_ins, clients, consents, conversations,
    crises, disclosures, family_invitations, family_programmes, inbox, invites, joinings,
    milestones, module_runs, officer_messages, offices, opportunities, outbox, people, prompts,
    relatives, sessions, staff, timers, work_profiles,
)  # fmt: skip
METADATA: Final = Base.metadata
MIGRATIONS: Final = Path(__file__).parent / "migrations"


async def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database to this version of the schema; nothing is done where it is there."""
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade, to)


def _upgrade(connection: Connection, to: str) -> None:
    command.upgrade(config(connection), to)


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, with the connection to work on."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def upgrade_now(url: str) -> None:
    """The same from a place that is not asynchronous."""
    asyncio.run(_upgrade_and_close(url))


async def _upgrade_and_close(url: str) -> None:
    database = Database(url)
    try:
        await upgrade(database)
    finally:
        await database.close()
