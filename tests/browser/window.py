"""One person's browser window on the workspace: goes places, says things, reads what is there, as the person would."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, ViewportSize, expect

WIDE: Final = ViewportSize(width=1280, height=800)
NARROW: Final = ViewportSize(width=390, height=844)
# A noisy machine is slow; a wait ends as soon as what it waits for is there.
PATIENCE_MS: Final = 15_000

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Pane:
    """A conversation or a thread: its messages, and the field to write in."""

    region: Locator

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.region.get_by_role("textbox", name=re.compile("^(Message|Reply)"))

    async def say(self, text: str) -> None:
        """Write something and send it with Enter; it is on its way when this returns."""
        await self.field.fill(text)
        await self.field.press("Enter")
        await expect(self.field).to_have_value("")

    async def attach(self, path: Path) -> None:
        """Choose a file with the button beside the field."""
        await self.region.get_by_label("Attach files").set_input_files(path)
        await expect(self.region.get_by_role("list", name="Files to send")).to_contain_text(path.name)

    def message(self, words: str | re.Pattern[str]) -> Locator:
        """Give the messages that hold these words."""
        return self.region.get_by_role("article").filter(has_text=words)

    def button(self, name: str) -> Locator:
        """Give the buttons of this name in its messages."""
        return self.region.get_by_role("article").get_by_role("button", name=name, exact=True)


@dataclass(frozen=True)
class Window:
    """A window, what goes wrong in it, and the page it shows."""

    page: Page
    troubles: list[str]

    @property
    def dialog(self) -> Locator:
        """The form on top."""
        return self.page.get_by_role("dialog")

    @property
    def places(self) -> Locator:
        """The list of conversations, with who one is above it."""
        return self.page.get_by_role("navigation", name="Workspace")

    def pane(self, name: str) -> Pane:
        """Give what is open under this name."""
        return Pane(self.page.get_by_role("region", name=name, exact=True))

    def thread(self, channel: str) -> Pane:
        """Give the thread that is open beside this channel."""
        return self.pane(f"Thread in {channel}")

    async def open_channel(self, name: str) -> Pane:
        """Go to a channel; a number behind its name says how much is new there."""
        await self.places.get_by_role("link", name=re.compile(rf"^{name}( \d+)?$")).click()
        channel = self.pane(name)
        await expect(channel.field).to_be_visible()
        return channel

    async def open_thread(self, channel: str, words: str) -> Pane:
        """Open the thread of the message in this channel that holds these words."""
        message = self.pane(channel).message(words)
        await message.hover()
        await message.get_by_role("link", name="Reply in a thread").click()
        thread = self.thread(channel)
        await expect(thread.message(words)).to_be_visible()
        return thread

    async def become(self, name: str) -> None:
        """See the workspace as somebody else."""
        await self.places.get_by_text("You are").click()
        await self.places.get_by_role("link", name=name).click()
        await expect(self.places.get_by_text(f"You are {name}")).to_be_visible()


@asynccontextmanager
async def opened(
    browser: Browser, address: str, *, size: ViewportSize = WIDE, scale: float = 1
) -> AsyncIterator[Window]:
    """Give a window of its own on this address: no other window's cookies, in light colours."""
    context = await browser.new_context(
        viewport=size, device_scale_factor=scale, locale="en-GB", color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    troubles: list[str] = []
    page = await context.new_page()
    page.on("console", lambda said: troubles.extend(_complaints(said)))
    page.on("pageerror", lambda error: troubles.append(_words(error)))
    try:
        await page.goto(address)
        yield Window(page, troubles)
    finally:
        await context.close()


def _complaints(said: ConsoleMessage) -> list[str]:
    return [f"{said.text} ({said.location['url']})"] if said.type == "error" else []


def _words(error: Error) -> str:
    return f"uncaught: {error.message}"
