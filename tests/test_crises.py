"""Danger is heard before everything else: in every state, at once, and until a human comes."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from aftercare.records import alerts
from aftercare.records.alerts import Alert
from aftercare.records.crises import Crisis
from aftercare.records.relatives import Relative
from tests import newcomers
from tests.town import Neighbour, Town


async def crises_of(town: Town) -> list[Crisis]:
    async with town.database.transaction() as db:
        return list(await db.scalars(select(Crisis).order_by(Crisis.id)))


async def open_alerts(town: Town) -> list[Alert]:
    async with town.database.transaction() as db:
        return await alerts.unclosed(db, town.office)


async def test_whoever_wants_to_die_sees_help_in_the_same_turn(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja rasanya")

    assert (await town.budi.heard())[:2] == ["crisis.client.card_t2", "crisis_check.client.safe"]


async def test_the_officer_is_paged_at_once_and_reads_none_of_the_words(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja, semua gara-gara si Tono")

    assert await town.sari.heard() == ["alert.staff.crisis_t2"]
    assert "Tono" not in town.sari.phone.newest.text


async def test_cover_comes_after_five_minutes_and_the_head_after_fifteen(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja rasanya")
    await town.passes(minutes=4, seconds=59)
    assert await town.dewi.heard() == []

    await town.passes(seconds=2)
    assert await town.dewi.heard() == ["alert.staff.crisis_t2"]
    assert await town.hendra.heard() == []

    await town.passes(minutes=10)
    assert await town.hendra.heard() == ["alert.staff.crisis_t2"]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("gw udah nyiapin talinya", "alert.staff.crisis_t3"),
        ("temen gw OD, bibirnya biru, ga bisa dibangunin", "alert.staff.crisis_overdose"),
    ],
)
async def test_where_a_life_is_at_risk_officer_and_cover_are_paged_together(
    town: Town, words: str, page: str
) -> None:
    await town.budi.writes(words)

    assert await town.sari.heard() == [page]
    assert await town.dewi.heard() == [page]
    assert await town.hendra.heard() == []


async def test_where_a_life_is_at_risk_the_head_comes_after_five_minutes(town: Town) -> None:
    await town.budi.writes("gw udah nyiapin talinya")

    await town.passes(minutes=5, seconds=1)

    assert await town.hendra.heard() == ["alert.staff.crisis_t3"]


async def test_where_the_officer_is_away_the_cover_is_paged_at_once(town: Town) -> None:
    await town.sari.writes("/cuti")
    await town.sari.taps("Sampai")
    await town.dewi.heard()

    await town.budi.writes("gw udah nyiapin talinya")

    assert await town.dewi.heard() == ["alert.staff.crisis_t3"]


async def test_when_the_head_is_silent_too_every_colleague_is_asked_and_all_are_asked_again(
    town: Town,
) -> None:
    rudi = await town.staff("Rudi", "officer")
    await town.budi.writes("aku pengen mati aja rasanya")
    await town.passes(minutes=29)
    assert await rudi.heard() == []

    await town.passes(minutes=2)
    assert await rudi.heard() == ["alert.staff.crisis_t2"]

    await town.hendra.heard()
    await town.passes(minutes=15)
    assert await town.hendra.heard() == ["alert.staff.crisis_t2"]


async def test_pages_end_when_somebody_takes_it_or_after_two_hours(town: Town) -> None:
    await town.budi.writes("gw udah nyiapin talinya")

    await town.passes(hours=2, minutes=20)
    await town.sari.heard()
    await town.passes(hours=3)

    assert await town.sari.heard() == []


async def test_pages_go_out_at_night_too(town: Town) -> None:
    await town.passes(hours=18)

    await town.budi.writes("temen gw OD, bibirnya biru, ga bisa dibangunin")
    await town.passes(minutes=6)

    assert await town.sari.heard() == ["alert.staff.crisis_overdose"]
    assert await town.dewi.heard() == ["alert.staff.crisis_overdose"]


async def test_budi_is_told_honestly_that_nobody_has_answered(town: Town) -> None:
    await town.budi.writes("gw udah nyiapin talinya")
    await town.budi.heard()

    await town.passes(minutes=15, seconds=1)

    heard = [key for key in await town.budi.heard() if key.startswith("crisis.client")]
    assert heard == ["crisis.client.nobody_yet_1", "crisis.client.nobody_yet_2"]


async def test_once_somebody_takes_it_nobody_else_is_woken_and_budi_knows(town: Town) -> None:
    await town.budi.writes("gw udah nyiapin talinya")
    await town.passes(minutes=2)
    await town.budi.heard()

    await town.sari.taps("Terima")
    await town.passes(minutes=30)

    assert "crisis.client.somebody_has_it" in await town.budi.heard()
    assert set(await town.dewi.heard()) == {"alert.staff.crisis_t3"}  # the card, then who has it
    assert await town.hendra.heard() == []


async def test_danger_is_heard_in_the_middle_of_a_question(town: Town) -> None:
    await town.budi.writes("/cekin")

    await town.budi.writes("udah beli racunnya tinggal minum")

    assert "crisis.client.card_t3" in await town.budi.heard()


async def test_after_danger_the_conversation_that_was_left_last_goes_on_first(town: Town) -> None:
    await town.budi.writes("/cekin")
    await town.budi.writes("/pesan")
    await town.budi.writes("aku pengen mati aja")

    await town.budi.taps("Aku aman")
    await town.budi.taps("Sudah reda")

    assert (await town.budi.heard())[-1] == "officer_message.client.what"


async def test_danger_is_heard_in_a_caption_and_in_an_edited_message(town: Town) -> None:
    await town.budi.sends(photo=[_photo()], caption="ini pesan terakhir gw, pamit ya semuanya")
    assert "crisis.client.card_t3" in await town.budi.heard()

    town.budi.phone.updates(
        {
            "edited_message": {
                **_written(town.budi),
                "edit_date": 1,
                "text": "gw udah di atas jembatan",
            }
        }
    )
    await town.settle()
    assert "crisis.client.card_t3" in await town.budi.heard()


async def test_a_second_cry_gets_the_card_again_but_one_page_is_enough(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.passes(minutes=10)
    await town.budi.heard()

    await town.budi.writes("beneran pengen mati")

    assert "crisis.client.card_t2" in await town.budi.heard()
    assert len(await open_alerts(town)) == 1


async def test_a_worse_cry_pages_again(town: Town) -> None:
    await town.budi.writes("pengen mati aja")

    await town.budi.writes("udah minum obat segenggam")

    kinds = {alert.kind for alert in await open_alerts(town)}
    assert len(kinds) == 2


async def test_what_was_written_is_kept_locked(town: Town) -> None:
    await town.budi.writes("pengen mati aja")

    async with town.database.transaction() as db:
        stored = (await db.execute(text("SELECT words FROM crises"))).scalar_one()
    assert b"mati" not in bytes(stored)
    assert (await crises_of(town))[0].words == "pengen mati aja"


async def test_nothing_else_reaches_budi_for_a_day(town: Town) -> None:
    await town.budi.writes("pengen mati aja")

    assert (await town.budi.row()).hushed_until is not None


async def test_a_false_alarm_lifts_the_quiet_only_where_nothing_else_was_heard(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Tutup")
    await town.sari.taps("Ternyata keliru")
    assert (await town.budi.row()).hushed_until is None

    await town.budi.writes("pengen mati aja")
    await town.budi.writes("gw udah nyiapin talinya")
    await town.sari.taps("Tutup")
    await town.sari.taps("Ternyata keliru")

    assert (await town.budi.row()).hushed_until is not None


async def test_after_a_day_somebody_asks_how_budi_is(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Terima")
    await town.budi.heard()

    await town.passes(days=1, hours=1)

    assert "crisis_follow_up.client.how" in await town.budi.heard()


@pytest.mark.parametrize(
    "words", ["sakaw bgt", "temen gw pengen mati katanya", "dulu pernah pengen bunuh diri"]
)
async def test_withdrawal_a_friend_and_the_past_get_a_card_and_page_nobody(
    town: Town, words: str
) -> None:
    await town.budi.writes(words)

    assert any(key.startswith("crisis.client.card_") for key in await town.budi.heard())
    assert await town.sari.heard() == []


async def test_a_stranger_is_shown_numbers_and_promised_nothing(town: Town) -> None:
    ujang = await town.stranger()

    await ujang.writes("pengen mati aja")

    assert "119" in ujang.phone.newest.text
    assert "program" in ujang.phone.newest.text
    assert await open_alerts(town) == []


async def test_an_idiom_is_no_danger(town: Town) -> None:
    await town.budi.writes("mati lampu nih dari tadi, ketawa sampe mati nonton srimulat")

    assert not any(key.startswith("crisis") for key in await town.budi.heard())


async def test_the_button_on_the_card_pages_whoever_is_on_duty(town: Town) -> None:
    await town.budi.writes("sakaw bgt")

    await town.budi.taps("Tolong telepon aku")

    assert await town.sari.heard() == ["alert.staff.crisis_call"]


async def test_budis_own_wish_to_die_pages_even_when_a_friends_was_heard_before(
    town: Town,
) -> None:
    await town.budi.writes("temen gw pengen mati katanya")
    await town.passes(minutes=5)

    await town.budi.writes("gw juga pengen mati")

    assert await town.sari.heard() == ["alert.staff.crisis_t2"]


async def test_danger_at_the_end_of_a_very_long_message_is_heard(town: Town) -> None:
    await town.budi.writes("hari ini aku kerja terus " * 150 + ". pengen mati aja")

    assert "crisis.client.card_t2" in await town.budi.heard()


async def test_the_letters_of_a_link_are_nobodys_words(town: Town) -> None:
    guest = await town.stranger()

    await guest.writes("/start Ab-od-mati-bundir-Cd1_xZ")

    assert [key for key in await guest.heard() if key.startswith("crisis")] == []


@pytest.mark.parametrize("command", ["/start", "/jadwal", "/menu", "/berhenti"])
async def test_danger_behind_a_command_is_heard_before_the_command(
    town: Town, command: str
) -> None:
    await town.budi.writes(f"{command} gw pengen mati aja")

    assert "crisis.client.card_t2" in await town.budi.heard()


async def test_danger_is_heard_in_the_question_of_a_poll(town: Town) -> None:
    options = [{"text": one, "voter_count": 0, "persistent_id": one} for one in ("ya", "tidak")]
    poll = {"id": "1", "question": "aku mau bunuh diri, ada yang peduli?", "options": options}
    facts = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
    more = {"allows_multiple_answers": False, "allows_revoting": True, "members_only": False}

    await town.budi.sends(poll={**poll, **facts, **more})

    assert "crisis.client.card_t2" in await town.budi.heard()


async def test_whoever_asks_for_a_call_days_after_an_unclosed_page_is_heard_anew(
    town: Town,
) -> None:
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Terima")
    await town.passes(days=1, hours=1)
    await town.sari.heard()

    await town.budi.taps("Masih sama")
    await town.budi.taps("Iya, tolong")

    assert "alert.staff.crisis_call" in await town.sari.heard()


async def test_asking_for_a_call_within_the_hour_is_told_to_whoever_has_the_page(
    town: Town,
) -> None:
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Terima")
    await town.sari.heard()

    await town.budi.taps_data("d:crisis_call:0")

    assert await town.sari.heard() == ["alert.staff.reason_given"]
    assert len(await open_alerts(town)) == 1


async def test_budi_who_asked_for_a_call_is_told_honestly_and_then_who_comes(town: Town) -> None:
    await town.budi.writes("sakaw bgt")
    await town.budi.taps("Tolong telepon aku")
    await town.passes(minutes=6)
    assert "crisis.client.nobody_yet_1" in await town.budi.heard()

    await town.sari.taps("Terima")

    assert "crisis.client.somebody_has_it" in await town.budi.heard()


async def test_whoever_takes_the_graver_page_answers_for_the_earlier_one_too(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.budi.writes("gw udah nyiapin talinya")
    await town.sari.taps("Terima")
    await town.budi.heard()

    await town.passes(minutes=20)

    assert not any("nobody_yet" in key for key in await town.budi.heard())


async def test_a_relative_who_has_stopped_is_shown_numbers_and_promised_nobody(
    town: Town,
) -> None:
    siti = await mother(town, ["emergency_contact"])
    await siti.writes("/berhenti")
    await siti.heard()

    await siti.writes("suami saya mukulin saya")

    assert await siti.heard() == ["crisis.anyone.card_violence"]
    assert await town.sari.heard() == []


async def test_the_relative_budi_named_is_asked_to_call_him_and_reads_nothing_else(
    town: Town,
) -> None:
    siti = await mother(town, ["emergency_contact"])

    await town.budi.writes("gw udah nyiapin talinya")

    assert await siti.heard() == ["crisis.family.emergency"]
    assert "tali" not in siti.phone.newest.text
    assert "crisis.client.family_told" in await town.budi.heard()


@pytest.mark.parametrize(
    ("scopes", "words"),
    [
        (["session_reminders"], "gw udah nyiapin talinya"),
        (["emergency_contact"], "pengen mati aja"),
        (["emergency_contact"], "temen gw OD, bibirnya biru, ga bisa dibangunin"),
    ],
)
async def test_nobody_at_home_hears_of_it_otherwise(
    town: Town, scopes: list[str], words: str
) -> None:
    siti = await mother(town, scopes)

    await town.budi.writes(words)

    assert await siti.heard() == []
    assert "crisis.client.family_told" not in await town.budi.heard()


async def test_an_officer_who_writes_of_danger_goes_on_hearing_of_the_day(town: Town) -> None:
    await town.sari.writes("klien saya mau bunuh diri, dia udah nyiapin tali")

    assert any(key.startswith("crisis.anyone.card_") for key in await town.sari.heard())
    assert (await town.sari.row()).hushed_until is None
    assert await crises_of(town) == []


async def test_what_a_stranger_writes_in_danger_is_not_kept(town: Town) -> None:
    ujang = await town.stranger()

    await ujang.writes("pengen mati aja")

    assert await crises_of(town) == []


async def mother(town: Town, scopes: list[str]) -> Neighbour:
    """Siti, Budi's mother, who has said yes to what he chose."""
    siti = await town.person("Siti", "family")
    async with town.database.transaction() as db:
        db.add(
            Relative(
                person_id=siti.id,
                client_id=town.budi.id,
                relation="parent",
                scopes=scopes,
                made_at=town.clock.now(),
                agreed_at=town.clock.now(),
            )
        )
    return siti


