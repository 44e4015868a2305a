"""The few statements that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert, Select
from sqlalchemy.dialects import postgresql, sqlite

from aftercare.records.columns import Base
from aftercare.records.database import Db


def insert_new(db: Db, table: type[Base], *unique: str) -> Insert:
    """An insert that passes over rows whose `unique` columns are already there."""
    if db.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing(index_elements=unique)
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=unique)


def insert_or_replace(db: Db, table: type[Base], unique: tuple[str, ...], *replaced: str) -> Insert:
    """An insert that overwrites the `replaced` columns of a row with the same `unique` ones."""
    dialect: Any = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    changed = {column: statement.excluded[column] for column in replaced}
    written: Insert = statement.on_conflict_do_update(index_elements=unique, set_=changed)
    return written


def for_one_worker(statement: Select[Any]) -> Select[Any]:
    """Rows that another worker holds are passed over (SQLite has one writer, so none are held)."""
    return statement.with_for_update(skip_locked=True)
