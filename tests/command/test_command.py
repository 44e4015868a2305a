"""What the office types at its desk: done whole, or refused in one sentence with nothing done."""

from __future__ import annotations

import io
import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kawan.command import answer
from tests.processes.machines import KEY, ROOT

LINK = re.compile(r"https://t\.me/\w+\?start=[\w-]{20,}")


def done(*words: str) -> None:
    assert answer(words) == 0


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    done(*words, "--json")
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence on standard error, after status 2."""
    capsys.readouterr()
    assert answer(words) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    return heard.err.strip()


def test_init_makes_keys_for_the_owners_eyes_only_and_keeps_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("KAWAN_SEND_RATE=7")

    done("init")
    first = Path(".env").read_text()
    monkeypatch.setenv("KAWAN_SECRET_KEY", KEY)  # as the tests that follow need it
    done("init")

    assert first.startswith("KAWAN_SEND_RATE=7\nKAWAN_SECRET_KEY=")
    assert [line.partition("=")[0] for line in first.splitlines()] == [
        "KAWAN_SEND_RATE", "KAWAN_SECRET_KEY", "KAWAN_RASA_TOKEN",
    ]  # fmt: skip
    assert Path(".env").read_text() == first
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    assert Path("var/kawan.db").exists()


def test_a_file_of_settings_from_before_still_opens_with_the_secret_that_nothing_used(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = office / ".env"
    file.write_text(f"{file.read_text()}KAWAN_WEBHOOK_SECRET=dari-dulu\n")
    before = file.read_text()

    done("init")

    assert file.read_text() == before
    assert [one["name"] for one in told(capsys, "office", "list")["rows"]] == ["Bapas Bandung"]


def test_init_with_a_wrong_variable_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWAN_DATABASE_URL", "mysql://somewhere")

    assert "KAWAN_DATABASE_URL takes" in refused(capsys, "init")
    assert list(tmp_path.iterdir()) == []


def test_everyone_gets_an_id_and_a_link(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hendra = told(capsys, "staff", "add", "Hendra", "--role", "head", "--office", "Bapas Bandung")
    siti = told(capsys, "client", "add", "Siti", "--officer", "sari", "--regime", "integration")
    again = told(capsys, "link", "Siti")

    assert hendra["id"] != siti["id"] == again["id"]
    links = [one["link"] for one in (hendra, siti, again)]
    assert all(LINK.fullmatch(link) for link in links)
    assert len(set(links)) == 3


def test_a_session_is_booked_in_the_offices_own_time(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    booked = told(
        capsys, "session", "add", "--client", "Budi", "--at", "2027-01-11 09:00",
        "--minutes", "60", "--kind", "konseling", "--place", "Ruang 2",
    )  # fmt: skip

    assert booked["at"] == "2027-01-11 09:00"
    assert booked["time_zone"] == "Asia/Jakarta"


def test_a_name_of_two_people_is_answered_with_their_ids(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = told(capsys, "staff", "add", "Sari", "--role", "officer")

    sentence = refused(capsys, "client", "add", "Asep", "--officer", "Sari")

    assert (
        sentence
        == f"--officer 'Sari' could be several people; take one of the ids 1, {other['id']}."
    )
    told(capsys, "client", "add", "Asep", "--officer", str(other["id"]))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("office add Bapas --timezone Asia/Bandung", "--timezone takes"),
        ("staff add Dewi --role boss", "--role"),
        ("staff add Dewi", "--role"),
        ("client add Asep --officer Nobody", "--officer takes"),
        ("session add --client Budi --at tomorrow --kind k --place p", "--at takes"),
        ("session add --client Budi --at 2020-01-01T09:00 --kind k --place p", "--at takes"),
        ("session add --client Nobody --at tomorrow --kind k --place p", "--client takes"),
        ("session add --client Budi --at tomorrow --minutes x --kind k --place p", "--minutes"),
        ("family invite --client Budi --relation ibu", "--client takes"),
        ("import nowhere.csv", "FILE takes"),
        ("content preview no.such.key", "KEY takes"),
        ("run", "KAWAN_BOT_TOKEN"),
        ("dance", "dance"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(
    office: Path, capsys: pytest.CaptureFixture[str], words: str, names: str
) -> None:
    sentence = refused(capsys, *words.split())

    assert names in sentence
    assert "\n" not in sentence


def test_a_list_is_taken_whole(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.csv").write_text(
        "what;name;role;officer;client;at;kind;place\n"
        "session;;;;Asep|Budi;2027-01-11 09:00;konseling;Aula\n"
        "client;Asep;;Dewi;;;;\n"
        "staff;Dewi;officer;;;;;\n"
    )

    taken = told(capsys, "import", "list.csv")

    assert [(one["line"], one["what"]) for one in taken["rows"]] == [
        (2, "session"), (3, "client"), (4, "staff"),
    ]  # fmt: skip


def test_a_list_with_bad_rows_names_each_and_nothing_is_taken(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("list.csv").write_text(
        "what,name,role,officer\nstaff,Dewi,officer,\nstaff,Ujang,boss,\nclient,Asep,,Nobody\n"
    )

    told_lines = refused(capsys, "import", "list.csv").splitlines()

    assert [line[:7] for line in told_lines[:2]] == ["line 3:", "line 4:"]
    assert "--officer takes" in refused(capsys, "client", "add", "Asep", "--officer", "Dewi")


def test_status_is_calm_where_nothing_waits(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "status")["behind"] == []


def test_before_init_everything_points_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAWAN_SECRET_KEY", raising=False)
    assert "kawan init" in refused(capsys, "office", "list")

    monkeypatch.setenv("KAWAN_SECRET_KEY", KEY)
    assert "kawan init" in refused(capsys, "office", "list")


@pytest.mark.parametrize("words", [["--help"], ["office", "list"], ["staff", "add", "--help"]])
def test_the_desk_does_not_wait_for_libraries_that_it_does_not_need(
    office: Path, words: list[str]
) -> None:
    heavy = ("aiogram", "telegram", "matplotlib", "dateparser", "holidays", "alembic", "rasa_sdk")
    script = f"import sys; from kawan.command import answer; answer({words!r}); "
    script += f"sys.exit(','.join(name for name in {heavy!r} if name in sys.modules) or 0)"

    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "KAWAN_SECRET_KEY": KEY},
    )  # fmt: skip

    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_office_adds_its_own_number_and_verifies_it_anew(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = told(capsys, "office", "hotline", "IGD Contoh", "022-1111", "--verified-by", "Dewi")

    again = told(capsys, "office", "hotline", "IGD Contoh", "022-2222", "--verified-by", "Sari")

    assert (again["id"], again["number"]) == (first["id"], "022-2222")
    wrong = refused(capsys, "office", "hotline", "IGD", "abc", "--verified-by", "Dewi")
    assert wrong.startswith("NUMBER takes a telephone number")


def test_an_office_sets_how_long_its_alerts_wait(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(capsys, "office", "wait", "high", "--cover", "60", "--head", "240")

    assert (made["cover"], made["head"]) == (60, 240)
    wrong = refused(capsys, "office", "wait", "high", "--cover", "60", "--head", "20")
    assert wrong.startswith("--head takes more minutes than --cover")


def test_an_office_sets_its_own_words_after_three_missed_sessions_and_takes_them_back(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("surat.txt").write_text("  Baris satu.\r\n\r\nBaris dua.\n")
    none = told(capsys, "office", "notice")
    typed = told(capsys, "office", "notice", "Menurut surat keputusanmu, hubungi Bapas.")
    read = told(capsys, "office", "notice", "--file", "surat.txt")
    shown = told(capsys, "office", "notice", "--office", "Bapas Bandung")
    gone = told(capsys, "office", "notice", "--remove")

    assert none["notice"] is None
    assert typed["notice"] == "Menurut surat keputusanmu, hubungi Bapas."
    assert read["notice"] == shown["notice"] == "Baris satu.\n\nBaris dua."
    assert gone["notice"] is told(capsys, "office", "notice")["notice"] is None


def test_an_offices_own_words_come_from_another_program_too(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Kata kami – pasti.".encode())))

    assert told(capsys, "office", "notice", "--file", "-")["notice"] == "Kata kami – pasti."


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["   "], "TEXT takes 1 to 3000 characters"),
        (["x" * 3001], "TEXT takes 1 to 3000 characters"),
        (["bunyi\x07 ini"], "TEXT takes 1 to 3000 characters"),
        (["begini", "--remove"], "Take one of TEXT, --file and --remove"),
        (["--file", "a.txt", "--remove"], "Take one of TEXT, --file and --remove"),
        (["--file", "tidak-ada.txt"], "--file takes a text file"),
        (["--file", "biner.txt"], "--file takes a text file"),
        (["--office", "Bapas Lain"], "--office takes the name or id"),
    ],
)
def test_words_that_cannot_be_said_are_refused_and_the_old_ones_stay(
    office: Path, capsys: pytest.CaptureFixture[str], words: list[str], begins: str
) -> None:
    Path("biner.txt").write_bytes(b"\xff\xfe\x00")
    done("office", "notice", "Yang lama.")

    assert refused(capsys, "office", "notice", *words).startswith(begins)

    assert told(capsys, "office", "notice")["notice"] == "Yang lama."
