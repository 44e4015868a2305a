"""Until when somebody is left in peace by what can wait: prompts, exercises, praise and news.

Check-ins and reminders of a session follow `Person.rests` alone: what a client answers after
danger reaches a human, and a meeting is one.
"""

from __future__ import annotations

from datetime import datetime

from aftercare.records.people import Person
from aftercare.rules import crisis


def until(person: Person, now: datetime) -> datetime | None:
    """The end of a pause, or of the days after danger; None where neither holds."""
    after_danger = person.hushed_until
    if person.audience == "client":  # nobody else is asked afterwards how it is
        after_danger = crisis.last_follow_up(person.hushed_until)
    ahead = [one for one in (person.paused_until, after_danger) if one and one > now]
    return max(ahead, default=None)


def may_hear(person: Person, now: datetime) -> bool:
    """Can be reached and does not rest: what can wait may come now."""
    return person.is_there and until(person, now) is None
