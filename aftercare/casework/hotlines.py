"""Numbers to call: the office's own list, or the country's where there is no office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare import strict_yaml
from aftercare.messages import Message
from aftercare.records import offices
from aftercare.records.database import Db
from aftercare.records.offices import Hotline, Office
from aftercare.words import CONTENT

#: A number that nobody has checked for this long is shown last, and marked.
GOOD_FOR: Final = timedelta(days=180)


def add_defaults(db: Db, office: Office) -> None:
    """Give a new office the country's numbers; its own are added by its people."""
    for entry in national():
        db.add(Hotline(office_id=office.id, verified_by="Kawan Pulih", **entry))


@cache
def national() -> tuple[dict[str, Any], ...]:
    """What content/id/hotlines.yaml says, ready for a row."""
    page = strict_yaml.load(CONTENT / "id" / "hotlines.yaml").plain
    return tuple(_entry(one) for one in page["hotlines"].values())


def _entry(one: dict[str, Any]) -> dict[str, Any]:
    verified = date.fromisoformat(one["verified_on"])
    return {**one, "verified_on": verified, "expires_on": verified + GOOD_FOR}


async def lines(
    db: Db, office_id: int | None, card: str, now: datetime, *, at_most: int
) -> list[Message]:
    """One line a number that helps with this card: checked ones first, then by nearness."""
    own = await offices.hotlines(db, office_id) if office_id else []
    known = own or _unowned()  # an office without a list of its own still shows somebody to call
    kind = card.removesuffix("_other").removesuffix("_own").removesuffix("_soft")
    today = now.astimezone(ZoneInfo("Asia/Jakarta")).date()
    fitting = [one for one in known if kind in one.helps_with]
    fitting.sort(key=lambda one: (one.expires_on < today, one.rank))
    return [_line(one, today) for one in fitting[:at_most]]


def _unowned() -> Sequence[Hotline]:
    return [Hotline(verified_by="", **entry) for entry in national()]


def _line(one: Hotline, today: date) -> Message:
    moment = "line_unsure" if one.expires_on < today else "line"
    note = Message("hotline.anyone.note", {"note": one.note}) if one.note else ""
    values = {"name": one.name, "number": one.number, "note": note}
    return Message(f"hotline.anyone.{moment}", values)
