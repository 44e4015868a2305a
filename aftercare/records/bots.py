"""The username of our bot, as Telegram or the office told it: one-time links are made of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records import statements
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db


class Bot(Base):
    """`number` is Telegram's, the first part of the token; 0 where only the name was told."""

    __tablename__ = "bots"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    username: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(Moment)


async def username(db: Db, number: int) -> str | None:
    """The name of this bot; of the one told last where it is not known by number."""
    mine = await db.get(Bot, number)
    if mine is not None:
        return mine.username
    return await db.scalar(
        select(Bot.username).where(Bot.number == 0).order_by(Bot.told_at.desc()).limit(1)
    )


async def newest_username(db: Db) -> str | None:
    """The name that was told last, whichever token it came with."""
    return await db.scalar(select(Bot.username).order_by(Bot.told_at.desc()).limit(1))


async def remember(db: Db, number: int, username: str, now: datetime) -> None:
    row = {"number": number, "username": username, "told_at": now}
    written = statements.insert_or_replace(db, Bot, ("number",), "username", "told_at")
    await db.execute(written, [row])
