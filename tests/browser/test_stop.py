"""Work is stopped with Slack's own Stop, under the thread, in a browser only."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.sandbox.server import Sandbox
from tests.browser.deck import CHANNEL, mention, wait_for_brief
from tests.browser.window import NARROW, Pane, Window
from tests.fakes.models import PacedModel
from tests.scenarios.workplace import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def model() -> PacedModel:
    return PacedModel()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workspace(model, tmp_path_factory) -> AsyncIterator[Sandbox]:
    home = tmp_path_factory.mktemp("bot") / "home"
    async with Sandbox() as sandbox, serving(sandbox, home, model=model):
        yield sandbox


async def begin(window: Window, words: str) -> Pane:
    """Open a thread whose work thinks until it is stopped."""
    channel = await window.open_channel(CHANNEL)
    await channel.say(words)
    thread = await window.open_thread(CHANNEL, words)
    await mention(thread, "a presentation of 5 slides about churn")
    await (await wait_for_brief(thread)).get_by_role("button", name="Approve").click()
    return thread


def find_status(thread: Pane) -> Locator:
    return thread.region.get_by_role("status").filter(has_text="is working")


async def test_the_stop_under_a_thread_ends_the_work_and_goes_away_with_it(maya):
    thread = await begin(maya, "Churn fell to 3 %.")
    status = find_status(thread)
    await expect(status).to_contain_text("Threadwork is working…")
    await status.get_by_role("button", name="Stop", exact=True).click()
    await expect(thread.message("Stopping. What exists by now comes into this thread.")).to_be_visible()
    await expect(status).to_have_count(0)
    await expect(thread.button("Go on")).to_be_visible()


async def test_work_that_goes_on_can_be_stopped_again_with_the_keyboard(maya):
    thread = await begin(maya, "Churn fell to 2 %.")
    status = find_status(thread)
    await status.get_by_role("button", name="Stop", exact=True).press("Enter")
    await thread.button("Go on").click()
    again = status.get_by_role("button", name="Stop", exact=True)
    await expect(again).to_be_visible()
    await again.press("Enter")
    await expect(status).to_have_count(0)


async def test_the_stop_is_there_on_a_narrow_screen(open_window):
    window = await open_window(size=NARROW)
    await window.page.get_by_role("link", name="Back to all conversations").click()
    thread = await begin(window, "Churn fell to 1 %.")
    stop = find_status(thread).get_by_role("button", name="Stop", exact=True)
    await expect(stop).to_be_in_viewport()
    await stop.click()
    await expect(find_status(thread)).to_have_count(0)
