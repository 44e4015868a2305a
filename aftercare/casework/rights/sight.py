"""What others see of a client, said in the client's own page of privacy."""

from __future__ import annotations

from aftercare.messages import Message
from aftercare.records import relatives
from aftercare.records.clients import Client
from aftercare.records.database import Db


async def seen(db: Db, client: Client) -> Message:
    family = "some" if await relatives.of_client(db, client.id) else "no"
    values = {
        "level": Message(f"privacy.client.level_{client.sharing_level}"),
        "family": Message(f"privacy.client.{family}_family"),
    }
    return Message("privacy.client.seen", values)
