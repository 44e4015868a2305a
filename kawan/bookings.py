"""Sessions and relatives, as the office enters them at its desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aftercare.casework.family import families
from aftercare.casework.family.families import NotAgreed
from aftercare.casework.sessions import sessions
from aftercare.casework.sessions.sessions import BookingError, Plan
from aftercare.records import clients, offices, people, relatives
from aftercare.records.clients import Client
from kawan import finding
from kawan.desk import Desk
from kawan.refusal import Refusal
from kawan.register import Answer


@dataclass(frozen=True, slots=True)
class Wish:
    """A session as it is asked for. `at` is the office's time."""

    clients: tuple[str, ...]
    at: str
    minutes: int
    kind: str
    place: str
    online: bool = False
    treatment: str = "a"


async def session(desk: Desk, wish: Wish) -> Answer:
    """Booked with the officer of the first client, who must be of the same office as the others."""
    found = [await _client(desk, who) for who in dict.fromkeys(wish.clients)]
    if len({one.person.office_id for one in found}) != 1:
        raise Refusal("--client takes clients of one office; these are of several or of none.")
    where = await offices.get(desk.db, found[0].person.office_id or 0)
    plan = Plan(
        where.id,
        await people.get(desk.db, found[0].officer_id),
        tuple(found),
        wish.kind,
        wish.place,
        finding.moment(wish.at, where.time_zone),
        wish.minutes,
        wish.treatment,
        "online" if wish.online else "in_person",
    )
    try:
        booked = (await sessions.book(desk.db, plan, desk.now)).session
    except BookingError as error:
        raise Refusal(f"{_FLAGS.get(error.code, '--client')}: {error}") from error
    return {
        "id": booked.id,
        "at": f"{plan.starts_at:%Y-%m-%d %H:%M}",
        "time_zone": where.time_zone,
        "clients": [{"id": one.id, "name": one.person.name} for one in found],
    }


_FLAGS = {
    "past": "--at",
    "too_far": "--at",
    "length": "--minutes",
    "kind": "--kind",
    "place": "--place",
    "treatment": "--treatment",
}


async def relative(desk: Desk, who: str, relation: str) -> Answer:
    """A one-time link for a relative; what this person may hear is the client's to choose."""
    client = await _client(desk, who)
    word = finding.name(relation).casefold()
    try:
        code = await families.invite(desk.db, client, word, (), desk.now)
    except NotAgreed:
        raise Refusal(
            f"--client takes somebody who has agreed to bring in family; {client.person.name} "
            "has not yet, and can in Telegram with /keluarga."
        ) from None
    known = [one for one in await relatives.of_client(desk.db, client.id) if not one.agreed_at]
    ours = next(one for one in reversed(known) if one.relation == word)
    return {"id": ours.person_id, "client": client.person.name, "link": desk.link_of(code)}


async def _client(desk: Desk, who: str) -> Client:
    person = await finding.person(desk.db, who, "--client", "client")
    return await clients.get(desk.db, person.id)


def said(answer: dict[str, Any]) -> str:
    names = ", ".join(str(one["name"]) for one in answer["clients"])
    return f"Session {answer['id']} on {answer['at']} ({answer['time_zone']}) with {names}."
