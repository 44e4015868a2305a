"""The family programme: who takes part, in which way, and when the next prompt is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from aftercare.casework import hotlines
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.records import family_programmes, people, prompts, relatives, timers
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme, Home, Way
from aftercare.records.people import Person
from aftercare.records.relatives import Relative
from aftercare.records.timers import Timer
from aftercare.rules import days, rhythm
from aftercare.rules import prompts as rule

CLIENT: Final = "prompt.client"
RELATIVE: Final = "prompt.relative"
FOLLOW_UP: Final = "prompt.follow_up"
SCOPE: Final = "invitations"
_SHOWN: Final = 4


async def begin(db: Db, client: Client, now: datetime) -> None:
    """The client has joined, perhaps again: what was chosen before goes on."""
    place = await family_programmes.get(db, client.id)
    if place is None or place.way == "asked":
        arm_first(db, client, now)
    elif place.way != "off":
        timers.arm(db, Timer(_about(client.id), CLIENT, await _due(db, client.person, now)))


def arm_first(db: Db, client: Client, now: datetime) -> None:
    """Some days after joining the client is asked whether to begin at all."""
    zone = client.person.time_zone
    today = rhythm.local_day(now, zone)
    due = rule.after(today, rule.CLIENT_AFTER, at=rule.CLIENT_AT, time_zone=zone)
    timers.arm(db, Timer(_about(client.id), CLIENT, due))


def disarm(db: Db, client: Client) -> None:
    """Nothing more comes: the client has left."""
    timers.disarm(db, _about(client.id), CLIENT)


async def begin_beside(db: Db, relative: Relative, now: datetime) -> None:
    """A relative said yes, or may receive more from now on. One week after another, not anew."""
    if not relative.may(SCOPE):
        return
    person = await people.get(db, relative.person_id)
    if await family_programmes.get(db, person.id) is None:
        family_programmes.add(db, person.id, "family", now)
    last = await _last_day(db, person)
    today = rhythm.local_day(now, person.time_zone)
    first = rule.after(today, rule.RELATIVE_AFTER, at=rule.RELATIVE_AT, time_zone=person.time_zone)
    due = max(first, rule.next_due(last, now, at=rule.RELATIVE_AT, time_zone=person.time_zone))
    timers.arm(db, Timer(_about(person.id), RELATIVE, due))


async def choose(db: Db, person: Person, way: Way, home: Home | None, now: datetime) -> None:
    """The person's own choice; what was finished begins anew.

    Safety counts from here on only where something was said of it: a client by `home`, a relative
    by wishing to be encouraged. Stopping, or another way, says nothing of home.
    """
    place = await family_programmes.get(db, person.id)
    place = place or family_programmes.add(db, person.id, way, now)
    place.way = way
    if home is not None or (person.audience == "family" and way == "family"):
        place.home, place.chosen_at = home or place.home, now
    kind = CLIENT if person.audience == "client" else RELATIVE
    timers.disarm(db, _about(person.id), kind)
    if way in ("family", "trusted"):
        _begin_anew(place)
        timers.arm(db, Timer(_about(person.id), kind, await _due(db, person, now)))


def _begin_anew(place: FamilyProgramme) -> None:
    if place.week >= rule.WEEKS:
        place.week, place.round = 0, place.round + 1


async def _due(db: Db, person: Person, now: datetime) -> datetime:
    at = rule.CLIENT_AT if person.audience == "client" else rule.RELATIVE_AT
    last = await _last_day(db, person)
    return rule.next_due(last, now, at=at, time_zone=person.time_zone)


async def _last_day(db: Db, person: Person) -> date | None:
    newest = (await prompts.newest_of(db, [person.id])).get(person.id)
    return rhythm.local_day(newest.posted_at, person.time_zone) if newest else None


def _about(person_id: int) -> str:
    return f"person:{person_id}"


class Choice(Arguments):
    """What the client said of home; nothing where it stays as it was."""

    way: Literal["family", "trusted", "off"]
    home: Literal["safe", "unsafe", "none"] | None = None


class Payday(Arguments):
    """The day of the month; nothing takes the date away."""

    day: int | None = None


class Birthday(Arguments):
    """In the client's own words, "12 Mei"; nothing takes the date away."""

    day: str | None = None


class Card(Arguments):
    card: Literal["violence", "overdose", "help"]


async def _choose(act: Act, given: Choice) -> Outcome:
    await choose(act.db, act.person, given.way, given.home, act.now)
    return Outcome()


async def _home_is_unsafe(act: Act, _given: Arguments) -> Outcome:
    """Said in an exercise: from now on nothing leads there."""
    place = await _place(act)
    place.home, place.chosen_at = "unsafe", act.now
    place.way = "trusted" if place.way == "family" else place.way
    return Outcome()


async def _payday(act: Act, given: Payday) -> Outcome:
    (await _place(act)).payday = given.day
    return Outcome()


async def _birthday(act: Act, given: Birthday) -> Outcome:
    """Only day and month are kept; of whom, nobody asks."""
    today = rhythm.local_day(act.now, act.person.time_zone)
    if given.day is None:
        (await _place(act)).birthday = None
        return Outcome("kept")
    day = days.read(given.day, today).day
    if day is None:
        return Outcome("unclear")
    (await _place(act)).birthday = f"{day:%m-%d}"
    return Outcome("kept")


async def _place(act: Act) -> FamilyProgramme:
    known = await family_programmes.get(act.db, act.person.id)
    return known or family_programmes.add(act.db, act.person.id, "asked", act.now)


async def _numbers(act: Act, given: Card) -> Outcome:
    """Whom to call, from the office's own list."""
    office = act.person.office_id
    found = await hotlines.lines(act.db, office, given.card, act.now, at_most=_SHOWN)
    return Outcome(values={"numbers": found})


async def stops(db: Db, person: Person) -> bool:
    """Whether this relative has stopped the weekly messages."""
    place = await family_programmes.get(db, person.id)
    return place is not None and place.way == "off"


async def wants_more(db: Db, person: Person) -> bool:
    """Whether any client lets this relative have weekly messages."""
    return any(one.may(SCOPE) for one in await relatives.of_person(db, person.id))


ACTIONS: Final = (
    Action("choose_family_programme", _choose, Choice),
    Action("home_is_unsafe", _home_is_unsafe),
    Action("keep_payday", _payday, Payday),
    Action("keep_birthday", _birthday, Birthday, ("kept", "unclear")),
    Action("find_numbers", _numbers, Card, values=("numbers",)),
)
