"""Makes and copies PostgreSQL databases for tests."""

from __future__ import annotations

import asyncio
from itertools import count

import asyncpg

_numbers = count(1)


def fresh_name() -> str:
    return f"kawan_{next(_numbers)}"


def create(server: str, name: str, template: str | None = None) -> str:
    """The address of a new database on this server, a copy of `template` where one is named."""
    asyncio.run(_create(server.replace("+asyncpg", ""), name, template))
    return server.replace("/postgres?", f"/{name}?")


async def _create(server: str, name: str, template: str | None) -> None:
    connection = await asyncpg.connect(server)
    copy = f' TEMPLATE "{template}"' if template else ""
    await connection.execute(f'CREATE DATABASE "{name}"{copy}')
    await connection.close()
