"""Maya sees at the end how many figures stand in their sources, and opens the list of those sources."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from tests.scenarios.threads import WorkThread, open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."
MORE = "Coal fell from 35,361 in 2001 to 26,409 in 2015, as “old plants” closed."

Json = dict[str, Any]


async def _deliver(person: Any, wish: str, electricity: bytes) -> tuple[WorkThread, Json]:
    """Tell the story to its end; give the thread and its summary."""
    thread = await open_thread(person, NOTE, files=[("iowa.csv", electricity)])
    await thread.say(MORE)
    await thread.say(wish)
    await thread.approve()
    return thread, await thread.button("output.sources")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deck(bot, maya, electricity) -> AsyncIterator[tuple[WorkThread, Json]]:
    wish = "@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind"
    yield await _deliver(maya, wish, electricity)


async def test_the_summary_says_that_every_figure_and_quotation_was_found(deck, rows):
    thread, summary = deck
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    report = rows.get("work_outputs", ticket_id=ticket["id"])["provenance"]
    figures, quotations = report["figures"]["total"], report["quotations"]["total"]
    assert figures > 20
    assert quotations > 1
    assert f"{figures} of {figures} figures and {quotations} of {quotations} quotations found" in words_of(summary)
    assert [each for each in report["findings"] if each["ground"] != "passage"] == []


async def test_the_sources_button_shows_each_source_with_its_link_and_what_stands_on_it(deck, maya):
    thread, summary = deck
    await thread.press("output.sources", summary)
    view = await maya.open_view()
    said = words_of(view)
    assert "figures and" in said
    assert "iowa.csv" in said
    assert "by Maya" in said
    assert "found in it" in said
    assert "Without a source" not in said
    links = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert any("/archives/" in each and "|" in each for each in links)
    await maya.close_view(view["id"])


async def test_somebody_else_in_the_thread_sees_the_same_list(deck, jonas):
    thread, summary = deck
    await thread.press("output.sources", summary, by=jonas)
    view = await jonas.open_view()
    assert "iowa.csv" in words_of(view)
    await jonas.close_view(view["id"])


async def test_a_long_list_is_turned_over_in_place(deck, maya, monkeypatch):
    monkeypatch.setattr("bot.views.sources.PAGE_ENTRIES", 1)
    thread, summary = deck
    await thread.press("output.sources", summary)
    view = await maya.open_view()
    first = view["blocks"][-2]["text"]["text"]
    await maya.press("output.sources", view_id=view["id"])
    turned = await maya.wait_for(
        lambda screen: [each for each in screen.views if first not in words_of(each)], what="the next page"
    )
    assert [each["id"] for each in turned] == [view["id"]]
    assert "found in it" in words_of(turned[0])
    await maya.close_view(view["id"])


async def test_a_text_says_the_same_of_its_figures_and_lists_its_sources(maya, electricity, rows):
    thread, summary = await _deliver(
        maya, "@Threadwork draft a summary of about 300 words on how electricity in Iowa moved to wind", electricity
    )
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    report = rows.get("work_outputs", ticket_id=ticket["id"])["provenance"]
    assert [each for each in report["findings"] if each["ground"] == "nothing"] == []
    assert "quotations found in their sources" in words_of(summary)
    await thread.press("output.sources", summary)
    view = await maya.open_view()
    assert "iowa.csv" in words_of(view)
    await maya.close_view(view["id"])
