"""Debian's Chromium, driven over its own protocol: nothing is downloaded."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright


class ChromiumMissing(Exception):
    """There is no Chromium on this machine."""

    def __str__(self) -> str:
        return "The browser tests need Chromium: install it with `sudo apt-get install chromium`."


def find_chromium() -> str:
    """Give where Chromium is.

    Raises:
        ChromiumMissing: with a sentence that says how to install it.
    """
    found = shutil.which("chromium")
    if found is None:
        raise ChromiumMissing
    return found


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Give a browser without a screen for the length of this block."""
    # Chromium's own sandbox refuses to work for root.
    switches = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=switches)
        try:
            yield browser
        finally:
            await browser.close()
