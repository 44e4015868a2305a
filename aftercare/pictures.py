"""Pictures and files, made at the moment of sending from what the records say then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aftercare.messages import Media
from aftercare.records.database import Db


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes with the name that the reader's phone will show."""

    kind: Literal["photo", "document", "animation"]
    name: str
    content: bytes


Drawing = Callable[[], Picture]
"""The slow part, free of the database, so that it can run in a thread."""
Producer = Callable[[Db, Mapping[str, Any], datetime], Awaitable[Drawing]]


async def prepare(
    producers: Mapping[str, Producer], media: Media, db: Db, now: datetime
) -> Drawing:
    """Read what the picture shows; the caller draws it outside the transaction."""
    return await producers[media.producer](db, media.arguments, now)
