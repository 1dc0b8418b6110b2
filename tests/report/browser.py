"""Opens a page in Chromium, as a reader does, and gives back what became of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")

BROWSER = next((name for name in NAMES if shutil.which(name)), "chromium")

REQUIRED = os.environ.get("CHARTGEN_REQUIRE_CHROMIUM") == "1"
"""Set where a browser must be present, so that a run without it fails instead of proving nothing."""

needs_browser = pytest.mark.skipif(
    shutil.which(BROWSER) is None and not REQUIRED,
    reason="no browser is on PATH (Debian has one in the package chromium)",
)


def opened(page: str, folder: Path, *, hash_: str = "", script: str = "", width: int = 1280) -> str:
    """The page as the browser has it once its scripts have run; ``script`` is run as if a person had clicked.

    Fails when the browser writes anything to its console: an error, or something the page's policy forbids.
    """
    if script:
        # The page's own policy forbids every other script, ours among them.
        page = page.replace("<meta http-equiv=", "<meta data-off=")
        page = page.replace("</body>", f"<script>{script}</script></body>")
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        f"--window-size={width},900",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={folder / 'profile'}",
        "--enable-logging=stderr",
        "--virtual-time-budget=5000",
        "--dump-dom",
        path.as_uri() + (f"#{hash_}" if hash_ else ""),
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "CONSOLE" not in done.stderr, done.stderr
    return done.stdout
