"""Twelve weeks for clients and for relatives: in order, once a week, safe first, never telling."""

from __future__ import annotations

import itertools
from datetime import UTC, timedelta

from sqlalchemy import select

from aftercare.casework.family import client_prompts, families, family_programmes, relative_prompts
from aftercare.casework.taking_part import leaving
from aftercare.messages import Lane, Message, Terms
from aftercare.records import clients, holdings, outbox, people, relatives, timers
from aftercare.records import family_programmes as places
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.outbox import Cause, Outgoing
from aftercare.rules import prompts as rule
from tests import newcomers
from tests.test_family import booked, tell_attendance
from tests.town import Neighbour, Town

TWELVE = [f"week_{n:02}" for n in range(1, 13)]
SOMETHING = Message("crisis_follow_up.client.here")
#: What nobody at home may read in anything that comes from us.
TELLS = ("bapas", "sidang", "narkoba", "penjara", "lapas", "rehab", "napi", "sabu", "polisi")


async def begins(town: Town, way: places.Way = "family", home: places.Home | None = "safe") -> None:
    """Budi has said how things are at home and wants prompts."""
    async with town.database.transaction() as db:
        budi = await clients.get(db, town.budi.id)
        await family_programmes.choose(db, budi.person, way, home, town.clock.now())


async def place_of(town: Town, who: Neighbour) -> FamilyProgramme:
    async with town.database.transaction() as db:
        place = await places.get(db, who.id)
        assert place is not None
        return place


async def said_to(town: Town, who: Neighbour) -> list[Outgoing]:
    """Every prompt that was sent to this person, oldest first."""
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(Outgoing)
            .where(
                Outgoing.person_id == who.id,
                Outgoing.key.startswith("prompt."),
                Outgoing.state == "sent",
                Outgoing.verb == "say",
            )
            .order_by(Outgoing.sent_at, Outgoing.id)
        )
        return list(found)


async def themes(town: Town, who: Neighbour) -> list[str]:
    return [row.key.split(".")[2] for row in await said_to(town, who)]


def weeks_of(found: list[str]) -> list[str]:
    return [one for one in found if one.startswith("week_")]


async def hears_violence(town: Town, who: Neighbour) -> None:
    async with town.database.transaction() as db:
        now = town.clock.now()
        db.add(
            Crisis(person_id=who.id, tier="violence", who="self", because=["pukul"], heard_at=now)
        )


# The client


async def test_a_client_who_joins_is_asked_some_days_later_whether_to_begin(town: Town) -> None:
    asep, code = await newcomers.client(town, "Asep")
    await asep.writes(f"/start {code}")
    await newcomers.says_yes(asep)
    await town.passes(days=2)
    assert "prompt.client.hello" not in await asep.heard()

    await town.passes(days=1, hours=12)

    assert (await asep.heard()).count("prompt.client.hello") == 1


async def test_nobody_is_asked_more_than_twice(town: Town) -> None:
    async with town.database.transaction() as db:
        await family_programmes.begin(db, await clients.get(db, town.budi.id), town.clock.now())

    await town.passes(days=40)

    assert await themes(town, town.budi) == ["hello", "hello"]


async def test_whoever_declines_hears_nothing_more(town: Town) -> None:
    async with town.database.transaction() as db:
        await family_programmes.begin(db, await clients.get(db, town.budi.id), town.clock.now())
    await town.passes(days=4)

    await town.budi.taps("Tidak usah")
    await town.passes(days=30)

    assert await themes(town, town.budi) == ["hello", "off"]


async def test_safety_is_asked_before_anything_else(town: Town) -> None:
    async with town.database.transaction() as db:
        await family_programmes.begin(db, await clients.get(db, town.budi.id), town.clock.now())
    await town.passes(days=4)
    await town.budi.taps("Boleh, tanya dulu")
    assert (await town.budi.heard())[-1] == "family_programme.client.home"

    await town.budi.taps("Ada, dan aman")
    await town.budi.taps("Tidak perlu")
    await town.passes(days=8)

    assert weeks_of(await themes(town, town.budi)) == ["week_01"]
    place = await place_of(town, town.budi)
    assert (place.way, place.home) == ("family", "safe")


