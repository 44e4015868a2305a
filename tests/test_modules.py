"""The loop of check-in, exercise and follow-up, with NAPAS: timed rounds, pause and resume."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from aftercare.casework import facts
from aftercare.casework.check_ins import check_ins as work
from aftercare.records import alerts, clients, conversations, module_runs, outbox
from aftercare.records.module_runs import Artefact, ModuleRun
from aftercare.rules.wording import visible
from bot.flows import walk
from bot.handlers import modules
from kawan import house
from tests.town import Neighbour, Town

SEVEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ROUNDS = [f"napas.client.breathe_{one}" for one in range(1, 7)]
OURS = ("check_in_daily", "check_in_weekly", "napas", "module_follow_up")


async def runs(town: Town, neighbour: Neighbour) -> list[ModuleRun]:
    async with town.database.transaction() as db:
        return await module_runs.of_client(db, neighbour.id)


async def anchors(town: Town, neighbour: Neighbour) -> list[Artefact]:
    async with town.database.transaction() as db:
        return await module_runs.artefacts(db, neighbour.id, "anchor")


async def begins(neighbour: Neighbour, before: int = 7) -> None:
    """NAPAS, up to the first breath."""
    await neighbour.taps_data(f"d:module:{neighbour.id}:napas")
    await neighbour.taps(str(before))
    await neighbour.taps("Siap")


async def times_of(town: Town, neighbour: Neighbour, key: str) -> list[datetime]:
    async with town.database.transaction() as db:
        found = await db.scalars(
            select(outbox.Outgoing.sent_at)
            .where(outbox.Outgoing.person_id == neighbour.id, outbox.Outgoing.key == key)
            .order_by(outbox.Outgoing.sent_at)
        )
        return [at for at in found if at]


async def test_a_hard_day_leads_to_a_breath_and_the_breath_to_a_question_next_day(
    town: Town,
) -> None:
    async with town.database.transaction() as db:
        work.arm_first(db, await clients.get(db, town.budi.id), town.clock.now())
    await town.until(SEVEN)
    await town.budi.taps("Kurang baik")
    await town.budi.taps("1")
    await town.budi.taps("Belum ada")

    await town.budi.taps("Napas 4–6")  # and it begins at once, not a tick later
    await town.budi.taps("7")
    await town.budi.taps("Siap")
    await town.passes(minutes=1)
    await town.budi.taps("4")
    assert "Tadi 7, sekarang 4. Turun 3." in town.budi.phone.messages[-2].text
    await town.budi.taps("Ini akan lewat")
    await town.budi.taps("3 napas sebelum tidur")
    (run,) = await runs(town, town.budi)
    assert (run.module, run.before, run.after, run.task) == ("NAPAS", 7, 4, "tidur")
    await town.budi.heard()

    await town.passes(days=1)  # the check-in comes first, then the question about the small task
    await town.budi.taps("Biasa saja")
    await town.budi.taps("1")
    await town.budi.taps("Ada")
    assert "3 napas sebelum tidur" in town.budi.phone.newest.text
    await town.budi.taps("Jadi")

    (run,) = await runs(town, town.budi)
    assert run.task_done == "jadi"
    assert (await town.budi.heard())[-1] == "module_follow_up.client.well_done"


async def test_six_rounds_come_ten_seconds_apart(town: Town) -> None:
    await begins(town.budi)
    began = town.clock.now()
    await town.passes(minutes=2)

    sent = await times_of(town, town.budi, "napas.client.breathe")
    assert sent == [began + timedelta(seconds=10 * at) for at in range(6)]
    assert "Putaran 6 dari 6" in "".join(one.text for one in town.budi.phone.messages)
    assert (await town.budi.heard())[-1] == "napas.client.after"


async def test_breathing_at_night_is_not_put_off_to_the_morning(town: Town) -> None:
    await town.until(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))  # eleven in the evening
    await begins(town.budi)
    await town.passes(minutes=1)

    assert (await town.budi.heard())[-1] == "napas.client.after"


async def test_a_pause_in_the_middle_waits_for_the_next_day(town: Town) -> None:
    await begins(town.budi)
    await town.passes(seconds=25)
    await town.budi.writes("/jeda")
    await town.budi.heard()

    await town.passes(days=1)
    assert await town.budi.heard() == []

    await town.budi.writes("/lanjut")
    await town.passes(minutes=1)
    heard = await town.budi.heard()
    assert heard[0] == "control.client.resumed"
    assert heard.count("napas.client.breathe") == 4  # the third round again, and the rest
    assert heard[-1] == "napas.client.after"


async def test_a_pause_that_lasts_too_long_ends_quietly(town: Town) -> None:
    await begins(town.budi)
    await town.budi.writes("/jeda")
    await town.budi.heard()

    await town.passes(days=4)
    await town.budi.writes("/lanjut")

    assert "napas.client.breathe" not in await town.budi.heard()
    assert await runs(town, town.budi) == []


async def test_still_hard_afterwards_leads_to_a_person(town: Town) -> None:
    await begins(town.budi, before=5)
    await town.passes(minutes=1)
    await town.budi.taps("8")
    assert (await town.budi.heard())[-1] == "napas.client.hard"
    await town.budi.taps("Bicara dengan Sari")

    async with town.database.transaction() as db:
        (alert,) = await alerts.unclosed(db, town.office)
    assert alert.kind == "wants_contact"
    assert alert.because == [["asked", {}]]


async def test_an_anchor_in_own_words_is_kept_and_offered_again(town: Town) -> None:
    for word in ("anak-anakku", None):
        await begins(town.budi)
        await town.passes(minutes=1)
        await town.budi.taps("3")
        if word:
            await town.budi.writes(word)
        await town.budi.taps("Belum dulu") if word else None

    assert "anak-anakku" in town.budi.phone.newest.text
    await town.budi.taps("Masih")
    assert [one.words for one in await anchors(town, town.budi)] == ["anak-anakku"]


async def test_a_rating_that_never_comes_is_kept_as_none(town: Town) -> None:
    await begins(town.budi)
    await town.passes(hours=4)

    (run,) = await runs(town, town.budi)
    assert (run.before, run.after) == (7, None)


async def test_a_follow_up_for_the_night_comes_at_the_clients_hour(town: Town) -> None:
    await town.until(datetime(2026, 12, 31, 15, 30, tzinfo=UTC))  # half past ten, New Year's Eve
    await begins(town.budi)
    await town.passes(minutes=1)
    await town.budi.taps("3")
    await town.budi.taps("Lewati")
    await town.budi.taps("3 napas saat menunggu")
    await town.budi.heard()

    await town.until(datetime(2027, 1, 1, 11, 59, tzinfo=UTC))
    assert "module_follow_up.client.asked" not in await town.budi.heard()
    await town.passes(minutes=1)
    assert await town.budi.heard() == ["module_follow_up.client.asked"]


async def test_while_budi_rests_nobody_asks_what_became_of_it(town: Town) -> None:
    await begins(town.budi)
    await town.passes(minutes=1)
    await answers(town.budi, "3", "Lewati", "3 napas saat menunggu")
    await town.budi.writes("/jeda")
    await town.budi.taps("3 hari")

    await town.passes(days=1, hours=12)

    async with town.database.transaction() as db:
        assert await conversations.live(db, town.budi.id) is None


async def answers(who: Neighbour, *labels: str) -> None:
    for label in labels:
        await who.taps(label)


async def test_not_having_done_it_is_met_with_an_offer_and_no_blame(town: Town) -> None:
    await begins(town.budi)
    await town.passes(minutes=1)
    await town.budi.taps("3")
    await town.budi.taps("Lewati")
    await town.budi.taps("3 napas saat menunggu")
    await town.until(SEVEN + timedelta(days=1))
    await town.budi.taps("Belum sempat")
    await town.budi.taps("Mau, sekarang")

    assert (await town.budi.heard())[-1] == "napas.client.before"
    assert (await runs(town, town.budi))[0].task_done == "belum"


async def test_a_need_leads_to_its_exercises_and_one_of_them_begins(town: Town) -> None:
    await town.budi.writes("/latihan")
    assert (await town.budi.heard())[0] in ("module.client.needs", "module.client.list")

    await town.budi.taps_data("d:module_need:1:tenang")
    await town.budi.taps("Napas")

    assert await town.budi.heard() == ["module.client.list", "napas.client.before"]


async def test_a_button_for_no_module_changes_nothing(town: Town) -> None:
    await town.budi.taps_data("d:module:1:check_in_daily")

    assert await town.budi.heard() == ["answer.anyone.passed"]


async def test_any_exercise_begins_two_taps_after_the_list(town: Town) -> None:
    shipped = {str(flow.module["id"]) for flow in town.house.stage.flows.values() if flow.module}
    reached = set()
    await town.budi.writes("/latihan")
    needs = [data or "" for row in town.budi.phone.newest.rows for _, data, _ in row]
    for need in needs:
        await town.budi.taps_data(need)
        newest = town.budi.phone.newest
        assert len(visible(newest.text)) <= 350
        starts = [data or "" for row in newest.rows for _, data, _ in row]
        reached |= {data.split(":")[3].upper() for data in starts if data.startswith("d:module:")}

    assert reached == shipped


async def test_what_was_done_has_a_tick_and_a_need_when_all_of_it_was(town: Town) -> None:
    async with town.database.transaction() as db:
        for module in ("TIDUR", "NAPAS"):
            run = ModuleRun(
                client_id=town.budi.id,
                module=module,
                before=5,
                after=3,
                finished_at=town.clock.now(),
            )
            await module_runs.add(db, run)

    await town.budi.writes("/latihan")
    assert "✓ Tidur lebih enak" in town.budi.phone.buttons
    assert "Biar lebih tenang" in town.budi.phone.buttons

    await town.budi.taps("Biar lebih tenang")
    assert "✓ Napas 4–6 (3 menit)" in town.budi.phone.buttons


async def test_many_exercises_for_a_need_come_page_by_page(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modules, "_A_PAGE", 2)
    await town.budi.taps_data("d:module_need:1:tenang")
    assert len(town.budi.phone.buttons) == 3

    await town.budi.taps("Latihan lain")
    assert len(town.budi.phone.buttons) == 2

    await town.budi.taps("Latihan lain")
    assert len(town.budi.phone.buttons) == 3


def test_every_need_has_a_button() -> None:
    stage, book = house.content()

    needs = {str(flow.module["need"]) for flow in stage.flows.values() if flow.module}
    assert needs <= book.text("module.client.needs").labels.keys()


@pytest.mark.parametrize("name", OURS)
def test_every_path_of_our_flows_ends(name: str) -> None:
    stage, _ = house.content()

    found = walk.every_path(stage.flows[name], stage.actions, facts.KNOWN)

    assert found.problems == ()
    assert found.visited == stage.flows[name].steps.keys()
