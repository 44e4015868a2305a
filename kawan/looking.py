"""How the product is doing: what waits, since when, what is late, what was kept aside."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from aftercare.records import alerts, inbox, outbox, timers
from aftercare.records.inbox import Update
from aftercare.records.outbox import Outgoing
from kawan.desk import Desk
from kawan.register import Answer

#: Longer than this and something is behind: Telegram itself answers in milliseconds.
PATIENCE: Final = timedelta(minutes=2)


async def status(desk: Desk) -> Answer:
    """Counts and ages in seconds; `behind` names what should make somebody look."""
    heard = select(func.min(Update.received_at)).where(
        Update.handled_at.is_(None), Update.aside_at.is_(None)
    )
    said = select(func.min(Outgoing.not_before)).where(
        Outgoing.state == "waiting", Outgoing.not_before <= desk.now
    )
    facts = {
        "updates_waiting": await inbox.waiting(desk.db),
        "oldest_update": _age(await desk.db.scalar(heard), desk.now),
        "messages": await outbox.counts(desk.db),
        "oldest_message": _age(await desk.db.scalar(said), desk.now),
        "timers_overdue": await timers.overdue(desk.db, desk.now - PATIENCE),
        "alerts": await alerts.counts(desk.db),
        "updates_aside": len(await inbox.aside(desk.db)),
        "timers_aside": len(await timers.aside(desk.db)),
    }
    return {**facts, "behind": _behind(facts)}


def _age(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()))


def _behind(facts: dict[str, Any]) -> list[str]:
    late = PATIENCE.total_seconds()
    behind = [name for name in ("oldest_update", "oldest_message") if (facts[name] or 0) > late]
    behind += [name for name in ("timers_overdue", "updates_aside", "timers_aside") if facts[name]]
    return behind + (["messages_held"] if facts["messages"].get("held") else [])


async def aside(desk: Desk) -> list[Answer]:
    """What was kept for a person to look at: ids and kinds of error, never words."""
    updates = [
        {"what": "update", "id": one.update_id, "since": one.aside_at, "error": one.error}
        for one in await inbox.aside(desk.db)
    ]
    late = [
        {"what": f"timer {one.kind} of {one.subject}", "id": one.id, "since": one.aside_at,
         "error": one.error}
        for one in await timers.aside(desk.db)
    ]  # fmt: skip
    return updates + late


async def retry(desk: Desk) -> Answer:
    """Let everything that was kept aside in again."""
    return {
        "updates": await inbox.retry_aside(desk.db),
        "timers": await timers.retry_aside(desk.db, desk.now),
    }
