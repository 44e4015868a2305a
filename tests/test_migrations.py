"""A database of either kind can be brought to today's tables, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Enum, MetaData, String, insert, inspect, select

from aftercare import sealed
from aftercare.records import consents, people, schema
from aftercare.records.clients import Client
from aftercare.records.database import Database

JOINED = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": _differs})
    return list(compare_metadata(context, schema.METADATA))


def _differs(_context: Any, _i: Any, _m: Any, inspected: Any, ours: Any) -> bool | None:
    return False if isinstance(ours, Enum) and isinstance(inspected, String) else None


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def downgrade(connection: Connection) -> None:
    command.downgrade(schema.config(connection), "base")


async def test_an_empty_database_gets_exactly_the_tables_that_the_records_describe(
    empty_url: str,
) -> None:
    database = Database(empty_url)

    await schema.upgrade(database)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(differences)
    await database.close()

    assert found == []


async def test_the_way_back_leaves_nothing_and_the_way_up_works_again(empty_url: str) -> None:
    database = Database(empty_url)
    await schema.upgrade(database)

    async with database.engine.begin() as connection:
        await connection.run_sync(downgrade)
        left = await connection.run_sync(tables)
    await schema.upgrade(database)
    await schema.upgrade(database)
    async with database.engine.connect() as connection:
        back = await connection.run_sync(tables)
    await database.close()

    assert left == {"alembic_version"}
    assert back - {"alembic_version"} == set(schema.METADATA.tables)


def an_office_of_the_first_tables(connection: Connection) -> None:
    """Sari, and Budi who has joined, as they were written before any table was added."""
    tables = MetaData()
    tables.reflect(connection)

    def write(table: str, **row: Any) -> int:
        written = connection.execute(insert(tables.tables[table]).values(**row))
        (number,) = written.inserted_primary_key or (0,)
        return int(number)

    zone = {"time_zone": "Asia/Jakarta", "made_at": JOINED}
    office = write("offices", name="Bapas Bandung", waits={}, **zone)
    sari, budi = (
        write("people", office_id=office, audience=who, name=sealed.seal(name), **zone)
        for name, who in (("Sari", "officer"), ("Budi", "client"))
    )
    asked = {"check_in_hour": "19:00", "rhythm": "daily", "joined_at": JOINED}
    write("clients", id=budi, officer_id=sari, regime="aftercare", sharing_level=2, **asked)
    yes = {"kind": "check_ins", "given": True, "text_version": "1", "at": JOINED}
    write("consents", person_id=budi, **yes)


async def test_an_office_that_began_with_the_first_tables_loses_nobody(empty_url: str) -> None:
    database = Database(empty_url)
    await schema.upgrade(database, "0001")
    async with database.engine.begin() as connection:
        await connection.run_sync(an_office_of_the_first_tables)

    await schema.upgrade(database)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    async with database.transaction() as db:
        (budi,) = await db.scalars(select(Client))
        sari = await people.get(db, budi.officer_id)
        assert (budi.person.name, budi.person.language, budi.joined_at) == ("Budi", "id", JOINED)
        assert (sari.name, sari.office_id) == ("Sari", budi.person.office_id)
        assert await consents.current_of(db, [budi.id], "check_ins") == {budi.id}
    await database.close()
