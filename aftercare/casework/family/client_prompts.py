"""The family programme for clients: asked whether to begin, then one prompt a week at most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aftercare.casework import resting
from aftercare.casework.family import family_safety, prompts, surroundings
from aftercare.casework.family.surroundings import Surroundings
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, family_programmes, outbox
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.outbox import Cause
from aftercare.records.prompts import Prompt
from aftercare.records.timers import Timer
from aftercare.rules import prompts as rule
from aftercare.rules import rhythm

#: Whether to begin is asked this often; after that it waits in /keluarga.
MOST_ASKED: Final = 2


async def send(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """Every client whose week has come round; a fixed number of queries for the whole batch."""
    ids = [timer.subject_id for timer in due]
    known = [one for one in (await clients.by_ids(db, ids)).values() if one.takes_part]
    places = await family_programmes.of(db, ids)
    around = await surroundings.of_clients(db, known, now)
    for client in known:
        place = places.get(client.id) or family_programmes.add(db, client.id, "asked", now)
        if place.way == "asked":
            _ask_to_begin(db, client, place, now)
        elif place.way != "off" and (one := _next(db, client, place, around, now=now)):
            _post(db, one, client, now)


def _ask_to_begin(db: Db, client: Client, place: FamilyProgramme, now: datetime) -> None:
    if place.asked >= MOST_ASKED:
        return
    prompts.arm_next(db, client.person, now)
    if not resting.may_hear(client.person, now):
        return
    place.asked += 1
    rows = prompts.rows("d:family_programme:0", "begin", "off")
    cause = Cause(f"person:{client.id}:prompt_hello:{place.asked}", now)
    terms = Terms(Lane.PROMPT, subject=f"family_programme:{client.id}@asked")
    message = Message("prompt.client.hello", {}, rows)
    outbox.post(db, message, to=client.person, because=cause, terms=terms)


def _next(
    db: Db, client: Client, place: FamilyProgramme, around: Surroundings, *, now: datetime
) -> Prompt | None:
    """The prompt of this week as a row; the timer of the next week is set."""
    prompts.arm_next(db, client.person, now)
    last = around.last.get(client.id)
    if not resting.may_hear(client.person, now) or prompts.is_too_soon(last, client.person, now):
        return None
    way = family_safety.way(place, around.violence)
    near = around.near(place, rhythm.local_day(now, client.person.time_zone))
    near = near & set(rule.TRUSTED) if way == "trusted" else near
    theme = rule.next_theme(place.week, near, last=last.theme if last else None)
    return prompts.say(db, place, way, theme, now)


def _post(db: Db, one: Prompt, client: Client, now: datetime) -> None:
    message = prompts.message(one, client.person, {}, now)
    terms = Terms(Lane.PROMPT, subject=f"family_programme:{client.id}@{one.way}")
    outbox.post(db, message, to=client.person, because=Cause(one.subject, now), terms=terms)
