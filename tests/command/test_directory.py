"""The office's directory of work and learning: taken whole, brought up to date, taken off."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.casework.work import skills
from kawan import directory
from tests.command.test_command import done, refused, told
from tests.processes.machines import ROOT

HEADER = "title,organiser,kind,skills,district,starts,ends,closes,cost,contact,place,online,note\n"
ROW = "Penjahit harian,Konveksi Contoh,lowongan,jahit,Cicendo,,,2030-01-31,gratis,0812,,,\n"


def write(*rows: str) -> None:
    Path("list.csv").write_text(HEADER + "".join(rows))


def test_the_example_in_the_docs_is_taken_as_it_is(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = told(capsys, "directory", "import", str(ROOT / "docs" / "directory.csv"))

    assert [(one["line"], one["state"]) for one in taken["rows"]] == [
        (2, "new"), (3, "new"), (4, "new"), (5, "new"), (6, "new"),
    ]  # fmt: skip
    rows = {one["title"]: one for one in told(capsys, "directory", "list")["rows"]}
    assert rows["Tukang las pagar"]["skills"] == "bangunan|las"
    assert rows["Kejar Paket C"]["kind"] == "education"
    assert rows["Pelatihan menjahit dasar"]["kind"] == "training"


def test_the_same_row_again_is_brought_up_to_date_and_stays_one(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(ROW)
    first = told(capsys, "directory", "import", "list.csv")
    again = told(capsys, "directory", "import", "list.csv")
    write(ROW.replace("Penjahit harian", "  PENJAHIT  harian ").replace("Cicendo", "Coblong"))
    changed = told(capsys, "directory", "import", "list.csv")

    assert first["id"] == again["id"] == changed["id"]
    assert [one["rows"][0]["state"] for one in (first, again, changed)] == [
        "new",
        "same",
        "changed",
    ]
    (row,) = told(capsys, "directory", "list")["rows"]
    assert row["district"] == "Coblong"


def test_what_was_closed_stays_closed_until_it_is_opened(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(ROW)
    (number,) = told(capsys, "directory", "import", "list.csv")["id"]

    assert told(capsys, "directory", "close", str(number))["stands"] == "closed"
    again = told(capsys, "directory", "import", "list.csv")
    assert again["rows"][0]["stands"] == "closed"
    done("directory", "open", str(number))
    assert told(capsys, "directory", "list")["rows"][0]["stands"] == "open"


def test_what_is_over_is_taken_and_said_to_be_over(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(ROW.replace("2030-01-31", "2020-01-31"))

    capsys.readouterr()
    done("directory", "import", "list.csv")

    assert "line 2: Penjahit harian is over" in capsys.readouterr().out


def test_every_bad_row_is_named_by_line_and_nothing_is_taken(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        ROW,
        "A,B,sulap,,,,,,gratis,0812,,,\n",
        "C,B,job,terbang,,,,,gratis,0812,,,\n",
        "D,B,job,,,besok,,,gratis,0812,,,\n",
        "E,B,job,,,2030-02-02,2030-02-01,,gratis,0812,,,\n",
        "F,B,job,,,,,,murah,0812,,,\n",
        "G,B,job,,,,,,gratis,,,,\n",
        f"{'H' * 81},B,job,,,,,,gratis,0812,,,\n",
        "penjahit harian,KONVEKSI contoh,job,,,,,,gratis,0812,,,\n",
        "I,B,job,,,,,,gratis,0812,,,,too,many\n",
        "Las untuk mantan napi,B,job,,,,,,gratis,0812,,,\n",
    )

    lines = refused(capsys, "directory", "import", "list.csv").splitlines()

    assert lines == [
        "line 3: kind takes training, job, business_help, education; not 'sulap'.",
        f"line 4: skills takes {', '.join(skills.table())}; not 'terbang'.",
        "line 5: starts takes a day such as 2026-12-31; not 'besok'.",
        "line 6: ends takes a day that is not before starts.",
        "line 7: cost takes rupiah such as 150000, or gratis; not 'murah'.",
        "line 8: an opportunity needs contact.",
        "line 9: title takes 80 characters; this one has 81.",
        "line 10: this title of this organiser stands in line 2 already.",
        "line 11: an opportunity does not take more cells than columns.",
        "line 12: title takes words that anybody may read on a client's telephone.",
        "Nothing was imported.",
    ]
    assert told(capsys, "directory", "list")["rows"] == []


@pytest.mark.parametrize(
    ("cost", "rupiah"), [("gratis", 0), ("0", 0), ("150000", 150000), ("Rp 1.500.000", 1500000)]
)
def test_prices_are_read_as_people_write_them(cost: str, rupiah: int) -> None:
    assert directory._cost(cost) == rupiah


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("directory import nowhere.csv", "FILE takes"),
        ("directory close 99", "ID takes"),
        ("directory close x", "ID"),
        ("directory list --office Nobody", "--office takes"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(
    office: Path, capsys: pytest.CaptureFixture[str], words: str, names: str
) -> None:
    sentence = refused(capsys, *words.split())

    assert names in sentence
    assert "\n" not in sentence


def test_of_two_offices_one_has_to_be_named_and_each_has_its_own_list(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done("office", "add", "Bapas Garut")
    write(ROW)

    assert "--office takes" in refused(capsys, "directory", "import", "list.csv")
    one = told(capsys, "directory", "import", "list.csv", "--office", "Bapas Garut")
    other = told(capsys, "directory", "import", "list.csv", "--office", "Bapas Bandung")

    assert one["id"] != other["id"]
    assert len(told(capsys, "directory", "list", "--office", "Bapas Garut")["rows"]) == 1
