"""The pictures of the README, taken from one story: `python -m tests.browser.pictures`."""

import asyncio
import io
import re
import tempfile
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, Page, expect

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.browser.chromium import launched
from tests.browser.deck import CHANNEL, TOPIC, mention, open_form, open_home, post_figures, wait_for_brief
from tests.browser.window import NARROW, Window, opened
from tests.scenarios.workplace import serving

DOCS: Final = Path(__file__).parents[2] / "docs"
# As sharp as a good screen shows it, in as many colours as the page has.
SCALE: Final = 2
COLOURS: Final = 256
OPENING: Final = "The board asked how electricity in Iowa has changed. Here are the published figures, 2001 to 2017."
TALK: Final = (
    ("Priya", "October is closed, the summary follows on Friday."),
    ("Jonas", "Thanks. I have put the tables where they always are."),
)
CONTEXT: Final = "Net generation is in thousand megawatthours. Wind is counted under renewables."
# The work is too quick for a picture of it: the file waits, and the first state in which a todo is in progress stays.
SLOW_UPLOAD: Final = Fault("slow_answers", method="files.getUploadURLExternal", wait=timedelta(seconds=5))
HOLD_PROGRESS: Final = """() => {
  window.isHeld = new Promise((hold) => {
    const look = () => {
      const task = document.querySelector("#thread-pane .task.is-complete ~ .task.is-in_progress");
      if (!task) return;
      watching.disconnect();
      task.closest("li").removeAttribute("id"); // an edit finds its message by its id
      hold(true);
    };
    const watching = new MutationObserver(look);
    watching.observe(document.body, { childList: true, subtree: true, attributes: true });
  });
}"""
HELD_S: Final = 15.0


async def take_pictures() -> None:
    """Play the story once, and keep what the windows show on the way."""
    with tempfile.TemporaryDirectory() as home:
        async with Sandbox(faults=[SLOW_UPLOAD]) as sandbox, serving(sandbox, Path(home)), launched() as browser:
            for name, words in TALK:
                await _say_as(name, words, browser, sandbox)
            async with opened(browser, sandbox.page_url, scale=SCALE) as maya:
                await _tell(browser, sandbox, maya)
            await _look_from_a_phone(browser, sandbox)


async def _say_as(name: str, words: str, browser: Browser, sandbox: Sandbox) -> None:
    async with opened(browser, sandbox.page_url) as window:
        await window.become(name)
        channel = await window.open_channel(CHANNEL)
        await channel.say(words)
        await expect(channel.message(words)).to_be_visible()


async def _tell(browser: Browser, sandbox: Sandbox, maya: Window) -> None:
    figures = Path(str(resources.files("bot") / "example" / "iowa-electricity.csv"))
    thread = await post_figures(maya, figures, OPENING)
    await _add_context(browser, sandbox)
    await mention(thread, "please make a presentation in the forest style")
    form = await open_form(maya, thread)
    await form.topic.fill(TOPIC)
    await form.slides.fill("7")
    await keep(maya.page, "form")
    await form.send()
    brief = await wait_for_brief(thread)
    await thread.field.focus()
    await keep(maya.page, "brief")
    await maya.page.evaluate(HOLD_PROGRESS)
    await brief.get_by_role("button", name="Approve").click()
    async with asyncio.timeout(HELD_S):
        await maya.page.evaluate("window.isHeld")
    await keep(maya.page, "progress")
    await maya.page.reload()
    await expect(thread.message("is in this thread")).to_be_visible()
    await expect(thread.message(re.compile("Done · "))).to_be_visible()
    await keep(maya.page, "workspace")
    await open_home(maya)
    await keep(maya.page, "home")


async def _add_context(browser: Browser, sandbox: Sandbox) -> None:
    async with opened(browser, sandbox.page_url) as jonas:
        await jonas.become("Jonas")
        await jonas.open_channel(CHANNEL)
        thread = await jonas.open_thread(CHANNEL, OPENING)
        await thread.say(CONTEXT)
        await expect(thread.message(CONTEXT)).to_be_visible()


async def _look_from_a_phone(browser: Browser, sandbox: Sandbox) -> None:
    async with opened(browser, sandbox.page_url, size=NARROW, scale=SCALE) as maya:
        await maya.page.get_by_role("link", name="Back to all conversations").click()
        await maya.open_channel(CHANNEL)
        await maya.open_thread(CHANNEL, OPENING)
        await keep(maya.page, "narrow")


async def keep(page: Page, name: str) -> None:
    """Write what the window shows now into the docs, without the mouse over it."""
    await page.mouse.move(0, 0)
    taken = await page.screenshot(animations="disabled")
    await asyncio.to_thread(_write, taken, DOCS / f"{name}.png")


def _write(taken: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(taken)) as picture:
        picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
    print(f"{path.name}: {path.stat().st_size // 1_000} kB")


if __name__ == "__main__":
    asyncio.run(take_pictures())
