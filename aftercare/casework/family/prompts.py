"""One prompt (ajakan keluarga): its row, words and answer, and the question some days later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from aftercare.casework import calendar, resting
from aftercare.casework.family import family_programmes as programme
from aftercare.casework.family import prompt_words
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import outbox, people, prompts, timers
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.prompts import Outcome, Prompt
from aftercare.records.timers import Timer
from aftercare.rules import prompts as rule
from aftercare.rules import rhythm

_OUTCOMES: Final = ("done", "some", "not_yet")


def is_too_soon(last: Prompt | None, person: Person, now: datetime) -> bool:
    """At most one a week, whatever the timers say."""
    if last is None:
        return False
    zone = person.time_zone
    return rule.too_soon(rhythm.local_day(last.posted_at, zone), rhythm.local_day(now, zone))


def arm_next(db: Db, person: Person, now: datetime) -> None:
    """In a week; for who rests, the day after that is over."""
    is_client = person.audience == "client"
    at, zone = (rule.CLIENT_AT if is_client else rule.RELATIVE_AT), person.time_zone
    rest = resting.until(person, now)
    last = None if rest else rhythm.local_day(now, zone)
    due = rule.next_due(last, rest or now, at=at, time_zone=zone)
    timers.arm(db, Timer(f"person:{person.id}", _kind(is_client=is_client), due))


def _kind(*, is_client: bool) -> str:
    return programme.CLIENT if is_client else programme.RELATIVE


def say(db: Db, place: FamilyProgramme, way: str, theme: str, now: datetime) -> Prompt:
    """Its row. After the twelfth comes a thank-you, and then nothing until it is wished."""
    place.week = rule.number(theme) or place.week
    if theme == rule.DONE:
        kinds = (programme.CLIENT, programme.RELATIVE)
        timers.disarm(db, f"person:{place.person_id}", *kinds)
    return prompts.add(db, place.person_id, theme, way=way, round=place.round, now=now)


def message(one: Prompt, reader: Person, values: Mapping[str, object], now: datetime) -> Message:
    """The words of its theme; the buttons are those that stand in the content, in that order."""
    names = prompt_words.buttons(reader.audience, one)
    today = rhythm.local_day(now, reader.time_zone)
    holiday = rule.holiday(today, calendar.holidays_near(today)) or ""
    key = prompt_words.key(reader.audience, one.theme, one.way)
    return Message(key, {"holiday": holiday, **values}, rows(f"d:prompt:{one.id}", *names))


def rows(deed: str, *names: str) -> Rows:
    return tuple((Button(name, f"{deed}:{name}"),) for name in names)


async def of(db: Db, person: Person, prompt_id: int, button: str) -> Prompt | None:
    """The prompt that this person may answer in this way."""
    one = await prompts.get(db, prompt_id)
    if one is None or one.person_id != person.id:
        return None
    return one if button in prompt_words.buttons(person.audience, one) else None


def answer(db: Db, one: Prompt, person: Person, button: str, now: datetime) -> None:
    """Kept for the person alone. A client who will do it is asked about it some days later."""
    one.answer, one.answered_at = button, now
    zone = person.time_zone
    posted, today = (rhythm.local_day(at, zone) for at in (one.posted_at, now))
    due = rule.ask_at(posted, today, zone)
    if button == "did" and person.audience == "client" and one.outcome is None and due:
        timers.arm(db, Timer(one.subject, programme.FOLLOW_UP, due))
    else:
        timers.disarm(db, one.subject, programme.FOLLOW_UP)


async def follow_up(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """How did it go? Asked once, of clients who said that they would."""
    found = await prompts.by_ids(db, [timer.subject_id for timer in due])
    who = await people.by_ids(db, [one.person_id for one in found.values()])
    for timer in due:
        one = found.get(timer.subject_id)
        if one is None or one.outcome is not None or not resting.may_hear(who[one.person_id], now):
            continue
        _ask(db, one, who[one.person_id], Cause(timer.cause, now))


def _ask(db: Db, one: Prompt, person: Person, because: Cause) -> None:
    deed = prompt_words.key(person.audience, f"deed_{one.theme}", one.way)
    values = {"deed": Message(deed)}
    asked = Message("prompt.client.asked", values, rows(f"d:prompt_done:{one.id}", *_OUTCOMES))
    terms = Terms(Lane.PROMPT, subject=f"family_programme:{person.id}@{one.way}")
    outbox.post(db, asked, to=person, because=because, terms=terms)


async def came_of_it(db: Db, person: Person, prompt_id: int, outcome: str) -> Prompt | None:
    """What the client says of it; any answer is a good one."""
    one = await prompts.get(db, prompt_id)
    if one is None or one.person_id != person.id or outcome not in _OUTCOMES:
        return None
    known: Mapping[str, Outcome] = {"done": "done", "some": "some", "not_yet": "not_yet"}
    one.outcome = known[outcome]
    return one
