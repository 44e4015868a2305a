"""The steps of leaving a message for the officer, and of the officer's answer."""

from __future__ import annotations

from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.staff import caseloads, officer_messages
from aftercare.casework.staff.officer_messages import Desk
from aftercare.records import clients
from aftercare.records import officer_messages as records

#: What a button of the question is called while its words are read from its label.
READY: Final = frozenset({"call", "change", "ask"})


class Words(Arguments):
    """What was typed or tapped; `said` is the label of the button, or the typed words again."""

    text: str = ""
    said: str = ""


async def _find_reader(act: Act, _given: Arguments) -> Outcome:
    found = await officer_messages.desk(act.db, await clients.get(act.db, act.person.id), act.now)
    return _reads(act, found)


def _reads(act: Act, found: Desk) -> Outcome:
    if found.reader is None:
        return Outcome("nobody", {"reader": "", "opens": found.opens})
    name = "open" if found.opens <= act.now else "closed"
    return Outcome(name, {"reader": found.reader.called, "opens": found.opens})


async def _keep(act: Act, given: Words) -> Outcome:
    """Shown once more before it goes; what came with the command counts where nothing was asked."""
    text = given.said if given.text in READY else given.text
    return Outcome(None, {"draft": text or str(act.values.get("words") or "")})


async def _leave(act: Act, _given: Arguments) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    words = str(act.values["draft"])
    return _reads(act, await officer_messages.leave(act.db, client, words, act.now))


async def _send(act: Act, _given: Arguments) -> Outcome:
    """Asked anew: the client may have gone to another officer while the words were written."""
    answers, number = None, act.subject_id
    if (act.subject or "").startswith("officer_message:"):
        answers = await records.get(act.db, act.subject_id)
        number = answers.client_id if answers else 0
    client = await clients.find(act.db, number)
    if client is None or not await caseloads.may_see(act.db, client, act.person):
        return Outcome("gone")
    words = str(act.values["draft"])
    sent = await officer_messages.send(
        act.db, client, words, by=act.person, answers=answers, now=act.now
    )
    return Outcome("sent" if sent else "gone")


_DESK: Final = ("open", "closed", "nobody")

ACTIONS: Final = (
    Action("find_reader", _find_reader, outcomes=_DESK, values=("reader", "opens")),
    Action("keep_words", _keep, Words, values=("draft",)),
    Action("leave_words", _leave, outcomes=_DESK, values=("reader", "opens")),
    Action("send_words", _send, outcomes=("sent", "gone")),
)
