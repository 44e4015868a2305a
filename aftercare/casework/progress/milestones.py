"""Celebrates a part of the way in one warm sentence: each once, one a day, nothing ever undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aftercare.casework import resting
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, consents, milestones, outbox, timers
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.timers import Timer
from aftercare.rules import milestones as rule
from aftercare.rules import rhythm
from aftercare.rules.milestones import YEAR, Look, Milestone, Way

LOOK: Final = "milestone.look"
#: In the morning: the evening, for most, belongs to the question how the day was.
HOUR: Final = "09:00"
_GOOD_FOR: Final = timedelta(hours=10)
#: The counts that have words of their own; the others share one sentence with the number in it.
_OWN_WORDS: Final[Mapping[rule.Kind, frozenset[int]]] = {
    "days": frozenset(rule.COUNTS["days"]),
    "sessions": frozenset({1, 5, 10}),
    "modules": frozenset(rule.COUNTS["modules"]),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is counted about the clients of one batch."""

    sessions: Mapping[int, int]
    modules: Mapping[int, int]
    behind: Mapping[int, set[tuple[str, int]]]

    def look(self, client: Client, days: int) -> Look:
        way = Way(days, self.sessions.get(client.id, 0), self.modules.get(client.id, 0))
        behind = {Milestone(kind, count) for kind, count in self.behind[client.id]}  # type: ignore[arg-type]
        return rule.look(way, behind)


def arm(db: Db, client: Client, now: datetime) -> None:
    """The morning of the next number of days since joining."""
    zone = client.person.time_zone
    joined = rhythm.local_day(client.joined_at or now, zone)
    ahead = rule.next_day(_days(client, now)) if client.joined_at else rule.next_day(0)
    due = rhythm.at(joined + timedelta(days=ahead), HOUR, zone)
    timers.arm(db, Timer(f"client:{client.id}", LOOK, due))


def look_soon(db: Db, client: Client, now: datetime) -> None:
    """Something was done: looked at on the next morning."""
    if client.joined_at is not None and client.ended_at is None:
        timers.arm(db, Timer(f"client:{client.id}", LOOK, _next_morning(client, now)))


def disarm(db: Db, client: Client) -> None:
    timers.disarm(db, f"client:{client.id}", LOOK)


async def look(db: Db, due: list[Timer], now: datetime) -> None:
    """At most one word for each of these clients; a fixed number of queries for all of them."""
    ids = [timer.subject_id for timer in due]
    found = await clients.by_ids(db, ids)
    agreed = await consents.current_of(db, ids, "check_ins")
    known = Known(
        await milestones.sessions_attended(db, ids),
        await milestones.modules_done(db, ids),
        await milestones.known_of(db, ids),
    )
    rows: list[dict[str, Any]] = []
    for client in found.values():
        if client.id not in agreed or not _takes_part(client):
            continue
        if rest := _rests_until(client, now):
            timers.arm(db, Timer(f"client:{client.id}", LOOK, _next_morning(client, rest)))
            continue
        rows += _celebrate(db, client, known.look(client, _days(client, now)), now)
    await milestones.note(db, rows)


def _takes_part(client: Client) -> bool:
    return client.takes_part and client.person.telegram_id is not None


def _rests_until(client: Client, now: datetime) -> datetime | None:
    """Who asked for rest, or was just in danger, is not cheered at; it keeps until afterwards."""
    person = client.person
    rest = resting.until(person, now)
    if person.unreachable_since is None:
        return rest
    return max(rest or now, now + timedelta(days=7))


def _celebrate(db: Db, client: Client, found: Look, now: datetime) -> list[dict[str, Any]]:
    if found.say is not None:
        _say(db, client, found.say, now)
    if found.more:
        look_soon(db, client, now)
    else:
        arm(db, client, now)
    said = (found.say,) if found.say else ()
    return [_row(client, one, now, said=one in said) for one in (*said, *found.passed)]


def _say(db: Db, client: Client, one: Milestone, now: datetime) -> None:
    name = one.count if one.count in _OWN_WORDS[one.kind] else "more"
    values = {"count": one.count, "years": one.count // YEAR}
    message = Message(f"milestone.client.{one.kind}_{name}", values)
    cause = Cause(f"milestone:client:{client.id}:{one.kind}:{one.count}", now)
    terms = Terms(Lane.PROMPT, expires_at=now + _GOOD_FOR)
    outbox.post(db, message, to=client.person, because=cause, terms=terms)


def _row(client: Client, one: Milestone, now: datetime, *, said: bool) -> dict[str, Any]:
    reached = {"kind": one.kind, "count": one.count, "said": said, "reached_at": now}
    return {"client_id": client.id, **reached}


def _days(client: Client, now: datetime) -> int:
    zone = client.person.time_zone
    joined = rhythm.local_day(client.joined_at or now, zone)
    return (rhythm.local_day(now, zone) - joined).days


def _next_morning(client: Client, after: datetime) -> datetime:
    zone = client.person.time_zone
    today = rhythm.at(rhythm.local_day(after, zone), HOUR, zone)
    return today if today > after else rhythm.next_day(after, HOUR, time_zone=zone)