def _photo() -> dict[str, object]:
    return {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}


def _written(who: Neighbour) -> dict[str, object]:
    user = {"id": who.phone.chat, "is_bot": False, "first_name": "Budi"}
    return {
        "message_id": 77,
        "date": 0,
        "chat": {"id": who.phone.chat, "type": "private"},
        "from": user,
    }


async def test_a_mother_of_two_clients_in_danger_reaches_the_officers_of_both(town: Town) -> None:
    rudi = await town.staff("Rudi", "officer")
    asep = await town.client("Asep", officer=rudi)
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    _, second = await newcomers.relative(town, "Siti", "attendance", of=asep)
    await siti.writes(f"/start {second}")
    await siti.taps("Ya, aku mau")

    await siti.writes("tolong, anak saya ngancam pakai pisau")

    assert "alert.staff.crisis_violence" in await town.sari.heard()
    assert "alert.staff.crisis_violence" in await rudi.heard()
    assert {one.client_id for one in await open_alerts(town)} == {town.budi.id, asep.id}


async def test_one_officers_hand_does_not_close_the_other_ones_alert(town: Town) -> None:
    rudi = await town.staff("Rudi", "officer")
    asep = await town.client("Asep", officer=rudi)
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    _, second = await newcomers.relative(town, "Siti", "attendance", of=asep)
    await siti.writes(f"/start {second}")
    await siti.taps("Ya, aku mau")
    await siti.writes("tolong, anak saya ngancam pakai pisau")
    await siti.heard()

    await town.sari.taps("Terima")
    assert await siti.heard() == ["crisis.family.somebody_has_it"]
    await rudi.taps("Terima")

    assert await siti.heard() == []
    assert {one.state for one in await open_alerts(town)} == {"taken"}


