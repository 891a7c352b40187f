"""Brings a browser for the tests where it can, and says how where it cannot: `python -m tests.browser.install`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOW = "Install Debian's package chromium, or run `.venv/bin/playwright install chromium`; browser tests are skipped."


def chromium() -> str | None:
    """The path of Debian's chromium; None where it is not installed."""
    return shutil.which("chromium")


def playwrights_own() -> bool:
    """Whether Playwright has downloaded a browser of its own."""
    return any(Path.home().glob(".cache/ms-playwright/chromium*"))


def install() -> bool:
    """Whether there is a browser now."""
    if chromium() or playwrights_own():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            subprocess.run(
                command, check=False, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            )
        return chromium() is not None
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0


if __name__ == "__main__":
    if not install():
        print(HOW, file=sys.stderr)
