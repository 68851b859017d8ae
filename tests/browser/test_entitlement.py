"""Two people at two windows: what one may press, and what only the other sees."""

import pytest
from playwright.async_api import expect

from tests.browser.deck import CHANNEL, ask_for_brief, post_figures

pytestmark = pytest.mark.asyncio(loop_scope="module")

PRIVATE = "Only visible to you"
REFUSAL = "Only @Maya, who asked for this, can do that."


async def test_somebody_else_is_refused_in_private_and_the_brief_stands(maya, jonas, electricity):
    opening = "The figures, for a brief that is not yours."
    thread = await post_figures(maya, electricity, opening)
    brief = await ask_for_brief(maya, thread)

    await jonas.open_channel(CHANNEL)
    seen = await jonas.open_thread(CHANNEL, opening)
    await seen.button("Approve").click()
    await expect(seen.region.get_by_role("listitem").filter(has_text=REFUSAL)).to_contain_text(PRIVATE)

    # What comes later than the refusal shows that Maya's window has had the time to show it too.
    await seen.say("I cannot approve this.")
    await expect(thread.message("I cannot approve this.")).to_be_visible()
    await expect(thread.message(REFUSAL)).to_have_count(0)
    await expect(brief.get_by_role("button", name="Approve")).to_be_visible()


async def test_nobody_sees_what_the_bot_tells_somebody_else_in_private(maya, jonas):
    mine, theirs = await maya.open_channel("general"), await jonas.open_channel("general")
    await mine.say("/work help")
    await expect(mine.region.get_by_role("listitem").filter(has_text=PRIVATE)).to_have_count(1)
    await mine.say("Now I know what it can do.")
    await expect(theirs.message("Now I know what it can do.")).to_be_visible()
    await expect(theirs.region.get_by_text(PRIVATE)).to_have_count(0)
    await jonas.page.reload()
    await expect(theirs.message("Now I know what it can do.")).to_be_visible()
    await expect(theirs.region.get_by_text(PRIVATE)).to_have_count(0)


async def test_one_window_shows_the_workspace_as_somebody_else(maya):
    general = await maya.open_channel("general")
    await maya.become("Priya")
    await general.say("This is Priya.")
    await expect(maya.page.get_by_role("article", name="Priya").filter(has_text="This is Priya.")).to_be_visible()
