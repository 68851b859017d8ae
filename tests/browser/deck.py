"""A deck asked for in the browser, step by step: what the stories and the pictures share."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Locator, expect

from tests.browser.window import Pane, Window

CHANNEL: Final = "reports"
OPENING: Final = "Here are the published figures of electricity in Iowa, for the board."
TOPIC: Final = "how electricity generation in Iowa moved from coal to wind"


@dataclass(frozen=True)
class Form:
    """The form of a recipe, open in a window."""

    dialog: Locator

    @property
    def topic(self) -> Locator:
        """Where the subject is written."""
        return self.dialog.get_by_label("Topic")

    @property
    def slides(self) -> Locator:
        """Where the number of slides is written."""
        return self.dialog.get_by_label("Number of slides")

    async def send(self) -> None:
        """Press the button that sends the form."""
        await self.dialog.get_by_role("button", name="Show the brief").click()


async def post_figures(window: Window, path: Path, opening: str = OPENING) -> Pane:
    """Post the file in a channel with some words, and open the thread below it."""
    channel = await window.open_channel(CHANNEL)
    await channel.attach(path)
    await channel.say(opening)
    return await window.open_thread(CHANNEL, opening)


async def mention(thread: Pane, words: str) -> None:
    """Mention the bot with the help of the list of names, and say something to it."""
    await thread.field.press_sequentially("@Thr")
    await expect(thread.region.get_by_role("option", name="Threadwork")).to_be_visible()
    await thread.field.press("Enter")
    await thread.field.press_sequentially(words)
    await thread.field.press("Enter")
    await expect(thread.message(re.compile(f"@Threadwork {re.escape(words)}"))).to_be_visible()


async def open_form(window: Window, thread: Pane) -> Form:
    """Press the button under the bot's question and wait for the form."""
    await thread.button("Fill in the form").click()
    await expect(window.dialog).to_be_visible()
    return Form(window.dialog)


async def ask_for_brief(window: Window, thread: Pane, *, slides: int = 6) -> Locator:
    """Ask for a deck, fill in the form, and give the brief."""
    await mention(thread, "please make a presentation")
    form = await open_form(window, thread)
    await form.topic.fill(TOPIC)
    await form.slides.fill(str(slides))
    await form.send()
    return await wait_for_brief(thread)


async def wait_for_brief(thread: Pane) -> Locator:
    """Give the brief that can be approved."""
    await expect(thread.button("Approve")).to_be_visible()
    return thread.region.get_by_role("article").filter(has=thread.region.page.get_by_role("button", name="Approve"))


async def open_home(window: Window) -> Locator:
    """Go to the app, open its Home tab, and give what the app shows there."""
    await window.places.get_by_role("link", name="Threadwork", exact=True).click()
    await window.page.get_by_role("navigation", name="Threadwork").get_by_role("link", name="Home").click()
    home = window.page.get_by_role("region", name="Home", exact=True)
    await expect(home).to_contain_text("What I can make")
    return home


async def watch_plan(window: Window) -> None:
    """Note from now on each state of the plan that the window shows."""
    await window.page.evaluate(
        """() => {
          window.planStates = [];
          const note = () => {
            const shown = document.querySelector("#thread-pane .plan summary")?.textContent.trim();
            if (shown && shown !== window.planStates.at(-1)) window.planStates.push(shown);
          };
          new MutationObserver(note).observe(document.body, { childList: true, characterData: true, subtree: true });
        }"""
    )


async def list_plan_states(window: Window) -> list[str]:
    """Give the states of the plan that were seen, oldest first."""
    return await window.page.evaluate("window.planStates")
