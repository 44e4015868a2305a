"""The transcripts of all flows that stand in the repository, for reviewers to read and compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aftercare.casework import deeds, facts
from bot.flows import screenplay
from kawan import pages

FOLDER: Final = Path(__file__).parents[1] / "tests" / "content" / "transcripts"


def now() -> dict[str, str]:
    """The transcript of every flow as its words are today."""
    flows, samples = pages.flows(), pages.samples()
    return {
        name: screenplay.write(flow, deeds.ACTIONS, facts.KNOWN, samples)
        for name, flow in flows.items()
    }


def kept(folder: Path = FOLDER) -> dict[str, str]:
    return {one.stem: one.read_text(encoding="utf-8") for one in sorted(folder.glob("*.txt"))}


def changed(today: Mapping[str, str], folder: Path = FOLDER) -> list[str]:
    """The flows whose words are no longer those in their transcript."""
    then = kept(folder)
    return sorted(name for name in today.keys() | then.keys() if today.get(name) != then.get(name))


def write(today: Mapping[str, str], folder: Path = FOLDER) -> list[str]:
    """Writes what has changed, and takes away what belongs to no flow; returns the names."""
    names = changed(today, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        file = folder / f"{name}.txt"
        if name in today:
            file.write_text(today[name], encoding="utf-8")
        else:
            file.unlink()
    return names
