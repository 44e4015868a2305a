"""The other door: a Rasa server asks for an answer, and who it is for is looked at again."""

from __future__ import annotations

import hmac
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from rasa_sdk import Tracker
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection
from sanic import HTTPResponse, Request, Sanic, response

from aftercare import messages
from aftercare.casework.taking_part import welcome
from aftercare.clock import Clock
from aftercare.messages import Message
from aftercare.records import clients, consents, conversations, people, said
from aftercare.records.clients import Client
from aftercare.records.database import Database, Db
from aftercare.records.people import Person
from aftercare.rules import wording
from aftercare.words import Worded
from bot import alarm
from bot.answers import table, visit
from bot.answers.visit import Answer, Events, Visit
from bot.flows.playing import Stage, Turn
from bot.understanding import danger, evading, meaning, rasa, reading, senders
from bot.understanding.reading import Intent

log = logging.getLogger(__name__)
Wording: TypeAlias = Callable[[Db, Person, Message, datetime], Awaitable[Worded]]


class Executor(ActionExecutor):  # type: ignore[misc]
    """Our answers look at no domain, so that none has to be sent along."""

    def update_and_return_domain(self, _payload: Any, _action_name: str) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class RasaDoor:
    """Each call is one transaction: all of the answer or nothing of it."""

    database: Database
    clock: Clock
    stage: Stage
    word: Wording

    def app(self, token: str) -> Sanic[Any, Any]:
        """rasa-sdk's own server, for whoever holds the token."""
        executor = Executor()
        for answer in table.ANSWERS.values():
            executor.register_function(answer.name(), self._served(answer))
        made: Sanic[Any, Any] = create_app(executor, cors_origins=[])
        made.on_request(partial(_admit, token))
        return made

    def _served(self, answer: Answer) -> Callable[..., Awaitable[Events]]:
        async def run(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
            try:
                return await self.answer(answer, dispatcher, tracker)
            except ActionExecutionRejection:
                raise
            except Exception as error:  # its words may be somebody's
                kind = type(error).__name__
                log.error("answer failed", extra={"action": answer.name(), "error": kind})
                raise ActionExecutionRejection(answer.name(), "the answer failed") from None

        return run

    async def answer(
        self, answer: Answer, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> Events:
        """What the bot would do at these words; danger in them is heard before everything."""
        now = self.clock.now()
        text = str(tracker.latest_message.get("text") or "")
        async with self.database.transaction() as db:
            person = await _admitted(db, str(tracker.sender_id), answer)
            turn = Turn(db, person, now, f"{_cause(tracker)}:{answer.name()}")
            if await said.by_cause(db, turn.cause, person.id):
                return []
            if alarm.is_heard(found := danger.read(text)):
                await alarm.raise_(self.stage, turn, found, text)
                return []
            chosen = table.ANSWERS["law_and_rehab"] if evading.is_asked(text) else answer
            live = await conversations.live(db, person.id)
            meant = Visit(turn, self.stage, _intent(chosen, tracker, text), text, live)
            events = await visit.give(chosen, meant, dispatcher)
            for answered in dispatcher.messages:
                await self._put_into_words(db, person, answered, now)
        return events

    async def _put_into_words(
        self, db: Db, person: Person, answered: dict[str, Any], now: datetime
    ) -> None:
        """What the person reads in Telegram, as Rasa notes it; the buttons work there only."""
        message = messages.unpack_message(answered["custom"])
        worded = await self.word(db, person, message, now)
        answered["text"] = wording.visible(worded.text)
        answered["buttons"] = [
            {"title": label, "payload": data} for row in worded.rows for label, data, _ in row
        ]
        answered["custom"] = {"key": message.key}


async def _admitted(db: Db, sender: str, answer: Answer) -> Person:
    """A client who takes part and whose newest word about joining is yes."""
    number = senders.person_of(sender)
    client = await clients.find(db, number) if number is not None else None
    if client is None or not await _agrees(db, client):
        raise ActionExecutionRejection(answer.name(), "this sender cannot be answered")
    return await people.get(db, client.id)


async def _agrees(db: Db, client: Client) -> bool:
    given = await consents.current(db, client.id)
    linked = client.person.telegram_id is not None
    return linked and welcome.takes_part(client) and bool(given.get("join"))


def _cause(tracker: Tracker) -> str:
    """A call that comes twice, even much later, does nothing the second time."""
    return f"rasa:{tracker.latest_message.get('message_id') or uuid.uuid4().hex}"


def _intent(answer: Answer, tracker: Tracker, text: str) -> Intent:
    """What Rasa has read; it is sure of it, since it has chosen the answer."""
    if evading.is_asked(text):
        return meaning.EVADING
    if answer.intent in reading.known_intents():
        return Intent(answer.intent, 1.0, reading.reason_of(answer.intent, text), sure=True)
    names = rasa.names(tracker.latest_message.get("intent_ranking"))
    name, *others = names or [reading.NOTHING]
    return Intent(name, 0.0, others=tuple(others[: reading.OTHERS]))


async def _admit(token: str, request: Request) -> HTTPResponse | None:
    """`/health` is open; everything else wants the token, as a header or as Rasa's `token`."""
    given = request.token or request.args.get("token") or ""
    if request.path == "/health" or hmac.compare_digest(given.encode(), token.encode()):
        return None
    return response.json({"error": "KAWAN_RASA_TOKEN is wanted"}, status=401)
