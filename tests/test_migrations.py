"""A database of either kind can be brought to today's tables, and back."""

from __future__ import annotations

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Enum, String, inspect

from aftercare.records import schema
from aftercare.records.database import Database


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
