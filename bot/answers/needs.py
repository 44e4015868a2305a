"""Answers to what weighs on somebody: a sentence that has listened, and two exercises that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from aftercare.casework.exercises import offering
from aftercare.messages import Button, Message
from aftercare.rules.offers import Need
from bot import menus
from bot.answers import visit
from bot.answers.visit import Answer, Events, Visit

#: "gajian", "gaji turun", "abis gajian": wages in hand.
WAGES: Final = "gaji"
NOT_NOW: Final = Button("not_now", "d:not_now:0")


async def offer(tracker: Visit, key: str, needs: Sequence[Need]) -> Message:
    """One exercise, another one, and "not now"; chosen with this client's own past in mind."""
    turn = tracker.turn
    found = await offering.choose(turn.db, turn.person, needs, turn.now)
    words = offering.words(found)
    rows = tuple(
        (Button(place, f"d:module:{turn.person.id}:{module.lower()}"),)
        for place, module in (("first", found.first), ("second", found.second))
    )
    return Message(key, words, (*rows, (NOT_NOW,)), labels_of="understood.client.ways")


class NeedAnswer(Answer):
    """Reflects in one sentence, then offers."""

    needs: tuple[Need, ...] = ()

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        visit.say(dispatcher, await offer(tracker, f"understood.client.{self.intent}", self.needs))
        return visit.NO_EVENTS


class Craving(NeedAnswer):
    intent, needs = "craving", ("urge",)


class Stress(NeedAnswer):
    intent, needs = "stress", ("stress",)


class LowMood(NeedAnswer):
    intent, needs = "low_mood", ("mood",)


class Anger(NeedAnswer):
    intent, needs = "anger", ("anger",)


class Sleep(NeedAnswer):
    intent, needs = "sleep", ("sleep",)


class Stigma(NeedAnswer):
    intent, needs = "stigma", ("stigma",)


class FamilyConflict(NeedAnswer):
    intent, needs = "family_conflict", ("conflict",)


class Work(NeedAnswer):
    """Beside the exercises, what the office knows of work and training."""

    intent, needs = "work", ("work",)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        found = await offer(tracker, "understood.client.work", self.needs)
        *exercises, not_now = found.buttons
        buttons = (*exercises, (menus.button("peluang"),), not_now)
        visit.say(dispatcher, replace(found, buttons=buttons))
        return visit.NO_EVENTS


class Money(NeedAnswer):
    """Money that is missing, or wages that are about to come."""

    intent, needs = "money", ("money",)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        needs: tuple[Need, ...] = (
            ("payday", *self.needs) if WAGES in tracker.text.casefold() else self.needs
        )
        visit.say(dispatcher, await offer(tracker, "understood.client.money", needs))
        return visit.NO_EVENTS


class DrugsOffered(NeedAnswer):
    intent, needs = "offer", ("places",)


class Unmotivated(NeedAnswer):
    intent, needs = "unmotivated", ("doubt",)
