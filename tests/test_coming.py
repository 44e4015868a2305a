"""HADIR: what makes coming hard is heard, answered with something concrete, told only by a yes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from aftercare.records import alerts, module_runs, sessions
from aftercare.records.outbox import Outgoing
from tests.test_no_shows import booked, missed
from tests.town import Neighbour, Town

OWN_WORDS = "Aku tidak mau kelihatan tetangga"


async def begins(budi: Neighbour, *labels: str) -> None:
    """HADIR, rated 8, up to the answer to these labels."""
    await budi.taps_data(f"d:module:{budi.id}:hadir")
    for label in ("8", *labels):
        await budi.taps(label)


async def ends(town: Town, *, rated: str = "4") -> None:
    """From what is to be brought home to the rating after."""
    await town.budi.writes(OWN_WORDS)
    await town.passes(minutes=1)
    await town.budi.writes(OWN_WORDS)
    await town.budi.taps(rated)


async def told(town: Town, who: Neighbour) -> str:
    """Everything that stands on a phone."""
    return "\n".join(one.text for one in who.phone.messages)


async def test_what_would_make_it_worth_coming_reaches_the_officer_as_a_choice(town: Town) -> None:
    await begins(town.budi, "Soal hati dan semangat", "Tidak ada gunanya", "Bantuan nyata")
    await town.budi.taps("Online saja")
    await town.budi.taps("Boleh")
    await ends(town)

    heard = await told(town, town.sari)
    assert "sesi belum terasa gunanya" in heard
    assert "Ingin bantuan nyata" in heard
    assert "Ingin bertemu online" in heard
    assert OWN_WORDS not in heard


async def test_without_a_yes_the_wish_is_passed_on_and_the_reason_is_not(town: Town) -> None:
    await begins(town.budi, "Soal keadaan", "Ongkos", "Ongkos jalannya", "Tempat lebih dekat")
    await town.budi.taps("Jangan")

    heard = await told(town, town.sari)
    assert "Ingin tempat yang lebih dekat" in heard
    assert "ongkos" not in heard
    async with town.database.transaction() as db:
        kept = await module_runs.artefacts(db, town.budi.id, "barrier")
    assert [one.words for one in kept] == ["Ongkos"]


async def test_after_a_missed_session_the_new_hour_is_booked_and_stands_on_its_card(
    town: Town,
) -> None:
    number = await missed(town)
    await begins(town.budi, "Soal keadaan", "Kerja", "Jamnya bertabrakan", "Waktu lain")
    await town.budi.taps(town.budi.phone.buttons[0])
    await town.budi.taps("Boleh")

    async with town.database.transaction() as db:
        ahead = await sessions.of_client(db, town.budi.id, after=town.clock.now())
        alert = await alerts.about(db, "no_show", f"participant:{number}")
    assert alert is not None
    assert {"rebooked", "reason_work"} <= {code for code, _ in alert.because}
    assert len(ahead) == 1


async def test_a_session_ahead_is_the_officers_to_move(town: Town) -> None:
    at = town.clock.now() + timedelta(days=3)
    await booked(town, town.budi, at=at)
    await begins(town.budi, "Cuma mau ganti waktu")
    await town.budi.taps(town.budi.phone.buttons[0])

    async with town.database.transaction() as db:
        (ahead,) = await sessions.of_client(db, town.budi.id, after=town.clock.now())
        (wish,) = await sessions.open_changes(db, [ahead.id])
    assert ahead.session.starts_at == at
    assert wish.wished_at != at


async def test_who_has_no_session_at_all_tells_the_officer_an_hour(town: Town) -> None:
    await begins(town.budi, "Cuma mau ganti waktu")
    await town.budi.taps(town.budi.phone.buttons[0])

    assert await town.sari.heard() == ["coming.staff.wants_hour"]


async def test_an_hour_stays_free_while_somebody_thinks_about_it(town: Town) -> None:
    await town.passes(minutes=1)
    await begins(town.budi, "Cuma mau ganti waktu")
    assert "10.00" in town.budi.phone.buttons[0]
    await town.passes(minutes=20)

    await town.budi.taps(town.budi.phone.buttons[0])

    assert "hadir.client.asked" in await town.budi.heard()
    assert "jam 10.00 WIB" in town.sari.phone.newest.text


async def test_a_call_first_is_an_open_wish_for_the_officer(town: Town) -> None:
    await begins(town.budi, "Soal hati dan semangat", "Takut datang", "Dimarahi")
    await town.passes(minutes=1)
    await town.budi.taps("Bicara di telepon dulu")

    async with town.database.transaction() as db:
        (alert,) = await alerts.unclosed(db, town.office)
    assert alert.kind == "wants_contact"


async def test_not_wanting_to_change_leads_on_to_both_sides_of_it(town: Town) -> None:
    await begins(town.budi, "Soal hati dan semangat", "Belum ingin berubah")
    await town.budi.writes("Bebas tidur siang")
    await town.budi.taps("Timbang dua sisinya")
    await town.budi.taps("Jangan")
    await ends(town)
    await town.budi.taps("Belum dulu")

    assert (await town.budi.heard())[-1] == "timbang.client.before"
    async with town.database.transaction() as db:
        said = await db.scalars(select(Outgoing.key).where(Outgoing.person_id == town.sari.id))
        assert list(said) == []


async def test_in_integration_nobody_says_that_coming_is_a_choice(town: Town) -> None:
    siti = await town.client("Siti", regime="integration")
    await begins(siti, "Soal hati dan semangat", "Belum ingin berubah")
    await siti.writes("Bebas tidur siang")

    assert "hadir.client.unwilling_agreed" in await siti.heard()
