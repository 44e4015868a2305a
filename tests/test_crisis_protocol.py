"""The protocol for danger, line by line: domain page on safety, 6.3 and 6.4."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from aftercare.casework.danger import crisis_words
from aftercare.records import audit, clients, people
from aftercare.records.crises import Crisis
from tests import newcomers
from tests.town import Town

QUESTIONS = ("safe", "wondering", "thoughts", "plan")


def asked(heard: list[str]) -> list[str]:
    return [key for key in heard if key.rpartition(".")[2] in QUESTIONS]


@pytest.mark.parametrize(
    ("words", "card", "pages"),
    [
        ("rasanya gelap bgt, ga ada jalan keluar", "t1", False),
        ("aku pengen mati aja", "t2", True),
        ("talinya udah siap di leher", "t3", True),
        ("gw kebanyakan tramadol, susah napas", "overdose", True),
        ("temen gw OD, bibirnya biru", "overdose_other", True),
        ("aku dipukulin suami", "violence", True),
        ("mau gw bacok tuh orang", "violence_own", True),
        ("sakaw parah, muntah terus", "withdrawal", False),
        ("temen gw katanya pengen mati", "other", False),
        ("dulu pernah mau bundir, sekarang udah engga", "soft", False),
    ],
)
async def test_each_kind_of_danger_has_its_card_and_pages_or_not(
    town: Town, words: str, card: str, pages: bool
) -> None:
    await town.budi.writes(words)

    assert (await town.budi.heard())[0] == f"crisis.client.card_{card}"
    assert bool(await town.sari.heard()) is pages


async def test_what_only_sounds_like_withdrawal_gets_help_for_the_body_and_no_question_of_death(
    town: Town,
) -> None:
    await town.budi.writes("putus obat dari kemaren badan gw kacau")

    assert await town.budi.heard() == ["crisis.client.card_withdrawal"]
    assert await town.sari.heard() == []


async def test_at_most_three_questions_are_asked(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    await town.budi.taps("Aku aman")
    await town.budi.taps("Masih ada")
    await town.budi.taps("Tidak")

    assert len(asked(await town.budi.heard())) == 3


async def test_whoever_spoke_of_no_death_is_asked_whether_it_was_thought_of_not_whether_it_is_left(
    town: Town,
) -> None:
    await town.budi.writes("rasanya gelap bgt, ga ada jalan keluar")
    await town.budi.taps("Aku aman")

    assert asked(await town.budi.heard()) == [
        "crisis_check.client.safe",
        "crisis_check.client.wondering",
    ]


async def test_once_it_is_no_more_than_distress_a_safe_plan_is_offered(town: Town) -> None:
    await town.budi.writes("rasanya gelap bgt, ga ada jalan keluar")
    await town.budi.taps("Aku aman")
    await town.budi.taps("Tidak")
    assert (await town.budi.heard())[-1] == "crisis_check.client.lighter"

    await town.budi.taps("Mau, sekarang")
    await town.passes(seconds=2)

    assert "aman.client.before" in await town.budi.heard()


async def test_the_day_after_whoever_feels_better_is_offered_the_plan_too(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    await town.passes(days=1, hours=1)
    await town.budi.taps("Lebih baik")

    assert (await town.budi.heard())[-1] == "crisis_follow_up.client.glad"
    await town.budi.taps("Nanti saja")
    assert (await town.budi.heard())[-1] == "crisis_follow_up.client.here"


async def test_thoughts_that_come_up_when_asked_go_on_to_the_next_question(town: Town) -> None:
    await town.budi.writes("rasanya gelap bgt, ga ada jalan keluar")
    await town.budi.taps("Aku aman")
    await town.budi.taps("Sempat terpikir")
    await town.budi.taps("Iya")

    assert "crisis.client.card_t3" in await town.budi.heard()
    assert "alert.staff.crisis_t3" in await town.sari.heard()


async def test_staff_read_of_thoughts_that_came_up_when_asked_and_of_no_call_that_nobody_asked_for(
    town: Town,
) -> None:
    await town.budi.writes("rasanya gelap bgt, ga ada jalan keluar")
    await town.budi.taps("Aku aman")
    await town.budi.taps("Sempat terpikir")
    await town.budi.taps("Tidak")

    assert (await town.budi.heard())[-2:] == ["crisis.client.card_t2", "crisis_check.client.stay"]
    assert await town.sari.heard() == ["alert.staff.crisis_t2"]
    assert "Waktu ditanya" in town.sari.phone.newest.text
    assert "tombol" not in town.sari.phone.newest.text


async def test_breathing_that_has_not_helped_calls_nobody_who_was_not_asked_for(
    town: Town,
) -> None:
    await town.budi.writes("rasanya gelap bgt, ga ada jalan keluar")
    await town.budi.taps("Temani aku napas")
    await town.passes(minutes=2)
    await town.budi.taps("Masih sama")

    assert (await town.budi.heard())[-1] == "crisis_check.client.calm"
    assert await town.sari.heard() == []


@pytest.mark.parametrize(
    "words",
    ["gw make lagi, sekarang sakaw parah", "gw make lagi, rasanya gelap bgt, ga ada jalan keluar"],
)
async def test_words_that_brought_nobody_are_kept_for_nobody(town: Town, words: str) -> None:
    await town.budi.writes(words)

    assert await town.sari.heard() == []
    async with town.database.transaction() as db:
        assert [one.words for one in await db.scalars(select(Crisis))] == [None]


@pytest.mark.parametrize(
    ("words", "card", "yes", "paged"),
    [
        ("obat sebulan gw abisin semalem", "overdose_soft", "Iya, aku", "overdose"),
        ("i pushed my wife and she fell", "violence_soft", "Iya, ada", "violence"),
    ],
)
async def test_what_only_sounds_like_danger_pages_nobody_before_a_yes(
    town: Town, words: str, card: str, yes: str, paged: str
) -> None:
    await town.budi.writes(words)
    assert (await town.budi.heard())[0] == f"crisis.client.card_{card}"
    assert await town.sari.heard() == []

    await town.budi.taps(yes)

    assert f"alert.staff.crisis_{paged}" in await town.sari.heard()


async def test_what_only_sounded_like_danger_ends_with_one_question(town: Town) -> None:
    await town.budi.writes("obat sebulan gw abisin semalem")
    await town.budi.taps("Tidak ada")

    assert (await town.budi.heard())[-1] == "crisis_check.client.eased"
    assert await town.sari.heard() == []


async def test_whoever_worries_for_somebody_else_reads_that_nobody_was_told_and_how_to_ask(
    town: Town,
) -> None:
    await town.budi.writes("adik saya katanya pengen mati")

    assert "Petugas belum kukabari" in town.budi.phone.newest.text
    assert await town.sari.heard() == []

    await town.budi.taps("elepon")
    assert "alert.staff.crisis_call" in await town.sari.heard()


async def test_an_officer_is_warned_not_to_name_the_mother_who_wrote(town: Town) -> None:
    ibu = await newcomers.agreed_relative(town, "Wati")

    await ibu.writes("saya dipukul anak saya")

    assert "jangan sebut kabar ini kepada klien" in town.sari.phone.newest.text


async def test_a_number_and_what_is_known_of_it_stand_apart(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")

    card = next(one.text for one in town.budi.phone.messages if "119" in one.text)
    assert ")(" not in card
    assert "</b>(" not in card


async def test_the_interrupted_question_comes_again_after_the_danger(town: Town) -> None:
    await town.budi.writes("/pesan")
    await town.budi.writes("aku pengen mati aja")
    await town.budi.taps("Aku aman")
    await town.budi.taps("Sudah reda")

    assert (await town.budi.heard())[-1] == "officer_message.client.what"


async def test_a_forwarded_message_is_read_as_well(town: Town) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Ujang", "date": 0}

    await town.budi.sends(text="temen gw OD, bibirnya biru", forward_origin=origin)

    assert "crisis.client.card_overdose_other" in await town.budi.heard()


async def test_what_is_quoted_out_of_another_chat_is_read_as_well(town: Town) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Ujang", "date": 0}
    quoted = {"text": "aku pengen mati aja", "position": 0}

    await town.budi.sends(
        text="pak ini dari adik saya", quote=quoted, external_reply={"origin": origin}
    )

    assert "crisis.client.card_t2" in await town.budi.heard()


async def test_an_answer_in_own_words_to_an_open_question_is_read_first(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    await town.budi.heard()

    await town.budi.writes("talinya udah siap di leher")

    assert "crisis.client.card_t3" in await town.budi.heard()


async def test_whoever_is_about_to_hurt_somebody_is_asked_to_step_away_and_not_blamed(
    town: Town,
) -> None:
    await town.budi.writes("mau gw bacok tuh orang")

    said = town.budi.phone.messages[-1].text
    assert "ambil jarak 20 menit" in said
    assert "110" in said or "119" in said


async def test_what_was_written_opens_only_with_a_reason_that_budi_can_see(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    async with town.database.transaction() as db:
        budi, sari = await clients.get(db, town.budi.id), await people.get(db, town.sari.id)
        found = await crisis_words.read(db, budi, by=sari, reason="life", now=town.clock.now())
        assert [one.words for one in found] == ["aku pengen mati aja"]

    async with town.database.transaction() as db:
        looks = await audit.of_client(db, town.budi.id)
    assert [one.what for one in looks] == ["crisis_words_life"]
    await town.budi.writes("/siapa")
    assert "Sari: tulisanmu saat keadaan gawat" in town.budi.phone.newest.text


async def test_a_colleague_who_does_not_answer_for_budi_reads_nothing(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    rudi = await town.staff("Rudi", "officer")

    async with town.database.transaction() as db:
        budi, other = await clients.get(db, town.budi.id), await people.get(db, rudi.id)
        with pytest.raises(crisis_words.NotTheirs):
            await crisis_words.read(db, budi, by=other, reason="life", now=town.clock.now())
    async with town.database.transaction() as db:
        assert await audit.of_client(db, town.budi.id) == []


async def test_a_false_alarm_is_marked_on_the_row_itself(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    await town.sari.taps("Tutup")
    await town.sari.taps("Ternyata keliru")

    async with town.database.transaction() as db:
        (kept,) = list(await db.scalars(select(Crisis)))
    assert kept.false_alarm


async def test_a_second_cry_is_asked_about_once(town: Town) -> None:
    await town.budi.writes("aku pengen mati aja")
    await town.budi.writes("beneran pengen mati")
    await town.budi.taps("Aku aman")
    await town.budi.taps("Sudah reda")

    assert (await town.budi.heard())[-1] == "crisis_check.client.calm"


async def test_whoever_writes_less_the_second_time_is_asked_about_the_graver_words(
    town: Town,
) -> None:
    await town.budi.writes("aku pengen mati aja")
    await town.budi.writes("rasanya gelap bgt, ga ada jalan keluar")
    await town.budi.taps("Aku aman")

    assert (await town.budi.heard())[-1] == "crisis_check.client.thoughts"


async def test_whoever_does_not_answer_is_asked_once_more_after_ten_minutes_also_at_night(
    town: Town,
) -> None:
    await town.passes(hours=18)
    await town.budi.writes("aku pengen mati aja")

    await town.passes(minutes=11)

    assert "crisis_check.client.safe.nudge" in await town.budi.heard()
