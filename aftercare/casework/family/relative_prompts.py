"""The family programme for relatives: one message a week at most, whomever they stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aftercare.casework import calendar, resting
from aftercare.casework.family import families, family_safety, prompts
from aftercare.casework.family import family_programmes as programme
from aftercare.messages import Lane, Terms
from aftercare.records import clients, family_programmes, outbox, people, relatives
from aftercare.records import prompts as records
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.prompts import Prompt
from aftercare.records.relatives import Relative
from aftercare.records.timers import Timer
from aftercare.rules import prompts as rule
from aftercare.rules import rhythm


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything that is known of the relatives of one batch and of their clients."""

    people: Mapping[int, Person]
    clients: Mapping[int, Client]
    places: Mapping[int, FamilyProgramme]
    last: Mapping[int, Prompt]
    violence: family_safety.Heard

    def open_to(self, one: Relative, now: datetime) -> bool:
        """Whether coming nearer to this client may be spoken of this week."""
        client = self.clients.get(one.client_id)
        if client is None or not client.takes_part:
            return False
        hushed = client.person.hushed_until
        if hushed and hushed > now:
            return False
        return family_safety.holds_back(one, self.places, self.violence) is None


async def send(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """Every relative whose week has come round, within the scope that a client chose."""
    beside = await relatives.of_people(db, [timer.subject_id for timer in due])
    allowed = [one for found in beside.values() for one in found if one.may(programme.SCOPE)]
    circle = await _circle(db, allowed)
    for found in _by_person(allowed).values():
        if one := _whom(db, circle, found, now):
            prompt = _next(db, circle, circle.people[one.person_id], now)
            _post(db, circle, prompt, one, now=now)


async def _circle(db: Db, allowed: Iterable[Relative]) -> Circle:
    who = sorted({one.person_id for one in allowed})
    beside = sorted({one.client_id for one in allowed})
    return Circle(
        await people.by_ids(db, who),
        await clients.by_ids(db, beside),
        await family_programmes.of(db, [*who, *beside]),
        await records.newest_of(db, who),
        await family_safety.heard(db, [*who, *beside]),
    )


def _by_person(allowed: Iterable[Relative]) -> dict[int, list[Relative]]:
    found: dict[int, list[Relative]] = {}
    for one in allowed:
        found.setdefault(one.person_id, []).append(one)
    return found


def _whom(db: Db, circle: Circle, found: Sequence[Relative], now: datetime) -> Relative | None:
    """Beside whom to speak of it this week; the next week comes as long as a scope is open."""
    person = circle.people[found[0].person_id]
    place = circle.places.get(person.id)
    if place is None or place.way == "off":
        return None
    prompts.arm_next(db, person, now)
    last = circle.last.get(person.id)
    if not resting.may_hear(person, now) or prompts.is_too_soon(last, person, now):
        return None
    return next((one for one in found if circle.open_to(one, now)), None)


def _next(db: Db, circle: Circle, person: Person, now: datetime) -> Prompt:
    today, last = rhythm.local_day(now, person.time_zone), circle.last.get(person.id)
    near = {"holiday"} if rule.holiday(today, calendar.holidays_near(today)) else set()
    place = circle.places[person.id]
    theme = rule.next_theme(place.week, near, last=last.theme if last else None)
    return prompts.say(db, place, "family", theme, now)


def _post(db: Db, circle: Circle, prompt: Prompt, one: Relative, *, now: datetime) -> None:
    """The client's first name, and nothing else about the client."""
    person = circle.people[one.person_id]
    values = {"client": families.known_as(circle.clients[one.client_id])}
    message = prompts.message(prompt, person, values, now)
    about = f"{one.subject}@{programme.SCOPE}/family_home:{one.id}"
    terms = Terms(Lane.PROMPT, subject=about)
    outbox.post(db, message, to=person, because=Cause(prompt.subject, now), terms=terms)
