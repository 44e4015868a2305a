"""The first conversation: what this is, who sees what, and each consent by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from aftercare.casework import facts
from aftercare.clock import MovableClock
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, outbox, people, timers
from aftercare.records.clients import Client
from aftercare.records.consents import Consent
from aftercare.records.outbox import Cause
from aftercare.rules import wording
from bot.flows import texts
from tests import newcomers
from tests.town import Neighbour, Town


async def consents_of(town: Town, who: Neighbour) -> list[tuple[str, bool]]:
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(Consent).where(Consent.person_id == who.id).order_by(Consent.id)
        )
        return [(one.kind, one.given) for one in found]


async def client_of(town: Town, who: Neighbour) -> Client:
    async with town.database.transaction() as db:
        return await clients.get(db, who.id)


async def asep_opens_his_link(town: Town) -> Neighbour:
    asep, code = await newcomers.client(town, "Asep")
    await asep.writes(f"/start {code}")
    await asep.heard()
    return asep


async def test_asep_says_yes_to_everything_and_is_part_of_it(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    await newcomers.says_yes(asep)

    assert (await asep.heard())[-1] == "welcome.client.close"
    client = await client_of(town, asep)
    assert client.joined_at == town.clock.now()
    assert (client.sharing_level, client.check_in_hour) == (2, "07:00")
    assert (client.person.nickname, client.person.time_zone) == ("Jang", "Asia/Makassar")


async def test_each_consent_is_its_own_row_with_the_words_that_were_read(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    await newcomers.says_yes(asep)

    assert await consents_of(town, asep) == [
        ("join", True), ("check_ins", True), ("crisis", True), ("evaluation", True),
    ]  # fmt: skip
    read = texts.version(town.house.stage.flows["welcome"])
    async with town.database.transaction() as db:
        rows = list(await db.scalars(select(Consent).where(Consent.person_id == asep.id)))
    assert {row.text_version for row in rows} == {read}
    assert {row.at for row in rows} == {town.clock.now()}


async def test_nothing_is_consented_to_before_it_was_asked(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    assert await consents_of(town, asep) == []
    await asep.taps("Ya, aku ikut")
    assert await consents_of(town, asep) == [("join", True)]


async def test_the_officer_hears_once_that_asep_has_joined(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    await newcomers.says_yes(asep)

    assert await town.sari.heard() == ["welcome.officer.joined"]
    assert "Asep" in town.sari.phone.newest.text


async def test_the_first_question_comes_at_the_hour_asep_chose_where_he_lives(town: Town) -> None:
    asep = await asep_opens_his_link(town)
    await newcomers.says_yes(asep)

    async with town.database.transaction() as db:
        armed = await timers.of_subject(db, f"client:{asep.id}")

    local = {one.kind: one.due_at.astimezone(ZoneInfo("Asia/Makassar")) for one in armed}
    assert {"check_in.daily", "check_in.weekly"} <= local.keys()
    assert local["check_in.daily"].strftime("%H:%M") == "07:00"


async def test_whoever_refuses_check_ins_gets_reminders_only(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    for label in ("Ya, aku ikut", "Pengingat jadwal saja", "Aku mengerti", "Jangan"):
        await asep.taps(label)
    await asep.taps("Asep saja")
    await asep.taps("WIB")

    assert (await asep.heard())[-1] == "welcome.client.close"
    assert ("check_ins", False) in await consents_of(town, asep)
    assert (await client_of(town, asep)).joined_at is not None
    async with town.database.transaction() as db:
        assert await timers.of_subject(db, f"client:{asep.id}") == []


async def test_refusing_ends_kindly_says_that_nothing_changes_and_sends_nothing_more(
    town: Town,
) -> None:
    asep = await asep_opens_his_link(town)

    await asep.taps("Tidak dulu")

    assert await asep.heard() == ["welcome.client.refused"]
    assert "hakmu tetap sama" in asep.phone.newest.text
    assert (await client_of(town, asep)).joined_at is None
    await town.passes(days=10)
    assert await asep.heard() == []
    assert await town.sari.heard() == []


async def test_no_reminder_reaches_a_client_who_has_not_said_yes_yet(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    async with town.database.transaction() as db:
        person = await people.get(db, asep.id)
        words, cause = Message("link.anyone.used"), Cause("reminder", town.clock.now())
        outbox.post(db, words, to=person, because=cause, terms=Terms(Lane.REMINDER))
    await town.settle()

    assert await asep.heard() == []


async def test_a_reminder_reaches_asep_from_his_first_yes_on(town: Town) -> None:
    asep = await asep_opens_his_link(town)
    await asep.taps("Ya, aku ikut")
    await asep.heard()

    async with town.database.transaction() as db:
        person = await people.get(db, asep.id)
        words, cause = Message("link.anyone.used"), Cause("reminder", town.clock.now())
        outbox.post(db, words, to=person, because=cause, terms=Terms(Lane.REMINDER))
    await town.settle()

    assert await asep.heard() == ["link.anyone.used"]


async def test_asep_may_change_his_mind_with_start(town: Town) -> None:
    asep = await asep_opens_his_link(town)
    await asep.taps("Tidak dulu")

    await asep.writes("/start")
    await newcomers.says_yes(asep)

    client = await client_of(town, asep)
    assert client.joined_at is not None
    assert client.person.left_at is None


async def test_asep_may_hear_it_all_once_more_before_he_decides(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    await asep.taps("Jelaskan sekali lagi")

    assert await asep.heard() == [
        f"welcome.client.{step}" for step in ("hello", "free", "seen", "stored", "join")
    ]


async def test_objecting_to_the_alarm_leads_to_a_choice_and_not_to_a_trap(town: Town) -> None:
    asep = await asep_opens_his_link(town)
    await asep.taps("Ya, aku ikut")
    await asep.taps("Boleh")

    await asep.taps("Aku keberatan")
    await asep.taps("Tidak jadi ikut")

    assert (await asep.heard())[-1] == "welcome.client.refused"
    newest = dict(await consents_of(town, asep))
    assert newest == {"join": False, "check_ins": False}
    assert (await client_of(town, asep)).person.left_at is not None


async def test_it_is_said_before_the_first_question_that_this_is_a_program(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")

    await asep.writes(f"/start {code}")

    said = [heard.text for heard in asep.phone.messages]
    assert "program komputer, bukan orang" in said[0]
    assert "tidak ada yang berjaga 24 jam" in said[0]
    assert "luar negeri" in said[3]
    assert "tidak terkunci penuh" in said[3]
    assert not any(heard.rows for heard in asep.phone.messages[:-1])


async def test_no_message_of_the_welcome_is_long_and_no_lock_screen_says_where_asep_was(
    town: Town,
) -> None:
    for name in ("welcome", "family_welcome", "family_invite", "settings", "sharing"):
        for key, text in texts.of(town.house.stage.flows[name]).items():
            assert len(wording.visible(text.body)) <= wording.LIMIT, key
            first_line = text.body.splitlines()[0].casefold()
            for word in ("bapas", "lapas", "penjara", "narkoba", "sabu", "sidang"):
                assert word not in first_line, key


async def test_before_the_yes_only_help_privacy_and_the_welcome_are_open(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    await asep.writes("/keluarga")
    await asep.writes("/menu")
    assert await asep.heard() == ["welcome.client.not_yet"] * 2

    await asep.writes("/bantuan")
    await asep.writes("/privasi")
    heard = await asep.heard()
    assert heard == ["control.client.help", "privacy.client.seen", "privacy.client.consents"]


async def test_typed_words_answer_the_welcome_as_taps_do(town: Town) -> None:
    asep = await asep_opens_his_link(town)

    await asep.writes("iya ikut")
    await asep.writes("gak")

    assert await consents_of(town, asep) == [("join", True), ("check_ins", False)]


async def test_an_unfinished_welcome_still_tells_the_officer_after_a_yes(
    town: Town, clock: MovableClock
) -> None:
    asep = await asep_opens_his_link(town)
    await asep.taps("Ya, aku ikut")

    await town.passes(days=7, hours=1)

    assert "welcome.officer.joined" in await town.sari.heard()
    assert (await client_of(town, asep)).joined_at == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


async def test_a_nickname_with_markup_is_shown_as_it_was_written(town: Town) -> None:
    asep = await asep_opens_his_link(town)
    for label in ("Ya, aku ikut", "Boleh", "Aku mengerti", "Boleh"):
        await asep.taps(label)

    await asep.writes("<b>Si\n\nBos</b> {officer}")

    assert (await asep.row()).nickname == "<b>Si Bos</b> {officer}"
    assert "&lt;b&gt;Si Bos&lt;/b&gt; {officer}" in asep.phone.newest.text


async def test_what_flows_may_ask_about_asep_follows_his_answers(town: Town) -> None:
    asep = await asep_opens_his_link(town)
    await newcomers.says_yes(asep)

    async with town.database.transaction() as db:
        known = await facts.of(db, await people.get(db, asep.id), town.clock.now())

    assert (known["joined"], known["consented_check_ins"], known["sharing_level"]) == (
        True, True, 2,
    )  # fmt: skip
