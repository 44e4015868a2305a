"""Answers that lead to somebody: the officer, the family, help against violence, the head."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from aftercare.casework import hotlines
from aftercare.messages import Button, Message
from bot import menus
from bot.answers import needs, visit
from bot.answers.visit import Answer, Events, Visit

_NUMBERS: Final = 4
#: The exercise about winning trust back, small promise by small promise.
TRUST: Final = "keluarga2"


class Led(Answer):
    """One sentence that has understood, then the conversation it leads to."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        visit.say(dispatcher, Message(f"understood.client.{self.intent}"))
        (flow,) = self.flows
        tracker.begin(flow)
        return visit.NO_EVENTS


class TalkToOfficer(Led):
    intent, flows = "talk_to_officer", ("officer_message",)


class FamilySupport(Answer):
    """Family that stands by, or whose trust is to be won back: invite them, or practise."""

    intent, flows = "family_support", (TRUST,)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        module = Button("trust", f"d:module:{tracker.turn.person.id}:{TRUST}")
        rows = ((menus.button("keluarga"),), (module,), (needs.NOT_NOW,))
        visit.say(dispatcher, Message("understood.client.family_support", {}, rows))
        return visit.NO_EVENTS


class ViolenceAtHome(Answer):
    """Numbers at once. Nobody is paged on a reader's guess: that is one tap, or danger's rules."""

    intent = "violence_at_home"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        turn = tracker.turn
        numbers = await hotlines.lines(
            turn.db, turn.person.office_id, "violence", turn.now, at_most=_NUMBERS
        )
        rows = ((Button("call_me", "d:crisis_call:0"),),)
        said = Message("understood.client.violence_at_home", {"numbers": numbers}, rows)
        visit.say(dispatcher, said)
        return visit.NO_EVENTS


class Apply(Led):
    intent, flows = "apply", ("apply",)
