"""The writers' command finds every mistake by file and line, and what a lock screen would tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aftercare import phrases
from aftercare.casework.exercises import care_plans
from aftercare.casework.rights import data_copy
from aftercare.rules import discretion
from kawan import pages, proofs


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All content, in a folder of its own, read by everything that reads content."""
    folder = tmp_path / "content"
    shutil.copytree(pages.CONTENT, folder)
    monkeypatch.setattr(pages, "CONTENT", folder)
    monkeypatch.setattr(phrases.load, "__defaults__", (folder / "id" / "messages",))
    return folder


def change(file: Path, old: str, new: str) -> int:
    """Writes something else in its place; the line in which it stands."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_nothing_is_wrong_with_what_we_ship() -> None:
    assert [str(one) for one in proofs.at_a_glance()] == []


def test_what_people_read_is_light() -> None:
    heavy = [str(one) for one in proofs.blemishes() if "ranslated" not in one.sentence]

    assert heavy == []


def written(folder: Path, text: str) -> None:
    (folder / "id/messages/new.yaml").write_text(text, encoding="utf-8")


def test_every_mistake_is_named_with_its_file_and_line(copy: Path) -> None:
    ombak, nudge = copy / "id/flows/modules/ombak.yaml", copy / "id/flows/crisis_check.yaml"
    kept = change(ombak, "kind: trigger, module: OMBAK", "kind: trigger, module: NAPAS")
    change(nudge, "Aku masih di sini. Kamu aman sekarang?", "Kamu tidak pakai sabu?")
    written(
        copy,
        """\
        new.client.one: {text: "Angka dari Bapas, ya."}
        new.client.two: {text: "Kamu gagal."}
        new.client.three:
          text: "Pilih satu, {nickname"
          buttons: {yes: "Ya, aku mau sekali dan sekarang juga, terima kasih"}
        """.replace("        ", ""),
    )

    found = [str(one).removeprefix(f"{copy}/id/") for one in proofs.at_a_glance()]

    shown = "in its first 60 characters, which a lock screen shows."
    braces = "Braces hold the name of a value, such as {nickname}."
    word = 'new.client.two: We do not say "gagal"; say: belum berhasil, atau terpeleset.'
    assert found == [
        f"flows/crisis_check.yaml:13: safe says 'pakai' {shown}",
        f"flows/modules/ombak.yaml:{kept}: OMBAK keeps something for another module in 'keep_peak'",
        f"messages/new.yaml:1: new.client.one says 'Bapas' {shown}",
        f"messages/new.yaml:2: {word}",
        f"messages/new.yaml:3: new.client.three: {braces}",
        "messages/new.yaml:3: new.client.three: The label has 50 characters; 40 fit on a button.",
    ]


def test_what_is_heavy_is_named_with_its_file_and_line(copy: Path) -> None:
    written(
        copy,
        f"""\
        new.client.one: {{text: "Boleh angka? Atau tidak?"}}
        new.client.two: {{text: "{"ya " * 120}"}}
        new.client.three: {{text: "Halo 😀😀"}}
        """.replace("        ", ""),
    )

    found = [str(one).removeprefix(f"{copy}/id/messages/") for one in proofs.blemishes()]

    assert [one for one in found if one.startswith("new.yaml")] == [
        "new.yaml:1: new.client.one: It asks 2 questions; ask one at a time.",
        "new.yaml:2: new.client.two: It has 120 words a sentence; 15 are enough.",
        "new.yaml:2: new.client.two: It has 359 characters; 350 are enough.",
        "new.yaml:3: new.client.three: It has 2 emoji; one is enough.",
    ]


def test_files_and_pictures_have_names_that_say_nothing() -> None:
    for name in (data_copy.FILE_NAME, care_plans.FILE_NAME, "janji.ics", "perjalanan.png"):
        assert discretion.told(name.replace("_", " ").replace(".", " ")) is None
