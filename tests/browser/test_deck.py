"""The main story, told in a browser only: figures, a question, a form, a brief, todos, a file."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect
from pptx import Presentation

from bot.sandbox.faults import Fault
from tests.browser.deck import (
    TOPIC,
    ask_for_brief,
    list_plan_states,
    mention,
    open_form,
    post_figures,
    wait_for_brief,
    watch_plan,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def faults() -> list[Fault]:
    """The work is so quick that a person may see its end only; a slow upload leaves the time to see it move."""
    return [Fault("slow_answers", method="files.getUploadURLExternal", wait=timedelta(seconds=2))]


async def test_a_deck_is_asked_for_in_a_form_that_says_what_is_wrong_at_each_field(maya, electricity):
    thread = await post_figures(maya, electricity)
    await mention(thread, "please make a presentation")
    form = await open_form(maya, thread)

    await form.topic.fill("   ")
    await form.slides.fill("99")
    await form.send()
    await expect(form.slides).to_have_accessible_description(re.compile("30"))
    await expect(form.dialog.get_by_role("alert")).to_contain_text("Please check")

    await form.slides.fill("6")
    await form.send()
    await expect(form.topic).to_have_accessible_description(re.compile("Topic is needed"))
    await expect(form.topic).to_be_focused()

    await form.topic.fill(TOPIC)
    await form.send()
    await expect(maya.dialog).to_have_count(0)
    brief = await wait_for_brief(thread)
    await expect(brief).to_contain_text(f"A presentation of 6 slides about {TOPIC}")
    await expect(brief).to_contain_text("iowa-electricity.csv")
    for truth in ("What I will read", "What it costs", "When it is done", "Who can see it"):
        await expect(brief).to_contain_text(truth)


async def test_an_approved_brief_becomes_a_file_that_opens_while_the_todos_move(maya, electricity, tmp_path):
    thread = await post_figures(maya, electricity, "The figures again, for the town hall.")
    brief = await ask_for_brief(maya, thread, slides=6)
    await watch_plan(maya)
    await brief.get_by_role("button", name="Approve").click()
    await expect(thread.message("Approved by @Maya")).to_be_visible()
    await expect(thread.message(re.compile(r"Done · (\d+) of \1"))).to_be_visible()

    states = await list_plan_states(maya)
    assert len(set(states)) > 1
    assert states[-1].startswith("Done")
    assert any(state.startswith("Working") for state in states)

    link = thread.region.get_by_role("link", name=re.compile("PPTX|PowerPoint"))
    async with maya.page.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    assert download.suggested_filename.endswith(".pptx")
    file = tmp_path / download.suggested_filename
    await download.save_as(file)
    assert len(Presentation(str(file)).slides) == 6
