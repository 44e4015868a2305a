"""Answers about rights: who sees what, leaving, and what the law says, which is never advice."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from aftercare.casework.rights import law, sight
from aftercare.messages import Button, Message
from aftercare.records import clients
from bot import menus
from bot.answers import needs, visit
from bot.answers.visit import Answer, Events, Visit
from bot.understanding.normalising import normalise


class Privacy(Answer):
    intent = "privacy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        client = await clients.get(tracker.turn.db, tracker.turn.person.id)
        visit.say(dispatcher, Message("understood.client.privacy"))
        seen = await sight.seen(tracker.turn.db, client)
        rows = menus.rows(("privasi", "siapa"), ("data", "hapus"))
        visit.say(
            dispatcher,
            Message(seen.key, seen.values, rows, labels_of="understood.client.privacy"),
        )
        return visit.NO_EVENTS


class Withdraw(Answer):
    """`/berhenti`, `/jeda` and `/hapus` are one tap away; the last question is theirs."""

    intent = "withdraw"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        rows = menus.rows(("berhenti", "jeda"), ("hapus",))
        visit.say(dispatcher, Message("understood.client.withdraw", {}, rows))
        return visit.NO_EVENTS


class LawAndRehab(Answer):
    """Information, its day, and who to ask (R13); never a way around a test (R16)."""

    intent = "law_and_rehab"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        if tracker.intent.reason == "evading":
            call = (Button("call_me", "d:call_me:0"),)
            rows = ((menus.button("pesan"),), call, (needs.NOT_NOW,))
            visit.say(dispatcher, Message("understood.client.evading", {}, rows))
            return visit.NO_EVENTS
        spoken = normalise(tracker.text).tokens
        visit.say(dispatcher, law.page(spoken, menus.row("pesan")))
        return visit.NO_EVENTS
