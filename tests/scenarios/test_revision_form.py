"""Maya has a presentation changed by a form: in words, by what can be chosen, or both; it does what saying so does."""

import json

import pytest
import pytest_asyncio

from bot.sandbox.screen import buttons_of, words_of
from tests.scenarios.threads import list_private, open_thread

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

REQUEST = "@Threadwork make a presentation of 6 slides about how electricity in Iowa moved to wind in the forest style"


@pytest_asyncio.fixture(loop_scope="module")
async def thread(maya, electricity):
    opened = await open_thread(maya, "The figures for the board.", files=[("iowa.csv", electricity)])
    await opened.say(REQUEST)
    await opened.approve()
    await opened.ending()
    return opened


def enter(words=None, *, count=None, **chosen):
    values = {f"revise:{name}": {"value": value} for name, value in chosen.items()}
    values |= {"revise:words": {"value": words}} if words is not None else {}
    return values | ({"revise:count": {"value": count}} if count is not None else {})


async def open_form(thread, *, after="0"):
    summary = await thread.button("output.revise", after=after)
    await thread.press("output.revise", summary)
    return await thread.person.open_view()


async def send(thread, values, *, after="0"):
    """Fill the form in and send it; gives the next version's summary."""
    view = await open_form(thread, after=after)
    sent = await thread.person.fill(view["id"], values)
    assert sent["response_action"] is None, sent
    newest = (await thread.read())[-1]["ts"]
    return await thread.words("is in this thread", after=newest)


def fields(view):
    return [each["block_id"].removeprefix("revise:") for each in view["blocks"] if each["type"] == "input"]


def find_hint(view, name):
    return next(each["hint"]["text"] for each in view["blocks"] if each.get("block_id") == f"revise:{name}")


async def test_the_form_offers_what_can_be_chosen_of_it(thread):
    view = await open_form(thread)
    assert fields(view) == ["words", "theme", "count"]
    assert "version 1" in view["blocks"][0]["text"]["text"]
    count = next(each["element"] for each in view["blocks"] if each.get("block_id") == "revise:count")
    assert (count["min_value"], count["max_value"]) == ("2", "5")
    await thread.person.close_view(view["id"])


async def test_what_is_chosen_and_what_is_said_are_done_together(thread, rows):
    summary = words_of(await send(thread, enter("swap slides 2 and 3", theme="slate", count="5")))
    assert "The theme is Slate now." in summary
    assert "Slides 2 and 3 changed places." in summary
    assert "is left out" in summary
    _, child = sorted(rows.select("work_tickets", thread_ts=thread.ts), key=lambda each: each["id"])
    assert rows.get("revisions", id=child["id"])["words"] == "swap slides 2 and 3; the Slate theme; 5 slides"


async def test_a_change_starts_from_the_version_that_is_chosen(thread, rows):
    await send(thread, enter("drop slide 3"))
    newest = (await thread.words("version 2"))["ts"]
    view = await open_form(thread, after=newest[:-1])
    assert fields(view) == ["words", "theme", "count", "version"]
    assert find_hint(view, "count").startswith("Version 2 has 5.")
    await thread.person.close_view(view["id"])
    first = await open_form(thread)
    assert find_hint(first, "count").startswith("Version 1 has 6.")
    await thread.person.close_view(first["id"])
    summary = words_of(await send(thread, enter(theme="ember", version="1"), after=newest[:-1]))
    assert "It starts from version 1." in summary
    tickets = sorted(rows.select("work_tickets", thread_ts=thread.ts), key=lambda each: each["id"])
    earlier = [rows.get("revisions", id=each["id"])["earlier"] for each in tickets[1:]]
    assert earlier[0]["content"] == earlier[1]["content"]
    assert [each["version"] for each in earlier] == [1, 2]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        (enter(), "words", "Say here what to change, or choose something below."),
        (enter("   "), "words", "Say here what to change, or choose something below."),
        (enter("make it friendlier"), "words", "For other words I need a language model"),
        (enter("sound more like us"), "words", "For other words I need a language model"),
    ],
)
async def test_what_does_not_do_is_said_at_its_field(thread, rows, values, field, said):
    view = await open_form(thread)
    sent = await thread.person.fill(view["id"], values)
    assert said in sent["errors"][f"revise:{field}"]
    await thread.person.close_view(view["id"])
    assert len(rows.select("work_tickets", thread_ts=thread.ts)) == 1


async def test_only_who_asked_for_the_work_changes_it(thread, jonas, rows):
    summary = await thread.button("output.revise")
    await thread.press("output.revise", summary, by=jonas)
    told = list_private(await jonas.thread(thread.channel, thread.ts))
    assert any("who asked for this, can do that" in each for each in told)
    assert json.dumps(buttons_of(summary)).count("output.revise") == 1
