"""The page on a phone's width: one pane at a time, with a way back from each."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.deck import ask_for_brief
from tests.browser.window import NARROW, Window

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def check_width(window: Window) -> None:
    """Check that nothing reaches beyond the edge of the window."""
    width = await window.page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= NARROW["width"]


async def test_the_list_a_channel_and_a_thread_lead_to_one_another_and_back(open_window):
    maya = await open_window(size=NARROW)
    await maya.page.get_by_role("link", name="Back to all conversations").click()
    await expect(maya.places).to_be_visible()
    await check_width(maya)

    channel = await maya.open_channel("reports")
    await expect(maya.places).to_be_hidden()
    await check_width(maya)
    await channel.say("A question, from the train.")
    thread = await maya.open_thread("reports", "A question, from the train.")
    await expect(channel.region).to_be_hidden()
    await check_width(maya)

    await thread.region.get_by_role("link", name="Back to reports").click()
    await expect(channel.region).to_be_visible()
    await expect(thread.region).to_be_hidden()
    await channel.region.get_by_role("link", name="Back to all conversations").click()
    await expect(maya.places).to_be_visible()
    await expect(channel.region).to_be_hidden()


async def test_a_brief_a_form_and_a_plan_fit(open_window, electricity):
    maya = await open_window(size=NARROW)
    await maya.page.get_by_role("link", name="Back to all conversations").click()
    channel = await maya.open_channel("reports")
    await channel.attach(electricity)
    await channel.say("The figures, from the train.")
    thread = await maya.open_thread("reports", "The figures, from the train.")
    brief = await ask_for_brief(maya, thread)
    await check_width(maya)
    await thread.button("Edit").click()
    await expect(maya.dialog).to_be_visible()
    box = await maya.dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW["width"]
    await check_width(maya)
    await maya.dialog.get_by_role("button", name="Close").last.click()
    await brief.get_by_role("button", name="Approve").click()
    await expect(thread.message(re.compile(r"Done · (\d+) of \1"))).to_be_visible()
    await check_width(maya)
