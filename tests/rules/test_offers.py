"""Two exercises for an answer: what was said, what helped before, never the same one again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest

from aftercare import phrases
from aftercare.rules import offers
from aftercare.rules.offers import HELPS, Need, Offer, Past, Tried
from bot.flows.library import Library
from kawan import house


@pytest.mark.parametrize(
    ("items", "because"),
    [
        ({"confidence": 1}, ("confidence",)),
        ({"family": 0}, ("conflict",)),
        ({"places": 3}, ("places",)),
        ({"activity": 1, "support": 1}, ("idle", "lonely")),
        ({"sleep": 1, "urge": 4}, ("urge", "sleep")),
    ],
)
def test_every_poor_answer_of_a_week_is_a_need(
    items: Mapping[str, int], because: tuple[str, ...]
) -> None:
    strain = offers.after_week(items)

    assert strain is not None
    assert strain.because == because


@pytest.mark.parametrize(
    ("missed", "payday", "needs"),
    [
        (False, False, ()),
        (False, True, ("payday",)),
        (True, True, ("missed", "payday")),
        (True, False, ("missed",)),
    ],
)
def test_payday_and_a_missed_session_make_days_harder(
    missed: bool, payday: bool, needs: tuple[str, ...]
) -> None:
    assert offers.around(missed=missed, payday=payday) == needs


@pytest.mark.parametrize(
    ("needs", "offer"),
    [
        (("urge",), Offer("OMBAK", "TUNDA")),
        (("urge", "mood"), Offer("OMBAK", "GERAK")),
        (("mood",), Offer("GERAK", "NAPAS")),
        (("sleep",), Offer("TIDUR", "NAPAS")),
        (("anger",), Offer("MARAH", "NAPAS")),
        (("stigma",), Offer("STIGMA", "BAIK")),
        (("conflict",), Offer("KELUARGA1", "MARAH")),
        (("payday",), Offer("UANG", "TEMPAT")),
        (("missed",), Offer("HADIR", "TIMBANG")),
        (("confidence",), Offer("TOLAK", "RENCANA")),
        (("urge", "payday"), Offer("OMBAK", "UANG")),
        (("places", "payday"), Offer("TOLAK", "UANG")),
        ((), Offer("NAPAS", "BUMI")),
    ],
)
def test_what_was_said_decides_what_a_newcomer_is_offered(
    needs: tuple[Need, ...], offer: Offer
) -> None:
    assert offers.choose(needs) == offer


@pytest.mark.parametrize(
    ("tried", "offer"),
    [
        ([Tried("NAPAS", 7, 3)], Offer("NAPAS", "OMBAK")),
        ([Tried("NAPAS", 7, 5), Tried("RANTAI", 9, 3)], Offer("RANTAI", "NAPAS")),
        ([Tried("OMBAK", 7, 7)], Offer("TUNDA", "NAPAS")),  # it changed nothing
        ([Tried("OMBAK", 8, 9), Tried("OMBAK", 8, 3)], Offer("OMBAK", "TUNDA")),  # on average
        ([Tried("OMBAK", 8, None)], Offer("OMBAK", "TUNDA")),  # never came to the end
        ([Tried("TIDUR", 9, 0)], Offer("OMBAK", "TUNDA")),  # helped, and fits something else
    ],
)
def test_what_helped_this_person_before_comes_first(tried: list[Tried], offer: Offer) -> None:
    assert offers.choose(["urge"], Past(tried)) == offer


def test_what_stood_first_last_time_makes_room_and_stays_second_if_it_helped() -> None:
    past = Past([Tried("NAPAS", 7, 3)], frozenset({"NAPAS"}))

    assert offers.choose(["urge"], past) == Offer("OMBAK", "NAPAS")


@pytest.mark.parametrize("need", HELPS)
def test_who_always_says_not_now_never_sees_the_same_first_twice_in_a_row(need: Need) -> None:
    firsts = [offers.choose([need]).first]
    for _ in range(5):
        firsts.append(offers.choose([need], Past(lately=frozenset(firsts[-1:]))).first)

    assert all(one != other for one, other in pairwise(firsts))


def test_where_nothing_else_fits_the_same_one_is_offered_again() -> None:
    everything = frozenset(HELPS["sleep"])

    assert offers.choose(["sleep"], Past(lately=everything)) == Offer("TIDUR", "NAPAS")


@pytest.mark.parametrize("main", HELPS)
def test_the_two_are_always_different(main: Need) -> None:
    for other in HELPS:
        found = offers.choose([main, other])
        assert found.first != found.second


@pytest.fixture(scope="module")
def shipped() -> set[str]:
    stage, _ = house.content()
    assert isinstance(stage.flows, Library)
    return set(stage.flows.modules())


def test_every_module_is_offered_to_somebody_and_nothing_else_is(shipped: set[str]) -> None:
    assert {module for modules in HELPS.values() for module in modules} == shipped


def test_every_module_has_an_invitation_and_a_title_to_be_named_by(shipped: set[str]) -> None:
    _, book = house.content()
    invited = {key for key in phrases.load() if key.startswith("module.client.invite_")}

    assert invited == {f"module.client.invite_{one.lower()}" for one in shipped}
    assert all(f"module.client.title_{one.lower()}" in book for one in shipped)


def test_no_invitation_is_long_or_said_for_two_exercises() -> None:
    texts = {key: one.body for key, one in phrases.load().items() if ".invite_" in key}
    invitations = {key: body for key, body in texts.items() if key.startswith("module.")}

    assert {
        key for key, body in invitations.items() if len(body) > 80 or body[-1] not in ".?"
    } == set()
    assert len(set(invitations.values())) == len(invitations)