async def test_twelve_weeks_reach_the_client_in_their_order_and_then_a_thank_you(
    town: Town,
) -> None:
    await begins(town)

    await town.passes(days=7 * 20)

    found = await themes(town, town.budi)
    assert weeks_of(found) == TWELVE
    assert found[-1] == "done"
    assert "holiday" in found
    assert all(rule.EVENTS.count(one) * rule.EVENTS.count(two) == 0
               for one, two in itertools.pairwise(found))  # fmt: skip


async def test_never_more_than_one_a_week_and_never_at_night(town: Town) -> None:
    await begins(town)

    await town.passes(days=7 * 15)

    sent = [row.sent_at for row in await said_to(town, town.budi) if row.sent_at]
    assert all(later - earlier > timedelta(days=6) for earlier, later in itertools.pairwise(sent))
    assert {(at.astimezone(UTC) + timedelta(hours=7)).hour for at in sent} == {16}


async def test_a_day_with_two_messages_of_ours_has_no_room_for_a_third(town: Town) -> None:
    await begins(town)
    async with town.database.transaction() as db:
        budi = await people.get(db, town.budi.id)
        for number in (1, 2):
            due = town.clock.now() + timedelta(days=1, hours=number)
            terms = Terms(Lane.REMINDER, due)
            cause = Cause(f"reminder:{number}", town.clock.now())
            outbox.post(db, SOMETHING, to=budi, because=cause, terms=terms)

    await town.passes(days=1, hours=20)
    assert "prompt.client.week_01" not in await town.budi.heard()

    await town.passes(days=1)
    assert await town.budi.heard() == ["prompt.client.week_01"]


async def test_after_the_twelfth_the_client_may_begin_again_and_is_told_that_some_is_known(
    town: Town,
) -> None:
    await begins(town)
    await town.passes(days=7 * 20)

    await town.budi.taps("Boleh, ulang")
    await town.passes(days=15)

    found = await themes(town, town.budi)
    assert found[found.index("done") :] == ["done", "again", "week_01", "week_02"]
    assert (await place_of(town, town.budi)).round == 2


async def test_what_budi_will_do_is_asked_about_kindly_some_days_later(town: Town) -> None:
    await begins(town)
    await town.passes(days=1, hours=10)
    await town.budi.taps("Oke, kukirim")
    await town.budi.heard()

    await town.passes(days=3)

    assert await town.budi.heard() == ["prompt.client.asked"]
    assert "mengirim terima kasih ke satu orang" in town.budi.phone.newest.text
    await town.budi.taps("Belum sempat")
    assert await town.budi.heard() == ["prompt.client.came_not_yet"]


async def test_later_is_a_good_answer_and_nobody_comes_back_to_it(town: Town) -> None:
    await begins(town)
    await town.passes(days=1, hours=10)
    await town.budi.taps("Lain kali")
    await town.budi.heard()

    await town.passes(days=5)

    assert await town.budi.heard() == []


async def test_a_prompt_leads_to_the_exercise_that_fits(town: Town) -> None:
    await begins(town)
    await town.passes(days=1, hours=10)
    await town.budi.heard()

    await town.budi.taps("Latihan membangun percaya")

    assert await town.budi.heard() == ["keluarga2.client.before"]


async def test_whoever_is_not_safe_says_so_once_and_gets_prompts_about_a_person_of_trust(
    town: Town,
) -> None:
    await begins(town)
    await town.passes(days=1, hours=10)
    await town.budi.taps("Tidak cocok buatku")
    await town.budi.taps("Orang rumah tidak aman")
    assert "110" in town.budi.phone.newest.text
    assert "129" in town.budi.phone.newest.text

    await town.budi.taps("Ajakan untuk orang lain saja")
    await town.passes(days=7 * 6)

    later = [one for one in (await themes(town, town.budi))[1:] if one != "later"]
    assert later
    assert all(one.endswith("_trusted") for one in later)


