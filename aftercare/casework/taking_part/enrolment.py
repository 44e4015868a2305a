"""A client asks for aftercare (pengajuan): the head hears what was chosen, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.records import alerts as alert_records
from aftercare.records import clients, people

KIND: Final = "application"
Why: TypeAlias = Literal["recovery", "fear", "family", "future"]
Help: TypeAlias = Literal["counselling", "group", "work", "family", "health"]


class Applied(Arguments):
    """Choices only: what the client writes elsewhere does not come along."""

    why: Why
    helps: Sequence[Help]


async def send(act: Act, given: Applied) -> Outcome:
    """The head is asked first, the officer answers where there is no head."""
    client = await clients.get(act.db, act.person.id)
    if await alert_records.unclosed_about(act.db, client.id, KIND):
        return Outcome("waits")
    heads = [one for one in await people.heads(act.db, act.person.office_id) if one.is_there]
    codes = [f"apply_why_{given.why}", *(f"apply_help_{one}" for one in given.helps)]
    because = tuple((code, dict[str, str]()) for code in codes)
    subject = f"client:{client.id}@{act.now:%Y%m%dT%H%M%S}"
    concern = Concern(KIND, subject, "medium", because, heads[0].id if heads else None)
    await alerts.open_(act.db, client, concern, act.now)
    return Outcome("sent")


ACTIONS: Final = (Action("send_application", send, Applied, ("sent", "waits")),)
