"""Work and learning: from the office's list to a card, from "Tertarik" to a human who takes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from aftercare.casework import facts
from aftercare.casework.staff import digests
from aftercare.casework.taking_part import leaving
from aftercare.casework.work import skills
from aftercare.records import (
    clients,
    holdings,
    opportunities,
    outbox,
    people,
    timers,
    work_profiles,
)
from aftercare.records.alerts import Alert
from aftercare.records.opportunities import Opportunity
from aftercare.records.work_profiles import WorkProfile
from bot.flows import walk
from bot.flows.model import Ask
from kawan import directory, house, sample_directory
from kawan.desk import Desk
from tests.town import Neighbour, Town

#: Wednesday at ten in Bandung, in the week that the town begins in.
WEDNESDAY_AT_TEN = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


async def enters(town: Town, title: str = "Pelatihan jahit dasar", **given: Any) -> int:
    """The office has it in its directory."""
    usual: dict[str, Any] = {
        "organiser": "BLK Contoh",
        "kind": "training",
        "skills": ["jahit"],
        "district": "Coblong, Bandung",
        "closes_on": date(2026, 12, 20),
        "contact": "022-1111",
        "cost": 0,
        "online": False,
    }
    now = town.clock.now()
    async with town.database.transaction() as db:
        one = Opportunity(
            office_id=town.office,
            key=title.casefold(),
            title=title,
            made_at=now,
            changed_at=now,
            confirmed_at=now,
            **{**usual, **given},
        )
        db.add(one)
        await db.flush()
        return one.id


async def agrees(town: Town, who: Neighbour, district: str = "Coblong") -> None:
    """Past the questions of /peluang: sewing, in this area."""
    await who.writes("/peluang")
    await who.taps("Ayo, isi sebentar")
    await who.taps("Boleh, carikan")
    await who.taps("Menjahit")
    await who.taps("Itu saja")
    await who.writes(district)


async def profile(town: Town, who: Neighbour) -> WorkProfile | None:
    async with town.database.transaction() as db:
        return await work_profiles.find(db, who.id)


async def interest_alerts(town: Town) -> list[Alert]:
    async with town.database.transaction() as db:
        found = await db.scalars(select(Alert).where(Alert.kind == "interest"))
        return list(found)


async def news_timers(town: Town, who: Neighbour) -> list[timers.Timer]:
    async with town.database.transaction() as db:
        found = await timers.of_subject(db, f"client:{who.id}")
        return [one for one in found if one.kind == "opportunity.news"]


async def test_a_client_is_asked_before_anything_is_kept_and_then_sees_what_fits(
    town: Town,
) -> None:
    await enters(town)

    await town.budi.writes("/peluang")
    assert await town.budi.heard() == ["opportunity.client.first"]
    assert await profile(town, town.budi) is None

    await agrees(town, town.budi)

    kept = await profile(town, town.budi)
    assert kept is not None
    assert (kept.skills, kept.district) == (["jahit"], "Coblong")
    shown = town.budi.phone.newest.text
    assert "Pelatihan jahit dasar" in shown
    assert "Pas dengan yang kamu bisa: Menjahit" in shown
    assert "Di daerahmu: Coblong, Bandung" in shown
    assert "Sari kukabari" in shown  # who will hear of it is said before the tap
    assert len(kept.text_version) == 12
    assert await interest_alerts(town) == []


async def test_a_no_to_the_search_keeps_nothing(town: Town) -> None:
    await enters(town)
    await town.budi.writes("/peluang")
    await town.budi.taps("Ayo, isi sebentar")
    await town.budi.taps("Belum dulu")

    assert await profile(town, town.budi) is None
    assert await news_timers(town, town.budi) == []


async def test_interest_stays_open_until_the_officer_takes_it_and_the_client_hears_who(
    town: Town,
) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    assert "022-1111" in town.budi.phone.newest.text
    assert await town.sari.heard() == ["alert.staff.interest"]
    assert "Pelatihan jahit dasar, BLK Contoh." in town.sari.phone.newest.text

    await town.sari.writes("/peringatan")
    assert "Tertarik peluang" in town.sari.phone.newest.text
    await town.sari.taps("Budi")
    await town.budi.heard()
    await town.sari.taps("Terima")
    assert await town.budi.heard() == ["opportunity.client.taken"]
    assert "Sari" in town.budi.phone.newest.text

    await town.sari.taps("Sudah dihubungi")
    await town.sari.taps("Tutup")
    assert "Sudah dijadwalkan ulang" not in town.sari.phone.buttons
    await town.sari.taps("Sudah bicara dengan klien")
    (alert,) = await interest_alerts(town)
    assert (alert.state, alert.close_reason) == ("closed", "reached")
    assert await town.budi.heard() == []


async def test_from_the_offices_list_to_a_human_who_takes_it(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "title;organiser;kind;skills;district;closes;cost;contact\n"
        "Penjahit harian;Konveksi Maju;lowongan;penjahitan;Coblong;2026-12-20;gratis;0812\n"
    )
    await agrees(town, town.budi)
    async with town.database.transaction() as db:
        await digests.arm(db, await people.get(db, town.sari.id), town.clock.now())
        await directory.take(Desk(db, town.clock.now(), "bot"), file, None)
    await town.budi.heard()

    await town.until(WEDNESDAY_AT_TEN)
    assert await town.budi.heard() == ["opportunity.client.card"]
    await town.budi.taps("Tertarik")
    assert "alert.staff.interest" in await town.sari.heard()
    await town.until(WEDNESDAY_AT_TEN + timedelta(hours=21, minutes=30))
    assert "Peringatan belum diterima: 1" in town.sari.phone.newest.text

    await town.sari.writes("/peringatan")
    await town.sari.taps("Budi")
    await town.sari.taps("Terima")

    assert (await town.budi.heard())[-1] == "opportunity.client.taken"
    assert "Penjahit harian" in town.budi.phone.newest.text


async def test_the_exercise_a_second_time_brings_the_skills_up_to_date_without_asking_again(
    town: Town,
) -> None:
    await agrees(town, town.budi)
    await enters(town, "Tukang las", kind="job", skills=["las"], district="Coblong")
    await _lives_through_kerja1(town.budi, "Las dan bubut")

    kept = await profile(town, town.budi)
    assert kept is not None
    assert (kept.skills, kept.district) == (["las"], "Coblong")
    assert "Tukang las" in town.budi.phone.newest.text


async def test_an_area_is_changed_and_left_open_again(town: Town) -> None:
    await agrees(town, town.budi)
    for label, expected in (("Cimahi", "Cimahi"), ("Di mana saja", None)):
        await town.budi.writes("/peluang")
        await town.budi.taps("Ubah keahlian atau daerah")
        await town.budi.taps("Ganti daerah")
        await (town.budi.writes(label) if expected else town.budi.taps(label))

        kept = await profile(town, town.budi)
        assert kept is not None
        assert (kept.skills, kept.district) == (["jahit"], expected)


async def test_interest_closed_without_a_word_is_told_to_the_client(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    await town.budi.heard()

    await town.sari.taps("Tutup")
    await town.sari.taps("Tidak perlu tindakan")

    assert await town.budi.heard() == ["opportunity.client.taken", "opportunity.client.closed"]


async def test_interest_at_night_waits_for_the_office_and_wakes_nobody(town: Town) -> None:
    await enters(town)
    async with town.database.transaction() as db:
        await digests.arm(db, await people.get(db, town.sari.id), town.clock.now())
    await agrees(town, town.budi)
    await town.until(datetime(2026, 11, 23, 16, 30, tzinfo=UTC))  # half past eleven at night
    await town.budi.taps("Tertarik")
    assert town.sari.phone.messages == []

    await town.until(datetime(2026, 11, 24, 0, 30, tzinfo=UTC))  # half past seven
    assert "Peringatan belum diterima: 1" in town.sari.phone.newest.text
    assert len(town.sari.phone.messages) == 1

    await town.until(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    assert "Klien tertarik peluang" in town.sari.phone.newest.text


async def test_nobody_takes_it_and_the_head_hears_in_the_daytime(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")

    await town.passes(days=14)

    assert (await town.dewi.heard()).count("alert.staff.interest") == 1
    assert (await town.hendra.heard()).count("alert.staff.interest") == 1
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(outbox.Outgoing.sent_at).where(outbox.Outgoing.key == "alert.staff.interest")
        )
        hours = [(at + timedelta(hours=7)).hour for at in found if at]
    assert len(hours) == 3
    assert all(8 <= hour < 16 for hour in hours)


async def test_thinking_again_takes_it_back_before_anybody_has_it(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    await town.budi.taps("Batal tertarik")
    (alert,) = await interest_alerts(town)
    assert (alert.state, alert.close_reason) == ("closed", "taken_back")

    await town.budi.writes("/peluang")
    await town.budi.taps("Pelatihan jahit dasar")
    await town.budi.taps("Tertarik")

    (alert,) = await interest_alerts(town)
    assert alert.state == "open"


async def test_what_the_officer_already_has_cannot_be_taken_back_from_here(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    await town.sari.taps("Terima")
    await town.budi.heard()

    await town.budi.taps_data(f"d:interest_undo:{(await interest_alerts(town))[0].subject_id}")

    assert await town.budi.heard() == ["opportunity.client.too_late"]
    (alert,) = await interest_alerts(town)
    assert alert.state == "taken"


async def test_not_for_me_brings_the_next_one_and_never_comes_back(town: Town) -> None:
    await enters(town)
    await enters(town, "Lowongan penjahit", kind="job", cost=0, district="Cimahi")
    await agrees(town, town.budi)

    await town.budi.taps("Bukan buatku")
    assert "Lowongan penjahit" in town.budi.phone.newest.text
    assert "Di luar daerahmu: Cimahi" in town.budi.phone.newest.text
    await town.budi.taps("Lain")
    assert town.budi.phone.buttons[0] == "Lowongan penjahit"
    assert "Pelatihan jahit dasar" not in town.budi.phone.buttons


async def test_looking_at_the_next_one_leaves_the_contact_of_the_last_one_standing(
    town: Town,
) -> None:
    await enters(town)
    await enters(town, "Lowongan penjahit", kind="job", district="Cimahi")
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")

    await town.budi.taps("Lihat yang lain")

    noted, card = town.budi.phone.messages[-2:]
    assert "022-1111" in noted.text
    assert "Lowongan penjahit" in card.text


async def test_news_come_once_a_week_and_only_what_is_new_and_fits(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await enters(town, "Lowongan las", kind="job", skills=["las"])
    await enters(town, "Konveksi Maju", kind="job")
    await enters(town, "Kelas obras", kind="training")
    await town.budi.heard()

    await town.until(WEDNESDAY_AT_TEN - timedelta(seconds=1))
    assert await town.budi.heard() == []
    await town.until(WEDNESDAY_AT_TEN)
    assert await town.budi.heard() == ["opportunity.client.card"]
    first = town.budi.phone.newest.text
    assert first.startswith("Ada kabar baru yang mungkin cocok buatmu, Budi.")

    await town.until(WEDNESDAY_AT_TEN + timedelta(days=6))
    assert await town.budi.heard() == []
    await town.until(WEDNESDAY_AT_TEN + timedelta(days=7))
    assert await town.budi.heard() == ["opportunity.client.card"]
    assert {"Konveksi Maju", "Kelas obras"} == {
        title
        for title in ("Konveksi Maju", "Kelas obras", "Lowongan las")
        if title in first + town.budi.phone.newest.text
    }

    await town.until(WEDNESDAY_AT_TEN + timedelta(days=22))
    assert await town.budi.heard() == []


async def test_nobody_who_did_not_ask_hears_of_a_new_opportunity(town: Town) -> None:
    await enters(town)

    await town.passes(days=15)

    assert await town.budi.heard() == []


@pytest.mark.parametrize("label", ["Jangan kabari yang baru", "Berhenti mencari"])
async def test_news_stop_when_the_client_says_so(town: Town, label: str) -> None:
    await agrees(town, town.budi)
    await town.budi.writes("/peluang")
    if label == "Berhenti mencari":
        await town.budi.taps("Ubah keahlian atau daerah")
    await town.budi.taps(label)
    await enters(town)
    await town.budi.heard()

    await town.passes(days=15)

    assert await town.budi.heard() == []
    assert await news_timers(town, town.budi) == []


async def test_somebody_who_rests_hears_nothing_and_hears_again_later(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await enters(town, "Konveksi Maju", kind="job")
    async with town.database.transaction() as db:
        person = await people.get(db, town.budi.id)
        person.paused_until = WEDNESDAY_AT_TEN + timedelta(days=2)
    await town.budi.heard()

    await town.until(WEDNESDAY_AT_TEN + timedelta(days=1))
    assert await town.budi.heard() == []
    await town.until(WEDNESDAY_AT_TEN + timedelta(days=7))
    assert await town.budi.heard() == ["opportunity.client.card"]


async def test_news_of_what_was_taken_off_meanwhile_are_not_sent(town: Town) -> None:
    number = await enters(town)
    async with town.database.transaction() as db:
        db.add(
            WorkProfile(
                client_id=town.budi.id, skills=["jahit"], district="Coblong", news=True,
                text_version="1", made_at=town.clock.now(), changed_at=town.clock.now(),
            )
        )  # fmt: skip
        row = outbox.Outgoing(
            person_id=town.budi.id, dedupe_key="x", lane=3, key="opportunity.client.over",
            content={"key": "opportunity.client.over"},
            subject=f"opportunity:{number}@{town.budi.id}",
            arms=[], made_at=town.clock.now(), not_before=town.clock.now() + timedelta(minutes=5),
        )  # fmt: skip
        db.add(row)
        (await opportunities.by_ids(db, [number]))[number].closed_at = town.clock.now()

    await town.passes(minutes=10)

    assert await town.budi.heard() == []


async def test_the_skills_and_area_of_the_exercise_are_used_after_a_yes(town: Town) -> None:
    await enters(town)
    await _lives_through_kerja1(town.budi)
    assert await profile(town, town.budi) is None

    await town.budi.taps("Ya, carikan")
    await town.budi.writes("Coblong, Bandung")

    kept = await profile(town, town.budi)
    assert kept is not None
    assert (kept.skills, kept.district) == (["jahit"], "Coblong, Bandung")
    assert (await town.budi.heard())[-1] == "opportunity.client.card"
    assert len(await news_timers(town, town.budi)) == 1


async def _lives_through_kerja1(budi: Neighbour, skill: str = "Menjahit") -> None:
    await budi.taps_data(f"d:module:{budi.id}:kerja1")
    for label in ("6", skill, "Itu modalku", "Sudah semua", "Baru dasarnya", "Belum ada"):
        await budi.taps(label)
    await budi.town.passes(minutes=3)
    doors = ("Tetangga yang punya usaha", "Balai latihan kerja", "Grup lowongan di HP")
    for label in (*doors, "Tiga pintu ini", "Tanya jadwal balai latihan", "3", "Lihat keadaan"):
        await budi.taps(label)


async def test_staff_see_what_is_in_the_list(town: Town) -> None:
    await enters(town)
    await enters(town, "Sudah lewat", closes_on=date(2026, 11, 1))
    for who in (town.sari, town.hendra):
        await who.writes("/peluang")

        assert "Pelatihan jahit dasar (BLK Contoh), Coblong, Bandung" in who.phone.newest.text
        assert "Sudah lewat" not in who.phone.newest.text


async def test_a_button_for_what_was_never_shown_changes_nothing(town: Town) -> None:
    number = await enters(town)
    for deed in ("opportunity_yes", "opportunity_no", "interest_undo"):
        await town.budi.taps_data(f"d:{deed}:{number}")

    assert set(await town.budi.heard()) == {"answer.anyone.passed"}
    assert await interest_alerts(town) == []


async def test_the_officers_card_carries_nothing_of_what_the_client_can_do_or_where(
    town: Town,
) -> None:
    await enters(town, district=None, skills=[])
    await agrees(town, town.budi, district="Gang rahasia")
    await town.budi.taps("Tertarik")

    said = "".join(one.text for one in (*town.sari.phone.messages, *town.hendra.phone.messages))
    assert "Pelatihan jahit dasar" in said
    assert "rahasia" not in said
    assert "Menjahit" not in said


async def test_erasing_takes_the_profile_and_what_was_shown(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")

    async with town.database.transaction() as db:
        held = await holdings.of_person(db, town.budi.id)
        assert held["work_profiles"][0]["district"] == "Coblong"
        assert held["opportunities"][0]["title"] == "Pelatihan jahit dasar"
        await holdings.forget_words(db, town.budi.id)

    async with town.database.transaction() as db:
        left = await db.scalar(select(func.count()).select_from(WorkProfile))
        shown = await opportunities.showings(db, town.budi.id)
    assert (left, shown) == (0, [])


async def test_names_of_places_are_locked_in_the_records(town: Town) -> None:
    await agrees(town, town.budi, district="Gang Mawar")

    async with town.database.transaction() as db:
        raw = await db.scalar(text("SELECT district FROM work_profiles"))
    assert raw
    assert b"Mawar" not in bytes(raw)


async def test_leaving_ends_the_search(town: Town) -> None:
    await agrees(town, town.budi)
    async with town.database.transaction() as db:
        await leaving.leave(db, await clients.get(db, town.budi.id), town.clock.now())

    assert await news_timers(town, town.budi) == []


async def test_an_interest_that_nobody_has_taken_ends_when_the_client_leaves(town: Town) -> None:
    await enters(town)
    await agrees(town, town.budi)
    await town.budi.taps("Tertarik")
    async with town.database.transaction() as db:
        await leaving.leave(db, await clients.get(db, town.budi.id), town.clock.now())

    await town.passes(days=10)

    (alert,) = await interest_alerts(town)
    assert (alert.state, alert.close_reason) == ("closed", "taken_back")
    assert "alert.staff.interest" not in [*await town.dewi.heard(), *await town.hendra.heard()]


async def test_the_demo_has_something_for_its_client(town: Town) -> None:
    async with town.database.transaction() as db:
        client = await clients.get(db, town.budi.id)
        sample_directory.fill(Desk(db, town.clock.now(), "bot"), town.office, client)

    await town.budi.writes("/peluang")
    assert "Pas dengan yang kamu bisa: Menjahit" in town.budi.phone.newest.text
    await town.budi.taps("Lain")
    assert "Tukang las pagar" in town.budi.phone.newest.text


def test_every_picker_shows_the_one_table_of_skills() -> None:
    stage, _ = house.content()
    for flow, step in (
        ("kerja1", "skills"),
        ("opportunity", "skills"),
        ("opportunity", "new_skills"),
    ):
        asked = stage.flows[flow].steps[step]
        assert isinstance(asked, Ask)
        assert [one.id for one in asked.options] == list(skills.table())


@pytest.mark.parametrize("name", ["opportunity", "kerja1"])
def test_every_path_ends(name: str) -> None:
    stage, _ = house.content()
    found = walk.every_path(stage.flows[name], stage.actions, facts.KNOWN)

    assert found.problems == ()
    assert found.visited == stage.flows[name].steps.keys()
