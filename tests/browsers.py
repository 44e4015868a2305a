"""Browser tests run where a Chromium is found, and the end of the run says loudly where not.

With KAWAN_INSIST_ON_BROWSER=1 (as CI has it) a missing Chromium ends the run at once.
"""

from __future__ import annotations

import os
import shutil
from typing import Final

import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
PATH: Final = next(filter(None, map(shutil.which, _NAMES)), "")
#: Chromium speaks to nobody but the page.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if PATH:
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    if browser and os.environ.get("KAWAN_INSIST_ON_BROWSER"):
        raise pytest.UsageError("KAWAN_INSIST_ON_BROWSER is set, and no Chromium was found.")
    config.stash[_LEFT_OUT] = len(browser)
    config.hook.pytest_deselected(items=browser)
    items[:] = [item for item in items if item not in browser]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if left_out := config.stash.get(_LEFT_OUT, 0):
        words = f"NO CHROMIUM FOUND: {left_out} browser tests were NOT run (apt install chromium)"
        terminalreporter.section("browser tests", sep="!", red=True, bold=True)
        terminalreporter.line(words, red=True, bold=True)
