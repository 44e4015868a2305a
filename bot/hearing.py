"""Puts the handlers in the order in which they are asked: danger first, fallback last."""

from __future__ import annotations

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from aftercare.words import Book
from bot.answers import table
from bot.flows.playing import Stage
from bot.handlers import (
    alerts,
    applications,
    attendance,
    care_plans,
    check_ins,
    community,
    conversation,
    crisis,
    fallback,
    families,
    family_sessions,
    free_words,
    help,
    hosting,
    leading,
    leaving,
    lessons,
    linking,
    menu,
    modules,
    no_shows,
    officer_messages,
    officers,
    opportunities,
    pausing,
    privacy,
    prompts,
    sessions,
    typed_taps,
    welcome,
)


def dispatcher(stage: Stage, book: Book) -> Dispatcher:
    """One place to read what wins over what.

    Raises:
        NoSuchFlow: an answer begins a conversation that content does not have.
    """
    table.check(stage.flows)
    made = Dispatcher(disable_fsm=True, stage=stage)
    made.include_routers(
        crisis.router(),
        typed_taps.router(book),
        linking.router(),
        # Open to whoever has a link, also before the first yes and after leaving.
        help.router(),
        leaving.router(),
        privacy.router(),
        menu.router(),
        welcome.router(),
        alerts.router(),
        attendance.router(),
        no_shows.router(),
        officers.router(),
        officer_messages.router(),
        leading.router(),
        sessions.router(),
        check_ins.router(),
        modules.router(),
        care_plans.router(),
        community.router(),
        hosting.router(),
        opportunities.router(),
        applications.router(),
        pausing.router(),
        families.router(),
        family_sessions.router(),
        prompts.router(),
        lessons.router(),
        conversation.router(),
        free_words.router(),
        fallback.router(),
    )
    return made


def bot(token: str, api: str) -> Bot:
    """aiogram's Bot: it polls, and stops the spinner on a tapped button. It says nothing else."""
    server = TelegramAPIServer.from_base(api)
    return Bot(token, session=AiohttpSession(api=server))
