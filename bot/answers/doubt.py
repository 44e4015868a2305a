"""The answer where it is not clear what was meant: one question, never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from aftercare.messages import Button, Message
from bot import menus
from bot.answers import visit
from bot.answers.visit import Answer, Events, Visit
from bot.understanding.reading import NOTHING, Intent

NONE_OF_THEM: Final = "none"
SHOWN: Final = 3
GOOD_FOR: Final = timedelta(days=1)
#: Nobody needs a button for these.
_NO_WISH: Final = frozenset({NOTHING, "greeting", "thanks"})
#: A button carries when it was made and the reason that was read, as one number.
_REASONS: Final = ("", "work", "cost", "illness", "forgot", "unwilling")


class NotUnderstood(Answer):
    """Under Rasa's own name for it, so that its fallback finds this answer."""

    intent = "nlu_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        for message in which(tracker.intent, tracker.turn.now):
            visit.say(dispatcher, message)
        return visit.NO_EVENTS


def which(read: Intent, now: datetime) -> Iterator[Message]:
    """The likeliest meanings as buttons; the kind fallback where there are none."""
    likely = [name for name in (read.name, *read.others) if name not in _NO_WISH][:SHOWN]
    if read.name == NOTHING or not likely:
        yield Message("fallback.client.not_understood")
        yield menus.overview("client")
        return
    stamp = int(now.timestamp()) * 10 + _REASONS.index(read.reason if read.reason else "")
    rows = tuple((Button(name, f"d:meant:{stamp}:{name}"),) for name in (*likely, NONE_OF_THEM))
    yield Message("understood.client.which", {}, rows)


def meant(how: str, stamp: int, now: datetime) -> Intent | None:
    """What the tapped button says; None where it is too old to be about anything."""
    seconds, reason = divmod(stamp, 10)
    if now.timestamp() - seconds > GOOD_FOR.total_seconds() or reason >= len(_REASONS):
        return None
    said = _REASONS[reason] if how == "cannot_attend" else ""
    return Intent(how, 1.0, said, sure=True)
