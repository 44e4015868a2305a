"""A client asks to be called; the officer hears of it at every level of sharing (F8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from aftercare.casework import calendar
from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.messages import Message
from aftercare.records import alerts as alert_records
from aftercare.records import offices
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.rules import ladder

KIND: Final = "wants_contact"
#: For so long one wish is one; whoever asks again after it is told of again.
_ONE_WISH: Final = timedelta(days=1)
Outcome = Literal["asked", "asked_late", "waits"]


async def ask(db: Db, client: Client, now: datetime) -> Outcome:
    """ "waits" where an earlier wish is still open, "asked_late" while the office is closed."""
    if await _waits(db, client, now):
        return "waits"
    subject = f"client:{client.id}@{now:%Y%m%dT%H%M%S}"
    await alerts.open_(db, client, Concern(KIND, subject, "medium", (("asked", {}),)), now)
    office = await offices.get(db, client.person.office_id or 0)
    near = calendar.holidays_near(now.date()).keys()
    return "asked" if ladder.is_open(now, office.time_zone, near) else "asked_late"


async def _waits(db: Db, client: Client, now: datetime) -> bool:
    """An earlier wish that somebody will still meet, as far as anybody can know.

    One that was met, or taken and left lying for days, brings nobody any more.
    """
    for alert in await alert_records.of_client(db, client.id, KIND):
        since = alert.taken_at or alert.opened_at
        if alert.state == "open" and now - since <= _ONE_WISH:
            return True
        if alert.state == "open" or (alert.state == "taken" and now - since <= _ONE_WISH):
            said = Message("alert.staff.because_asked_again")
            await alerts.tell_holders(db, alert, f"again{now:%Y%m%dT%H%M}", said, now)
            return True
    return False
