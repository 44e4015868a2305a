"""People on their way into the town: with a one-time link, before and after their first yes."""

from __future__ import annotations

from aftercare.casework.family import families
from aftercare.records import clients, consents, invites, people
from aftercare.records.bots import Bot
from aftercare.records.relatives import Relative
from aftercare.records.staff import Staff
from tests.town import Neighbour, Town

BOT = "KawanBot"


async def client(town: Town, name: str) -> tuple[Neighbour, str]:
    """A client of Sari's who has a link and has not opened it."""
    neighbour = await town.person(name, "client", linked=False)
    async with town.database.transaction() as db:
        db.add(clients.Client(id=neighbour.id, officer_id=town.sari.id))
        return neighbour, invites.make(db, neighbour.id, town.clock.now())


async def staff(town: Town, name: str, role: people.Audience) -> tuple[Neighbour, str]:
    neighbour = await town.person(name, role, linked=False)
    async with town.database.transaction() as db:
        db.add(Staff(id=neighbour.id))
        return neighbour, invites.make(db, neighbour.id, town.clock.now())


async def says_yes(who: Neighbour) -> None:
    """Through the whole welcome with a yes to everything."""
    for label in ("Ya, aku ikut", "Boleh", "Aku mengerti", "Boleh"):
        await who.taps(label)
    await who.writes("Jang")
    for label in ("WITA", "7 pagi", "2. Tanda"):
        await who.taps(label)


async def relative(
    town: Town, name: str, *scopes: str, of: Neighbour | None = None
) -> tuple[Neighbour, str]:
    """A relative of Budi's (or another's) with a link, not opened yet."""
    async with town.database.transaction() as db:
        client = await clients.get(db, (of or town.budi).id)
        now = town.clock.now()
        consents.add(db, client.id, "family", given=True, text_version="1", now=now)
        await db.flush()
        made = await families.add(db, client, "parent", scopes, now)
        person = await people.get(db, made.person_id)
        person.name = name
        code = invites.make(db, person.id, now)
    town._chats += 1
    return Neighbour(town, person.id, town.phones.phone(town._chats)), code


async def agreed_relative(
    town: Town, name: str, *scopes: str, of: Neighbour | None = None
) -> Neighbour:
    """A relative who opened the link and said yes."""
    who, code = await relative(town, name, *scopes, of=of)
    await who.writes(f"/start {code}")
    await who.taps("Ya, aku mau")
    await who.heard()
    return who


async def relative_row(town: Town, who: Neighbour) -> Relative:
    from aftercare.records import relatives

    async with town.database.transaction() as db:
        (row,) = await relatives.of_person(db, who.id)
        return row


async def bot_is_known(town: Town) -> None:
    """The office has asked Telegram for the bot's name, as `kawan client add` does."""
    async with town.database.transaction() as db:
        db.add(Bot(number=1, username=BOT, told_at=town.clock.now()))
