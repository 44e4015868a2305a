"""The answer to somebody who used: support, and a conversation in which nothing goes to staff."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from aftercare.messages import Message
from bot.answers import visit
from bot.answers.visit import Answer, Events, Visit

FLOW: Final = "lapse_told"
#: Where the same is already being talked about, gently and in private.
TALKING: Final = (FLOW, "lapse")


class Lapse(Answer):
    """The words live in the conversation alone, until their owner keeps or deletes them (R15)."""

    intent, flows = "lapse", (FLOW,)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        if tracker.open_flow in TALKING:
            visit.say(dispatcher, Message("understood.client.lapse_again"))
            return visit.NO_EVENTS
        visit.say(dispatcher, Message("understood.client.lapse"))
        tracker.begin(FLOW, words=tracker.text or None)
        return visit.NO_EVENTS
