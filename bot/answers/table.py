"""Every answer by the intent it answers: for the bot and for a Rasa server."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from bot.answers import appointments, doubt, lapse, needs, people, rights, talk, visit
from bot.answers.visit import Answer, Visit

ANSWERS: Final[dict[str, Answer]] = {
    one.intent: one
    for one in (
        needs.Craving(),
        needs.Stress(),
        needs.LowMood(),
        needs.Anger(),
        needs.Sleep(),
        needs.Stigma(),
        needs.FamilyConflict(),
        needs.Work(),
        needs.Money(),
        needs.DrugsOffered(),
        needs.Unmotivated(),
        lapse.Lapse(),
        appointments.AskSchedule(),
        appointments.ChangeSchedule(),
        appointments.Arrived(),
        appointments.CannotAttend(),
        people.TalkToOfficer(),
        people.FamilySupport(),
        people.ViolenceAtHome(),
        people.Apply(),
        rights.Privacy(),
        rights.Withdraw(),
        rights.LawAndRehab(),
        talk.Progress(),
        talk.WantsExercise(),
        talk.Greeting(),
        talk.Thanks(),
        talk.WhatIsThis(),
        talk.OutOfScope(),
        doubt.NotUnderstood(),
    )
}


class NoSuchFlow(LookupError):
    """An answer begins a conversation that content does not have."""


def check(flows: Collection[str]) -> None:
    """Raises NoSuchFlow."""
    for answer in ANSWERS.values():
        for flow in answer.flows:
            if flow not in flows:
                raise NoSuchFlow(f"{answer.name()} begins {flow}, which content does not have")


async def give(tracker: Visit) -> None:
    """The bot's own call: the answer to what was understood, or one question where it was not."""
    name = tracker.intent.name if tracker.intent.sure else doubt.NotUnderstood.intent
    await visit.give(ANSWERS[name], tracker, CollectingDispatcher())
