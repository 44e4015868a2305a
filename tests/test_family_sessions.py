"""Family sessions: the client first, then relatives by their own invitation, then the officer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from aftercare.casework.attendance import attendance
from aftercare.casework.family import families
from aftercare.casework.sessions import sessions
from aftercare.casework.sessions.plans import Plan
from aftercare.records import clients, holdings, people, relatives
from aftercare.records import sessions as records
from aftercare.records.crises import Crisis
from aftercare.records.family_invitations import FamilyInvitation
from aftercare.records.outbox import Outgoing
from tests import newcomers
from tests.town import Neighbour, Town


async def book(
    town: Town, at: datetime, kind: str = "konseling keluarga", place: str = "Ruang 2"
) -> int:
    """A session of Budi's as the office books it; the number of the session."""
    async with town.database.transaction() as db:
        plan = Plan(
            town.office,
            await people.get(db, town.sari.id),
            (await clients.get(db, town.budi.id),),
            kind,
            place,
            at,
        )
        made = (await sessions.book(db, plan, town.clock.now())).session.id
    await town.settle()
    return made


def in_days(town: Town, days: float) -> datetime:
    return town.clock.now() + timedelta(days=days)


async def invited(town: Town, days: float = 3) -> Neighbour:
    """Siti, whom Budi lets be invited to a family session some days ahead."""
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, days))
    await town.budi.taps("Undang Siti")
    for who in (town.budi, town.sari):
        await who.heard()
    return siti


async def hears_violence(town: Town) -> None:
    async with town.database.transaction() as db:
        at = town.clock.now()
        db.add(Crisis(person_id=town.budi.id, tier="violence", who="self", because=["x"],
                      heard_at=at))  # fmt: skip


async def sessions_heard(who: Neighbour) -> list[str]:
    return [key for key in await who.heard() if key.startswith("family_session")]


async def test_nobody_is_invited_before_budi_has_said_who(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")

    await book(town, in_days(town, 3))

    assert await town.budi.heard() == [
        "family.client.joined",
        "session.client.booked",
        "family_session.client.ask",
    ]
    assert await siti.heard() == []


async def test_budi_says_yes_and_siti_reads_what_where_and_when(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, 3))

    await town.budi.taps("Undang Siti")

    assert (await town.budi.heard())[-1] == "family_session.client.invited"
    assert await siti.heard() == ["family_session.family.invitation"]
    text = siti.phone.newest.text
    assert "Kamis, 26 November jam 08.00 WIB" in text
    assert "Ruang 2" in text
    assert "dipandu Sari" in text


async def test_budi_says_nobody_and_nobody_hears_of_it(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, 4))

    await town.budi.taps("Jangan undang siapa pun")
    await town.passes(days=1)

    assert await sessions_heard(siti) == []


async def test_without_the_scope_budi_is_not_even_asked(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance", "session_reminders")

    await book(town, in_days(town, 3))

    assert "family_session.client.ask" not in await town.budi.heard()
    assert await siti.heard() == []


async def test_an_ordinary_session_has_nothing_to_do_with_the_family(town: Town) -> None:
    await newcomers.agreed_relative(town, "Siti", "invitations")

    await book(town, in_days(town, 3), kind="konseling")

    assert "family_session.client.ask" not in await town.budi.heard()


async def test_a_scope_taken_away_while_the_invitation_waits_for_morning_stops_it(
    town: Town,
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, 3))
    await town.passes(hours=14)
    await town.budi.taps("Undang Siti")
    async with town.database.transaction() as db:
        (one,) = await relatives.of_person(db, siti.id)
        families.change_scopes(one, ["attendance"])

    await town.passes(hours=10)

    assert await siti.heard() == []


async def test_violence_heard_meanwhile_stops_the_invitation(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, 3))
    await town.passes(hours=14)
    await town.budi.taps("Undang Siti")
    await hears_violence(town)

    await town.passes(hours=10)

    assert await siti.heard() == []


async def test_siti_can_come_and_sari_knows_it(town: Town) -> None:
    siti = await invited(town)

    await siti.taps("Bisa datang")

    assert (await siti.heard())[-1] == "family_session.family.coming"
    assert await town.sari.heard() == ["family_session.staff.coming"]
    assert "Siti (orang tua Budi) bisa datang" in town.sari.phone.newest.text
    assert await town.budi.heard() == []


