"""Runs a migration on the connection that `schema.upgrade` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum, String

from aftercare.records.columns import Moment, SealedJson, SealedText
from aftercare.records.schema import METADATA

_PLAIN = {
    Moment: "sa.DateTime(timezone=True)",
    SealedText: "sa.LargeBinary()",
    SealedJson: "sa.LargeBinary()",
    Enum: "sa.String(40)",
}


def plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations name SQL types only: they must still run when our own types have changed."""
    return _PLAIN.get(type(item), False) if kind == "type" else False


def differs(_context: Any, _i: Any, _m: Any, inspected: Any, ours: Any) -> bool | None:
    """An Enum of ours is text of 40 characters in the database."""
    return False if isinstance(ours, Enum) and isinstance(inspected, String) else None


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=plain,
    compare_type=differs,
)
with context.begin_transaction():
    context.run_migrations()
