"""Answers to small talk, to good news and to what is not ours to know."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from aftercare.messages import Message
from bot import menus
from bot.answers import needs, visit
from bot.answers.visit import Answer, Events, Visit


class Progress(Answer):
    """Good news is answered before anything is offered."""

    intent = "progress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        visit.say(dispatcher, Message("understood.client.progress", {}, menus.row("perkembangan")))
        return visit.NO_EVENTS


class WantsExercise(Answer):
    intent = "wants_exercise"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        found = await needs.offer(tracker, "understood.client.wants_exercise", ("stress",))
        first, second, _ = found.buttons
        rows = (first, second, (menus.button("latihan"),))
        labels = "understood.client.ways"
        visit.say(dispatcher, Message(found.key, found.values, rows, labels_of=labels))
        return visit.NO_EVENTS


class Greeting(Answer):
    intent = "greeting"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        visit.say(dispatcher, menus.overview("client"))
        return visit.NO_EVENTS


class Thanks(Answer):
    intent = "thanks"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        visit.say(dispatcher, Message("understood.client.thanks"))
        return visit.NO_EVENTS


class WhatIsThis(Answer):
    intent = "what_is_this"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        rows = menus.rows(("latihan", "jadwal"), ("privasi", "bantuan"))
        visit.say(dispatcher, Message("understood.client.what_is_this", {}, rows))
        return visit.NO_EVENTS


class OutOfScope(Answer):
    intent = "out_of_scope"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        visit.say(dispatcher, Message("understood.client.out_of_scope"))
        visit.say(dispatcher, menus.overview("client"))
        return visit.NO_EVENTS
