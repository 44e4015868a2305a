"""Opens what a client wrote in danger, for a member of staff and a reason."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from aftercare.casework.danger import crisis_words
from aftercare.casework.danger.crisis_words import Reason
from aftercare.records import clients
from kawan import finding
from kawan.desk import Desk
from kawan.refusal import Refusal


async def read(desk: Desk, *, client: str, by: str, reason: Reason) -> dict[str, Any]:
    """Raises Refusal where the reader does not answer for this client."""
    whose = await finding.person(desk.db, client, "--client", "client")
    reader = await finding.person(desk.db, by, "--by", "officer", "head")
    known = await clients.get(desk.db, whose.id)
    try:
        heard = await crisis_words.read(desk.db, known, by=reader, reason=reason, now=desk.now)
    except crisis_words.NotTheirs:
        raise Refusal(f"{by!r} does not answer for {client!r}: --by takes who does.") from None
    zone = ZoneInfo(whose.time_zone)
    found = [
        {
            "id": one.id,
            "at": f"{one.heard_at.astimezone(zone):%Y-%m-%d %H:%M}",
            "tier": one.tier,
            "false_alarm": one.false_alarm,
            "words": one.words or "",
        }
        for one in heard
    ]
    return {"id": whose.id, "reason": reason, "heard": found}