async def test_whoever_has_no_family_may_have_none_of_it(town: Town) -> None:
    await begins(town)
    await town.passes(days=1, hours=10)
    await town.budi.taps("Tidak cocok buatku")
    await town.budi.taps("Tidak ada orangnya")
    await town.budi.taps("Tidak usah dulu")

    await town.passes(days=30)

    assert await themes(town, town.budi) == ["week_01"]
    assert (await place_of(town, town.budi)).home == "none"


async def test_danger_at_home_pages_the_officer_from_the_prompt(town: Town) -> None:
    await begins(town)
    await town.passes(days=1, hours=10)
    await town.budi.taps("Tidak cocok buatku")
    await town.budi.taps("Orang rumah tidak aman")

    await town.budi.taps("Ada ancaman sekarang")

    assert "alert.staff.crisis_violence" in await town.sari.heard()
    assert "crisis.client.card_violence" in await town.budi.heard()


async def test_violence_that_was_heard_turns_every_later_prompt_away_from_home(town: Town) -> None:
    await begins(town)
    await town.passes(days=2)
    await hears_violence(town, town.budi)

    await town.passes(days=22)

    found = await themes(town, town.budi)
    assert found[0] == "week_01"
    assert all(one.endswith("_trusted") for one in found[1:])
    assert len(found) > 2


async def test_violence_heard_while_a_prompt_waits_stops_it(town: Town) -> None:
    await begins(town)
    await town.passes(hours=1)
    async with town.database.transaction() as db:
        await post_now(db, town)
    await hears_violence(town, town.budi)

    await town.settle()

    assert await themes(town, town.budi) == []


async def post_now(db: Db, town: Town) -> None:
    """The prompt is posted and has not been sent yet."""
    armed = await timers.of_subject(db, f"person:{town.budi.id}")
    due = [one for one in armed if one.kind == family_programmes.CLIENT]
    await client_prompts.send(db, due, town.clock.now())


async def test_a_pause_is_respected_and_the_week_comes_after_it(town: Town) -> None:
    await begins(town)
    await town.budi.writes("/jeda")
    await town.budi.taps("1 minggu")

    await town.passes(days=6)
    assert await themes(town, town.budi) == []

    await town.passes(days=4)
    assert await themes(town, town.budi) == ["week_01"]


async def test_after_danger_it_stays_quiet(town: Town) -> None:
    await begins(town)
    await town.passes(hours=20)
    await town.budi.writes("pengen mati aja")

    await town.passes(hours=20)

    assert await themes(town, town.budi) == []


async def test_whoever_leaves_hears_nothing_more(town: Town) -> None:
    await begins(town)
    async with town.database.transaction() as db:
        await leaving.leave(db, await clients.get(db, town.budi.id), town.clock.now())

    await town.passes(days=20)

    assert await themes(town, town.budi) == []


async def test_the_client_turns_it_on_and_off_in_keluarga(town: Town) -> None:
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajakan mingguan")
    await town.budi.taps("Ada, dan aman")
    await town.budi.taps("Tidak perlu")
    await town.passes(days=2)
    assert weeks_of(await themes(town, town.budi)) == ["week_01"]

    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajakan mingguan")
    await town.budi.taps("Tidak usah dikirim")
    await town.passes(days=20)

    assert weeks_of(await themes(town, town.budi)) == ["week_01"]


# Dates and events


async def test_payday_and_a_birthday_are_only_what_budi_gave(town: Town) -> None:
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ajakan mingguan")
    await town.budi.taps("Ada, dan aman")
    await town.budi.taps("Tanggal gajian")
    await town.budi.taps("25")
    await town.budi.taps("Ulang tahun anak")
    await town.budi.writes("kapan ya")
    assert "family_programme.client.unclear" in await town.budi.heard()
    await town.budi.writes("12 Mei")
    await town.budi.taps("Cukup")

    place = await place_of(town, town.budi)
    assert (place.payday, place.birthday) == (25, "05-12")

    await town.passes(days=2)
    assert await themes(town, town.budi) == ["payday"]


async def test_a_missed_session_is_met_with_an_offer_of_company(town: Town) -> None:
    await begins(town)
    await tell_attendance(town, await booked(town, town.clock.now()), "absent")

    await town.passes(days=2)

    assert await themes(town, town.budi) == ["missed"]


