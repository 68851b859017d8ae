"""`/work` with the keyboard alone."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.deck import Form
from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="module")

# More than any form here has places to stop at.
STOPS = 15


async def tab_to(window: Window, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    await expect(wanted).to_be_visible()
    for _ in range(STOPS):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await window.page.keyboard.press("Tab")
    raise AssertionError(f"{STOPS} presses of Tab do not lead to {wanted}.")


async def test_the_command_leads_to_a_form_that_escape_closes(maya):
    keyboard = maya.page.keyboard
    general = maya.pane("general")
    await tab_to(maya, maya.page.get_by_role("link", name="Skip to the message field"))
    await keyboard.press("Enter")
    await tab_to(maya, general.field)
    await keyboard.type("/work")
    await keyboard.press("Enter")
    await expect(maya.dialog).to_contain_text("What I can make")

    row = maya.dialog.locator(".section").filter(has_text="PowerPoint report")
    await tab_to(maya, row.get_by_role("button", name="Start"))
    await keyboard.press("Enter")
    form = Form(maya.dialog)
    await tab_to(maya, form.topic)
    await keyboard.type("wind power")
    await tab_to(maya, form.slides)
    await keyboard.press("ControlOrMeta+a")
    await keyboard.type("7")
    await expect(form.topic).to_have_value("wind power")
    await expect(form.slides).to_have_value("7")

    await keyboard.press("Escape")
    await expect(maya.dialog).to_have_count(0)
    await expect(general.field).to_be_focused()
    await expect(general.field).to_have_value("")


async def test_the_focus_stays_in_an_open_form(maya):
    await maya.pane("general").say("/work")
    await expect(maya.dialog).to_be_visible()
    for _ in range(STOPS):
        await maya.page.keyboard.press("Tab")
        assert await maya.page.evaluate("document.activeElement.matches('dialog *, body')")
    await maya.page.keyboard.press("Escape")
    await expect(maya.dialog).to_have_count(0)
