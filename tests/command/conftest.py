"""A desk to type at: a folder where `kawan init` has been, and an office with its first people."""

from __future__ import annotations

from pathlib import Path

import pytest

from kawan.command import answer
from tests.processes.machines import KEY


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where `kawan init` has been, with no token."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWAN_SECRET_KEY", KEY)
    assert answer(["init", "--bot", "@KawanPulihBot"]) == 0
    return tmp_path


@pytest.fixture
def office(desk: Path) -> Path:
    for words in (
        ["office", "add", "Bapas Bandung"],
        ["staff", "add", "Sari", "--role", "officer"],
        ["client", "add", "Budi", "--officer", "Sari"],
    ):
        assert answer(words) == 0
    return desk
