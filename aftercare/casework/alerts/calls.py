"""A client asks to be called; the officer hears of it at every level of sharing (F8)."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from aftercare.casework import calendar
from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.records import alerts as alert_records
from aftercare.records import offices
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.rules import ladder

KIND: Final = "wants_contact"
Outcome = Literal["asked", "asked_late", "waits"]


async def ask(db: Db, client: Client, now: datetime) -> Outcome:
    """ "waits" where an earlier wish is still open, "asked_late" while the office is closed."""
    if await alert_records.unclosed_about(db, client.id, KIND):
        return "waits"
    subject = f"client:{client.id}@{now:%Y%m%dT%H%M%S}"
    await alerts.open_(db, client, Concern(KIND, subject, "medium", (("asked", {}),)), now)
    office = await offices.get(db, client.person.office_id or 0)
    near = calendar.holidays_near(now.date()).keys()
    return "asked" if ladder.is_open(now, office.time_zone, near) else "asked_late"