# Relatives


async def test_twelve_weeks_reach_the_relative_in_their_order(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")

    await town.passes(days=7 * 18)

    found = await themes(town, siti)
    assert weeks_of(found) == TWELVE
    assert found[-1] == "done"
    sent = [row.sent_at for row in await said_to(town, siti) if row.sent_at]
    assert all(b - a > timedelta(days=6) for a, b in itertools.pairwise(sent))


async def test_without_the_scope_nothing_comes(town: Town) -> None:
    siti = await newcomers.agreed_relative(
        town, "Siti", "session_reminders", "attendance", "emergency_contact"
    )

    await town.passes(days=30)

    assert await themes(town, siti) == []


async def test_a_scope_ticked_later_begins_it_and_one_taken_away_ends_it(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    await town.budi.writes("/keluarga")
    await town.budi.taps("Ubah untuk Siti")
    await town.budi.taps("Ajakan dan saran untuk keluarga")
    await town.budi.taps("Sudah")
    await town.passes(days=3)
    assert await themes(town, siti) == ["week_01"]

    await town.budi.writes("/keluarga")
    await town.budi.taps("Ubah untuk Siti")
    await town.budi.taps("Ajakan dan saran untuk keluarga")
    await town.budi.taps("Sudah")
    await town.passes(days=30)

    assert await themes(town, siti) == ["week_01"]


async def test_a_scope_taken_away_between_posting_and_sending_stops_it(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await town.passes(days=1)
    async with town.database.transaction() as db:
        armed = await timers.of_subject(db, f"person:{siti.id}")
        await relative_prompts.send(db, armed, town.clock.now())
    async with town.database.transaction() as db:
        (one,) = await relatives.of_person(db, siti.id)
        families.change_scopes(one, ["attendance"])

    await town.settle()

    assert await themes(town, siti) == []
    async with town.database.transaction() as db:
        rows = await db.scalars(
            select(Outgoing).where(
                Outgoing.person_id == siti.id, Outgoing.key == "prompt.family.week_01"
            )
        )
        assert [row.reason for row in rows] == ["outside the client's scopes"]


async def test_a_mother_of_two_clients_still_gets_one_message_a_week(town: Town) -> None:
    asep = await town.client("Asep")
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    _, second = await newcomers.relative(town, "Siti", "invitations", of=asep)
    await siti.writes(f"/start {second}")
    await siti.taps("Ya, aku mau")

    await town.passes(days=7 * 6)

    sent = [row.sent_at for row in await said_to(town, siti) if row.sent_at]
    assert len(sent) == 6
    assert all(b - a > timedelta(days=6) for a, b in itertools.pairwise(sent))


async def test_when_one_of_two_clients_takes_the_scope_away_the_other_ones_still_holds(
    town: Town,
) -> None:
    asep = await town.client("Asep")
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    _, second = await newcomers.relative(town, "Siti", "invitations", of=asep)
    await siti.writes(f"/start {second}")
    await siti.taps("Ya, aku mau")

    await town.passes(days=3)

    assert "Asep" in siti.phone.newest.text
    assert "Budi" not in siti.phone.newest.text


async def test_violence_heard_from_budi_ends_encouragement_at_home_without_a_word_why(
    town: Town,
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await town.passes(days=3)
    await hears_violence(town, town.budi)

    await town.passes(days=30)

    assert await themes(town, siti) == ["week_01"]


async def test_stopping_the_prompts_does_not_say_that_home_is_safe_again(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await begins(town)
    await town.passes(hours=1)
    await hears_violence(town, town.budi)
    await town.passes(hours=1)

    await begins(town, "off", None)
    await town.passes(days=20)
    assert await themes(town, siti) == []

    await begins(town)
    await town.passes(days=20)
    assert await themes(town, siti) != []


async def test_violence_heard_before_budi_was_ever_asked_about_home_holds_the_relatives_back(
    town: Town,
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await hears_violence(town, town.budi)
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        await family_programmes.begin(db, client, town.clock.now())

    await town.passes(days=20)

    assert (await place_of(town, town.budi)).way == "asked"
    assert await themes(town, siti) == []


async def test_home_that_is_not_safe_holds_back_the_relatives_messages(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await begins(town, "off", "unsafe")

    await town.passes(days=30)

    assert await themes(town, siti) == []


async def test_what_siti_answers_stays_with_siti(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await town.passes(days=3)
    for other in (town.sari, town.budi):
        await other.heard()

    await siti.taps("Sulit di rumah kami")

    assert (await siti.heard())[-1] == "prompt.family.hard"
    assert await town.sari.heard() == []
    assert await town.budi.heard() == []
    async with town.database.transaction() as db:
        copy = await holdings.of_person(db, town.budi.id)
        assert "prompts" not in copy
        (mine,) = (await holdings.of_person(db, siti.id))["prompts"]
        assert mine["answer"] == "hard"


async def test_a_relative_may_stop_the_weekly_message_alone_and_want_it_again(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await siti.writes("/belajar")
    await siti.taps("Saran mingguan: berhenti")
    await town.passes(days=20)
    assert weeks_of(await themes(town, siti)) == []

    await siti.writes("/belajar")
    await siti.taps("Saran mingguan: kirim lagi")
    await town.passes(days=3)

    assert weeks_of(await themes(town, siti)) == ["week_01"]


async def test_help_is_one_tap_from_every_weekly_message(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await town.passes(days=3)

    await siti.taps("Keadaan gawat")
    await siti.taps("Ada ancaman atau kekerasan")
    threatened = siti.phone.newest.text
    await siti.writes("/bantuan")
    await siti.taps("Ada yang tidak sadar")
    asleep = siti.phone.newest.text

    assert all(number in threatened for number in ("110", "112", "129"))
    assert "angan hadapi sendiri" in threatened
    assert all(number in asleep for number in ("119", "112"))
    await siti.taps("Minta ditelepon")
    assert "alert.staff.crisis_call" in await town.sari.heard()


# What they read


async def test_relatives_never_learn_what_budi_said_or_did(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await begins(town)
    await town.budi.writes("/rencana")
    await town.budi.writes("tadi malam aku hampir pakai sabu di rumah si Tono")
    await town.passes(days=7 * 16)

    async with town.database.transaction() as db:
        rows = await db.scalars(select(Outgoing).where(Outgoing.person_id == siti.id))
        carried = [str(row.content) for row in rows]
    read = [heard.text for heard in siti.phone.messages]

    for text in [*carried, *read]:
        assert not any(word in text.casefold() for word in ("tono", "sabu", "hampir pakai"))
    assert all(
        set(row.content.get("values", {})) <= {"client", "holiday", "scopes"}
        for row in await said_to(town, siti)
    )


async def test_no_lock_screen_tells_anything(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "invitations")
    await begins(town)

    await town.passes(days=7 * 16)

    for who in (siti, town.budi):
        for heard in who.phone.messages:
            first = heard.text[:60].casefold()
            assert not any(word in first for word in TELLS), heard.text


async def test_home_that_is_not_safe_may_be_said_in_an_exercise_too(town: Town) -> None:
    await begins(town)
    await town.passes(hours=1)
    await town.budi.writes("/latihan")
    await town.budi.taps_data(f"d:module:{town.budi.id}:keluarga1")
    await town.budi.taps("5")

    await town.budi.taps("Bisa ada yang main tangan")
    await town.passes(days=2)

    assert (await themes(town, town.budi))[-1] == "week_01_trusted"


async def test_an_old_button_does_not_lead_home_whom_home_has_hurt(town: Town) -> None:
    await begins(town)
    await town.passes(days=7 * 20)
    again = town.budi.phone.newest
    async with town.database.transaction() as db:
        budi = await clients.get(db, town.budi.id)
        await family_programmes.choose(db, budi.person, "off", "unsafe", town.clock.now())
    await town.budi.heard()

    assert "ulang dari awal" in again.text
    await town.budi.taps("Boleh, ulang")

    assert await town.budi.heard() == ["family_programme.client.home"]
    assert (await place_of(town, town.budi)).way == "off"
