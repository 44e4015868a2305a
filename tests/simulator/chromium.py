"""Where this machine keeps its Chromium, if it has one."""

import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome")
PATH = next(filter(None, map(shutil.which, _NAMES)), "")
