"""What can be chosen in a brief, as the page shows it: menus that are typed into, and the three ways out."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.deck import mention, post_figures, wait_for_brief
from tests.browser.window import Pane, Window

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHER = "Coal is history by 2030, they say."


async def ask(window: Window, electricity, opening: str) -> tuple[Pane, Locator]:
    thread = await post_figures(window, electricity, opening)
    await thread.say(OTHER)
    await mention(thread, "make a presentation about coal")
    return thread, await wait_for_brief(thread)


async def test_a_source_is_found_by_typing_left_out_and_put_back_with_the_keyboard(maya, electricity):
    thread, brief = await ask(maya, electricity, "The figures, and one thing too many.")
    await brief.get_by_role("combobox", name="Leave out a source").press_sequentially("history")
    option = brief.get_by_role("option", name="Coal is history")
    await expect(option).to_be_visible()
    await maya.page.keyboard.press("Enter")
    newest = thread.region.get_by_role("article").filter(has_text="you left it out")
    await expect(newest).to_contain_text(f"“{OTHER}”")
    await expect(thread.message("Replaced by the newer brief below.")).to_be_visible()
    await newest.get_by_role("combobox", name="Put back").click()
    await newest.get_by_role("option", name="Coal is history").click()
    await expect(thread.message("You put back what you had left out.")).to_be_visible()
    await expect(thread.button("Approve")).to_have_count(1)


async def test_somebody_elses_menu_offers_nothing(maya, jonas, electricity):
    opening = "The figures, for a brief that is not yours."
    await ask(maya, electricity, opening)
    await jonas.open_channel("reports")
    seen = await jonas.open_thread("reports", opening)
    await seen.region.get_by_role("combobox", name="Leave out a source").last.click()
    await expect(seen.region.get_by_text("Nothing fits.")).to_be_visible()
