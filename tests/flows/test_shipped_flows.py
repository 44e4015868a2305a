"""Every flow we ship can be walked by anybody, to its end, in words that fit."""

from __future__ import annotations

import pytest

from aftercare.casework import deeds, facts, producers
from aftercare.words import CONTENT, OF_READER
from bot.flows import library, walk
from bot.flows.library import Library


@pytest.fixture(scope="module")
def shipped() -> Library:
    flows = CONTENT / "id" / "flows"
    return library.load(flows, deeds.ACTIONS, OF_READER, facts.KNOWN, producers.TABLE)


def test_every_path_of_every_flow_ends_and_lacks_nothing(shipped: Library) -> None:
    walks = {
        name: walk.every_path(flow, deeds.ACTIONS, facts.KNOWN) for name, flow in shipped.items()
    }

    assert {name: found.problems for name, found in walks.items() if found.problems} == {}
    assert all("finished" in found.endings for found in walks.values())


def test_no_text_is_heavier_than_it_should_be(shipped: Library) -> None:
    assert [str(one) for one in shipped.warnings] == []
