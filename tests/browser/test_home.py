"""The app's home: what it can make, and what one has asked for."""

import pytest
from playwright.async_api import expect

from tests.browser.deck import Form, ask_for_brief, open_home, post_figures

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_home_shows_the_recipes_and_a_button_opens_a_form(maya):
    home = await open_home(maya)
    for name in ("PowerPoint report", "Content draft"):
        await expect(home).to_contain_text(name)
    await home.locator(".section").filter(has_text="PowerPoint report").get_by_role("button", name="Start").click()
    await expect(maya.dialog).to_contain_text("PowerPoint report")
    await expect(Form(maya.dialog).topic).to_be_focused()
    await maya.page.keyboard.press("Escape")
    await expect(maya.dialog).to_have_count(0)


async def test_the_home_shows_recent_work_to_whoever_asked_for_it(maya, jonas, electricity):
    thread = await post_figures(maya, electricity)
    await (await ask_for_brief(maya, thread)).get_by_role("button", name="Approve").click()
    await expect(thread.message("is in this thread")).to_be_visible()
    await expect(await open_home(maya)).to_contain_text("A presentation of 6 slides")
    await expect(await open_home(jonas)).to_contain_text("Nothing yet.")
