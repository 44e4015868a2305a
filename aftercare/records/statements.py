"""Inserts of many rows at once, and the few statements that SQLite and PostgreSQL spell apart."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert, Select, insert
from sqlalchemy.dialects import postgresql, sqlite

from aftercare.records.columns import Base
from aftercare.records.database import Db


def insert_rows(record: type[Base]) -> Insert:
    return insert(_table(record))


def insert_new(db: Db, record: type[Base], *unique: str) -> Insert:
    """An insert that passes over rows whose `unique` columns are already there."""
    if db.get_bind().dialect.name == "sqlite":
        return sqlite.insert(_table(record)).on_conflict_do_nothing(index_elements=unique)
    return postgresql.insert(_table(record)).on_conflict_do_nothing(index_elements=unique)


def insert_or_replace(
    db: Db, record: type[Base], unique: tuple[str, ...], *replaced: str
) -> Insert:
    """An insert that overwrites the `replaced` columns of a row with the same `unique` ones."""
    dialect: Any = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(_table(record))
    changed = {column: statement.excluded[column] for column in replaced}
    written: Insert = statement.on_conflict_do_update(index_elements=unique, set_=changed)
    return written


def _table(record: type[Base]) -> Any:
    # An insert into the class would look at every value of every row as the ORM does.
    return record.__table__


def for_one_worker(statement: Select[Any]) -> Select[Any]:
    """Rows that another worker holds are passed over (SQLite has one writer, so none are held)."""
    return statement.with_for_update(skip_locked=True)