@pytest.mark.parametrize("words", ["anak saya mau bunuh diri", "dia bilang pengen mati aja bu"])
async def test_a_relative_who_fears_for_the_clients_life_brings_the_officer(
    town: Town, words: str
) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "session_reminders")
    await town.budi.heard()

    await siti.writes(words)

    assert (await siti.heard())[0] == "crisis.family.card_t3_other"
    assert await town.sari.heard() == ["alert.staff.crisis_t2"]
    assert "keluarga" in town.sari.phone.newest.text.lower()
    assert await town.budi.heard() == []


async def test_a_client_who_fears_for_a_friend_is_asked_whether_somebody_shall_call(
    town: Town,
) -> None:
    await town.budi.writes("temen gw bilang pengen mati")

    assert (await town.budi.heard())[0] == "crisis.client.card_other"
    assert await town.sari.heard() == []


async def test_whoever_takes_the_graver_page_wakes_nobody_with_the_earlier_one(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.budi.taps("Aku tidak aman")
    await town.sari.taps("Terima")
    await town.dewi.heard()

    await town.passes(hours=2)

    assert await town.dewi.heard() == []
    assert await town.hendra.heard() == []
    assert {one.state for one in await open_alerts(town)} == {"taken"}


async def test_whoever_takes_the_lesser_page_leaves_the_graver_one_to_be_seen(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    (lesser,) = await open_alerts(town)
    await town.budi.writes("gw udah nyiapin talinya")

    await town.sari.taps_data(f"d:alert_take:{lesser.id}")
    await town.passes(minutes=6)

    assert "alert.staff.crisis_t3" in await town.hendra.heard()


async def test_a_false_alarm_promises_budi_no_call(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.budi.heard()

    await town.sari.taps("Tutup")
    await town.sari.taps("Ternyata keliru")

    assert await town.budi.heard() == ["crisis.client.nothing_to_fear"]
    assert "menghubungimu" not in town.budi.phone.newest.text


async def test_a_false_alarm_keeps_the_other_danger_waiting_for_somebody(town: Town) -> None:
    await town.budi.writes("temen gw OD, bibirnya biru, ga bisa dibangunin")
    await town.budi.writes("pengen mati aja")
    await town.sari.taps("Tutup")
    await town.sari.taps("Ternyata keliru")
    await town.budi.heard()

    await town.passes(minutes=6)

    heard = [key for key in await town.budi.heard() if key.startswith("crisis.client")]
    assert heard == ["crisis.client.nobody_yet_1"]


async def test_an_officer_who_has_called_already_is_not_announced_to_call(town: Town) -> None:
    await town.budi.writes("pengen mati aja")
    await town.budi.heard()

    await town.sari.taps("Sudah dihubungi")

    assert await town.budi.heard() == ["crisis.client.somebody_had_it"]


async def test_a_mother_who_asks_for_a_call_is_not_taken_for_her_son(town: Town) -> None:
    siti = await mother(town, ["session_reminders"])
    await siti.writes("anak saya mau bunuh diri")

    await siti.taps("Minta ditelepon")

    assert "Telepon keluarganya" in town.sari.phone.newest.text


async def test_budi_who_asks_for_a_call_is_paged_for_himself_and_not_for_his_mother(
    town: Town,
) -> None:
    siti = await mother(town, ["session_reminders"])
    await siti.writes("anak saya mau bunuh diri")
    await town.sari.taps("Terima")
    await town.sari.heard()

    await town.budi.writes("sakaw bgt")
    await town.budi.taps("Tolong telepon aku")

    assert await town.sari.heard() == ["alert.staff.crisis_call"]


async def test_an_officer_or_a_host_in_danger_reads_that_nobody_was_told(town: Town) -> None:
    dini = await town.person("Dini", "partner")

    for who in (dini, town.sari, town.hendra):
        await who.writes("aku ingin mati")

        assert await who.heard() == ["crisis.anyone.card_t2"]
        assert "belum ada yang kukabari" in who.phone.newest.text