async def test_one_question_goes_along_as_a_choice_and_never_as_words(town: Town) -> None:
    siti = await invited(town)

    await siti.taps("Titip satu pertanyaan")
    await siti.taps("Bicara tanpa bertengkar")

    assert await town.sari.heard() == ["family_session.staff.asks"]
    assert "bicara tanpa bertengkar" in town.sari.phone.newest.text
    assert await town.budi.heard() == []


async def test_the_evening_before_siti_is_reminded_once_and_sari_reads_who_comes(
    town: Town,
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations", "session_reminders")
    await book(town, in_days(town, 3))
    await town.budi.taps("Undang Siti")
    await siti.taps("Bisa datang")
    for who in (siti, town.sari):
        await who.heard()

    await town.passes(days=2, hours=12)

    heard = [key for key in await siti.heard() if not key.startswith("prompt")]
    assert heard == ["family_session.family.eve"]
    assert "family_session.staff.who_comes" in await town.sari.heard()


async def test_whoever_cannot_come_is_not_reminded(town: Town) -> None:
    siti = await invited(town)
    await siti.taps("Belum bisa")
    await siti.heard()

    await town.passes(days=2, hours=12)

    assert await sessions_heard(siti) == []


async def test_a_moved_session_is_told_and_asked_anew(town: Town) -> None:
    siti = await invited(town)
    await siti.taps("Bisa datang")
    await siti.heard()

    async with town.database.transaction() as db:
        (one,) = await records.of_client(db, town.budi.id, after=town.clock.now())
        await sessions.move(db, one.session, in_days(town, 5), by=None, now=town.clock.now())
    await town.settle()

    assert await siti.heard() == ["family_session.family.moved"]
    assert "Sabtu, 28 November" in siti.phone.newest.text


async def test_a_session_called_off_is_told_without_a_reason(town: Town) -> None:
    siti = await invited(town)
    await siti.heard()

    async with town.database.transaction() as db:
        (one,) = await records.of_client(db, town.budi.id, after=town.clock.now())
        await sessions.excuse(db, one, "ill", town.clock.now())
    await town.settle()
    await town.passes(days=4)

    assert await sessions_heard(siti) == ["family_session.family.called_off"]


async def test_what_is_off_while_friday_prayers_are_held_reaches_siti_before_she_sets_out(
    town: Town,
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    number = await book(town, datetime(2026, 11, 27, 6, 30, tzinfo=UTC))  # half past one
    await town.budi.taps("Undang Siti")
    await town.until(datetime(2026, 11, 27, 5, 0, tzinfo=UTC))
    await siti.heard()

    async with town.database.transaction() as db:
        session = await records.get(db, number)
        sari = await people.get(db, town.sari.id)
        assert session is not None
        await sessions.cancel(db, session, by=sari, now=town.clock.now())
    await town.settle()

    assert await siti.heard() == ["family_session.family.called_off"]


async def test_siti_says_how_it_was_and_sari_reads_it_only_with_her_yes(town: Town) -> None:
    siti = await invited(town, days=1)
    await siti.taps("Bisa datang")
    await town.passes(days=1, hours=5)
    assert "family_session_feedback.family.helped" in await siti.heard()
    for who in (town.sari, town.budi):
        await who.heard()

    await siti.taps("Lebih lega")
    await siti.taps("Giliran bicara yang adil")
    assert "family_session.staff.feedback" not in await town.sari.heard()
    await siti.taps("Boleh")

    assert "family_session.staff.feedback" in await town.sari.heard()
    assert "family_session" not in " ".join(await town.budi.heard())


async def test_feedback_that_siti_keeps_back_is_kept_nowhere(town: Town) -> None:
    siti = await invited(town, days=1)
    await siti.taps("Bisa datang")
    await town.passes(days=1, hours=5)
    await town.sari.heard()

    await siti.taps("Masih berat")
    await siti.taps("Waktu lebih panjang")
    await siti.taps("Jangan")

    assert "family_session.staff.feedback" not in await town.sari.heard()
    async with town.database.transaction() as db:
        (one,) = await db.scalars(select(FamilyInvitation))
        assert (one.helped, one.wish) == (None, None)


async def test_whoever_did_not_come_is_not_asked_how_it_was(town: Town) -> None:
    siti = await invited(town, days=1)

    await town.passes(days=1, hours=6)

    assert "family_session_feedback.family.helped" not in await siti.heard()


async def test_a_yes_after_violence_was_heard_invites_nobody_and_says_so(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, 3))
    await hears_violence(town)

    await town.budi.taps("Undang Siti")

    assert (await town.budi.heard())[-1] == "family_session.client.passed"
    await town.passes(days=3)
    assert await siti.heard() == []
    assert "family_session.staff.who_comes" not in await town.sari.heard()


async def test_violence_heard_meanwhile_leaves_the_evening_before_without_encouragement(
    town: Town,
) -> None:
    siti = await invited(town)
    await siti.taps("Bisa datang")
    await siti.heard()
    await hears_violence(town)

    await town.passes(days=3)

    assert "family_session.client.eve" not in await town.budi.heard()
    assert "family_session.family.eve" not in await siti.heard()


async def test_the_evening_before_nobody_speaks_of_who_may_not_be_invited_any_more(
    town: Town,
) -> None:
    siti = await invited(town)
    await siti.taps("Bisa datang")
    await town.sari.heard()
    async with town.database.transaction() as db:
        (one,) = await relatives.of_person(db, siti.id)
        families.change_scopes(one, ["attendance"])

    await town.passes(days=3)

    assert "family_session.staff.who_comes" not in await town.sari.heard()
    assert "family_session.client.eve" not in await town.budi.heard()


async def test_where_budi_was_not_there_siti_is_not_asked_how_it_was(town: Town) -> None:
    siti = await invited(town, days=1)
    await siti.taps("Bisa datang")
    await town.passes(days=1, hours=1)
    async with town.database.transaction() as db:
        (one,) = await records.past_of_client(db, town.budi.id, before=town.clock.now())
        sari = await people.get(db, town.sari.id)
        await attendance.record(db, one, "late_excuse", by=sari, now=town.clock.now())

    await town.passes(hours=5)

    assert "family_session_feedback.family.helped" not in await siti.heard()


async def test_budis_own_copy_says_nothing_of_what_siti_answered(town: Town) -> None:
    siti = await invited(town)
    await siti.taps("Bisa datang")

    async with town.database.transaction() as db:
        mine = await holdings.of_person(db, town.budi.id)
        hers = await holdings.of_person(db, siti.id)

    assert "family_invitations" not in mine
    assert [one["answer"] for one in hers["family_invitations"]] == ["coming"]


async def test_a_strangers_tap_on_an_invitation_changes_nothing(town: Town) -> None:
    await invited(town)
    deni = await newcomers.agreed_relative(town, "Deni", "invitations")
    async with town.database.transaction() as db:
        (one,) = await db.scalars(select(FamilyInvitation))

    await deni.taps_data(f"d:family_session:{one.id}:coming")

    assert await deni.heard() == ["family_session.family.passed"]
    assert "family_session.staff.coming" not in await town.sari.heard()


async def test_the_first_words_of_an_invitation_tell_nothing(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await book(town, in_days(town, 3), place="Bapas Bandung, ruang 2")
    await town.budi.taps("Undang Siti")
    await siti.taps("Bisa datang")
    await town.passes(days=3, hours=6)

    for heard in siti.phone.messages:
        first = heard.text[:60].casefold()
        assert not any(word in first for word in ("bapas", "sidang", "narkoba", "penjara"))
    async with town.database.transaction() as db:
        rows = await db.scalars(select(Outgoing).where(Outgoing.person_id == siti.id))
        assert {row.key.split(".")[1] for row in rows if row.verb == "say"} <= {"family", "anyone"}


async def test_the_evening_before_budi_gets_a_sentence_to_bring_along(town: Town) -> None:
    await invited(town)

    await town.passes(days=2, hours=9, minutes=30)

    assert "family_session.client.eve" in await town.budi.heard()
    await town.budi.taps("Latihan bicara tanpa ribut")
    assert (await town.budi.heard())[-1] == "keluarga1.client.before"


async def test_whoever_joins_after_the_booking_may_be_invited_too(town: Town) -> None:
    await book(town, in_days(town, 3))
    assert "family_session.client.ask" not in await town.budi.heard()

    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    assert "family_session.client.ask" in await town.budi.heard()
    await town.budi.taps("Undang Siti")

    assert await siti.heard() == ["family_session.family.invitation"]
