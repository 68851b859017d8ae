"""A long form on the page: a searched list, a field that depends on a choice, files, steps, and back again."""

import pytest
from playwright.async_api import expect

from bot.sandbox.person import Person
from storage.catalog import read_catalog
from tests.fakes.recipes import read_campaign_plan

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module", autouse=True)
def _long_recipe():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.read_catalog", lambda: (*read_catalog(), read_campaign_plan()))
        yield


async def test_a_long_form_is_filled_by_hand_and_keeps_everything_between_its_steps(maya, workspace, tmp_path):
    book = tmp_path / "brand.md"
    book.write_text("# Brand book\n\nOur red is warm.\n", encoding="utf-8")
    async with Person(workspace.page_url, "Maya") as person:
        await person.command("general", "/work", "campaign-plan kites")
    form = maya.dialog
    await expect(form.get_by_label("Product")).to_have_value("kites")
    country = form.get_by_role("combobox", name="Country")
    await country.click()
    await country.fill("deutschl")
    await expect(form.get_by_role("option", name="Germany")).to_be_visible()
    await country.press("Enter")
    await expect(form.get_by_role("list", name="Chosen")).to_contain_text("Germany")
    await form.get_by_label("Languages").fill("German\nDanish")
    await expect(form.get_by_label("Brand colours")).to_have_count(0)
    await form.get_by_label("Style").select_option("Our brand")
    await expect(form.get_by_label("Brand colours")).to_be_visible()
    await expect(form.get_by_label("Languages")).to_have_value("German\nDanish")
    await form.get_by_label("Brand book").set_input_files(book)
    await form.get_by_role("button", name="Next").click()
    await expect(form).to_contain_text("Step 2 of 2")
    await form.get_by_label("Goals").fill("fame")
    await form.get_by_role("button", name="Back", exact=True).click()
    await expect(form).to_contain_text("Step 1 of 2")
    await expect(form.get_by_role("list", name="Chosen")).to_contain_text("Germany")
    await expect(form.get_by_label("Languages")).to_have_value("German\nDanish")
    await expect(form).to_contain_text("Handed in: brand.md")
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_label("Goals")).to_have_value("fame")
    await form.get_by_role("button", name="Show the brief").click()
    await expect(form).to_have_count(0)


async def test_a_day_that_does_not_fit_is_named_at_once_and_the_focus_stays(maya, workspace):
    async with Person(workspace.page_url, "Maya") as person:
        await person.command("general", "/work", "campaign-plan kites")
    launch = maya.dialog.get_by_label("Launch")
    await launch.fill("2035-01-01")
    await expect(maya.dialog).to_contain_text("Launch is not after 2030-12-31; 2035-01-01 is.")
    await expect(launch).to_be_focused()
    await launch.fill("2027-01-01")
    await expect(maya.dialog).not_to_contain_text("Launch is not after")
    await maya.page.keyboard.press("Escape")
    await expect(maya.dialog).to_have_count(0)
