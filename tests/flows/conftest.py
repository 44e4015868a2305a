"""A writer's desk: flows are written to files and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
