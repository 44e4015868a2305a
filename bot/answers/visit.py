"""One person, one message and what it means; an answer is a rasa-sdk Action that looks at it.

The bot runs the action in the transaction of the update, a Rasa server through `bot/rasa_door.py`
in one of its own. Both go through `give`, so that an answer behaves in one way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from aftercare import messages
from aftercare.casework.sessions import invitations
from aftercare.messages import Message
from aftercare.records import people
from aftercare.records.conversations import ConversationRow
from aftercare.records.sessions import Participant
from bot.flows import turns
from bot.flows.playing import Stage, Turn
from bot.understanding import senders
from bot.understanding.reading import Intent

Events: TypeAlias = list[dict[str, Any]]
NO_EVENTS: Final[Events] = []


@dataclass(frozen=True, slots=True)
class Opening:
    """A flow that begins once the answer has been said."""

    flow: str
    values: dict[str, Any]
    subject: str | None = None


class Visit(Tracker):  # type: ignore[misc]
    """rasa-sdk's Tracker in our process, with the turn that it belongs to."""

    def __init__(
        self, turn: Turn, stage: Stage, intent: Intent, text: str, live: ConversationRow | None
    ) -> None:
        said = {"text": text, "intent": {"name": intent.name, "confidence": intent.confidence}}
        super().__init__(senders.pseudonym(turn.person.id), {}, said, [], False, None, {}, None)
        self.turn, self.stage, self.intent, self.text = turn, stage, intent, text
        self.open_flow = live.flow if live else ""
        self.openings: list[Opening] = []
        self.has_begun = False

    def begin(self, flow: str, *, subject: str | None = None, **values: Any) -> None:
        """Ask for this conversation; `values` are what its texts may name."""
        self.openings.append(Opening(flow, values, subject))

    async def begin_about(self, flow: str, one: Participant, **values: Any) -> None:
        """The same about a session at its time of now."""
        host = await people.get(self.turn.db, one.session.officer_id)
        known = {**invitations.values(one, host), **values}
        self.begin(flow, subject=invitations.about(one), **known)


class Answer(Action):  # type: ignore[misc]
    """What is answered to one intent. `flows` are the conversations it may begin.

    `run` says the answer to the dispatcher, and lets its tracker, a Visit, begin what has to begin.
    """

    intent: str = ""
    flows: tuple[str, ...] = ()

    def name(self) -> str:
        return f"action_{self.intent}"


def say(dispatcher: CollectingDispatcher, message: Message) -> None:
    dispatcher.utter_message(json_message=messages.pack_message(message))


async def give(answer: Answer, visit: Visit, dispatcher: CollectingDispatcher) -> Events:
    """Run it; what it said goes to the person, then what it asked for begins."""
    events = await answer.run(dispatcher, visit, {})
    for said in dispatcher.messages:
        visit.turn.say(messages.unpack_message(said["custom"]))
    for one in visit.openings:
        if one.flow != visit.open_flow:  # what is open already is not begun twice
            await turns.begin(
                visit.stage, visit.turn, one.flow, values=one.values, subject=one.subject
            )
            visit.has_begun = True
    return list(events)
