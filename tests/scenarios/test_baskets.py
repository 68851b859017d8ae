"""A channel's basket: people put things in, look at it, tidy it, and let work read it, also from another channel."""

import pytest
import pytest_asyncio

from bot.sandbox.screen import words_of
from tests.scenarios.threads import DIRECT, list_private, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot", "nothing_refused")]

REQUEST = "@Threadwork a presentation about wind power"
ASKING_AGAIN = "Read also"


async def keep(person, ts, channel="reports", *, says="Added to this channel's basket"):
    """Use the shortcut at a message and give the answer, which only this person reads."""
    before = len(list_private(await person.messages(channel)))
    await person.shortcut("add_to_basket", message_ts=ts)

    def find(screen):
        return [said for said in list_private(screen.channel(channel))[before:] if says in said]

    return (await person.wait_for(find, what=f"“{says}”"))[0]


async def open_basket(person, channel="reports", words=""):
    """Type the command and give the modal once it is filled."""
    await person.command(channel, "/work", f"basket {words}".strip())
    return await shown(person)


async def shown(person, phrase="The basket of"):
    """Give the open modal as soon as it says this."""

    def find(screen):
        return next((view for view in screen.views if phrase in words_of(view)), None)

    return await person.wait_for(find, what=f"a modal that says “{phrase}”")


async def press_in(person, view, action_id, text):
    """Press the button beside the entry with this text."""
    block = next(each for each in view["blocks"] if "accessory" in each and text in each["text"]["text"])
    assert block["accessory"]["action_id"] == action_id
    await person.press(action_id, view_id=view["id"], value=block["accessory"]["value"])


async def give_up(person, view):
    await person.close_view(view["id"])


def find_bundle(rows, thread) -> bytes:
    return rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])["canonical"]


def find_block(rows, ts):
    return next((row for row in rows.select("substrate_blocks") if row["message_ts"] == ts), None)


@pytest_asyncio.fixture(loop_scope="module")
async def outsider(priya):
    """Priya, who is in every public channel and not in the board's."""
    return priya


async def test_a_message_and_its_file_get_in_by_the_shortcut_and_are_read_by_other_work(maya, jonas, rows):
    ts = await jonas.say(
        "reports", "The park at Adair gives 41 MW.", files=[("adair.csv", b"year,mw\n2016,38\n2017,41\n")]
    )
    assert "the message and 1 file" in await keep(maya, ts)
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    brief = words_of(await thread.brief())
    assert "adair.csv" in brief
    assert "message in this channel's basket" in brief
    assert "by Jonas" in brief
    bundle = find_bundle(rows, thread)
    assert b"The park at Adair gives 41 MW." in bundle
    block = find_block(rows, ts)
    assert (block["author"], block["added_by"]) == ("Jonas", maya.user_id)
    assert ts.replace(".", "") in block["permalink"]


async def test_the_same_message_twice_changes_nothing(maya, jonas, rows):
    ts = await maya.say("reports", "Turbines are counted in May.")
    await keep(maya, ts)
    before = find_block(rows, ts)
    await keep(jonas, ts, says="already")
    await keep(maya, ts, says="already")
    assert find_block(rows, ts) == before


async def test_the_basket_is_listed_newest_first_with_who_and_when(maya):
    await maya.command("general", "/work", "note The first note of spring.")
    ts = await maya.say("general", "The second thing was said.")
    await keep(maya, ts, "general")
    view = await open_basket(maya, "general")
    words = words_of(view)
    assert words.index("The second thing was said.") < words.index("The first note of spring.")
    assert f"added by <@{maya.user_id}>" in words
    assert "|message>" in words
    await give_up(maya, view)


async def test_an_empty_basket_says_how_things_get_in(priya):
    view = await open_basket(priya, DIRECT)
    assert "Nothing is in this basket yet" in words_of(view)
    await give_up(priya, view)


async def test_the_search_needs_neither_capitals_nor_accents(maya):
    await maya.command("general", "/work", "note Die Flügel kamen aus Århus.")
    view = await open_basket(maya, "general", "FLUGEL arhus")
    assert "1 entry" in words_of(view)
    await maya.press("basket.search", view_id=view["id"], value="spring")
    assert "The first note of spring." in words_of(await shown(maya, "with “spring”"))
    await maya.fill(view["id"], {"basket.search": {"basket.search": "no such word"}})
    assert "Nothing here holds" in words_of(await shown(maya, "with “no such word”"))
    await give_up(maya, view)


async def test_a_long_basket_has_pages(maya):
    for number in range(23):
        await maya.command(DIRECT, "/work", f"note Note number {number}.")
    view = await open_basket(maya, DIRECT)
    assert "page 1 of 2" in words_of(view)
    assert "Note number 22." in words_of(view)
    await maya.press("basket.older", view_id=view["id"])
    older = await shown(maya, "page 2 of 2")
    assert "Note number 0." in words_of(older)
    assert "Note number 22." not in words_of(older)
    await maya.press("basket.newer", view_id=view["id"])
    await shown(maya, "page 1 of 2")
    await give_up(maya, view)


async def test_an_archived_entry_is_not_read_and_can_be_put_back(maya, rows):
    await maya.command("general", "/work", "note Old numbers of 1999.")
    view = await open_basket(maya, "general", "1999")
    await press_in(maya, view, "basket.archive", "1999")
    undone = await shown(maya, "Archived: Old numbers of 1999.")
    await press_in(maya, undone, "basket.restore", "1999")
    restored = await shown(maya, "1 entry")
    await press_in(maya, restored, "basket.archive", "1999")
    await shown(maya, "Archived:")
    thread = await open_thread(maya, "The board wants numbers.", channel="general")
    await thread.say(REQUEST)
    await thread.brief()
    assert b"1999" not in find_bundle(rows, thread)
    await maya.press("basket.archived", view_id=view["id"])
    await press_in(maya, await shown(maya, "that were archived"), "basket.restore", "1999")
    await shown(maya, "Nothing here holds")
    await maya.press("basket.active", view_id=view["id"])
    await shown(maya, "1 entry with")
    await give_up(maya, view)


async def test_what_a_shown_brief_holds_is_archived_and_a_new_brief_comes(maya, rows):
    await maya.command("general", "/work", "note The hydro numbers of 1998.")
    thread = await open_thread(maya, "The board wants numbers.", channel="general")
    await thread.say(REQUEST)
    first = await thread.brief()
    view = await open_basket(maya, "general", "hydro")
    await press_in(maya, view, "basket.archive", "hydro")
    second = await thread.brief(after=first["ts"])
    assert "What changed" in words_of(second)
    assert "taken out of its basket" in words_of(second)
    assert b"1998" not in find_bundle(rows, thread)
    await give_up(maya, await shown(maya, "Archived:"))


async def test_an_edit_of_a_kept_message_is_followed_and_voids_the_brief_that_holds_it(maya, jonas, rows):
    ts = await jonas.say("reports", "Wind had 73 percent.")
    await keep(maya, ts)
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    first = await thread.brief()
    assert b"73 percent" in find_bundle(rows, thread)
    await jonas.edit("reports", ts, "Wind had 37 percent.")
    second = await thread.brief(after=first["ts"])
    assert "was edited" in words_of(second)
    bundle = find_bundle(rows, thread)
    assert b"Wind had 37 percent." in bundle
    assert b"73 percent" not in bundle
    assert rows.select("transcript", ts=ts) == [], "only the basket keeps it"


async def test_a_deleted_message_leaves_the_basket_for_good(maya, jonas, rows):
    ts = await jonas.say("reports", "The margin is 61 percent.", files=[("margin.csv", b"margin,x\n61,1\n")])
    await keep(maya, ts)
    thread = await open_thread(maya, "The board wants numbers.")
    await thread.say(REQUEST)
    first = await thread.brief()
    assert "margin.csv" in words_of(first)
    await jonas.delete("reports", ts)
    second = await thread.brief(after=first["ts"])
    assert "was deleted" in words_of(second)
    assert "margin.csv" not in words_of(second)
    assert b"61 percent" not in find_bundle(rows, thread)
    assert find_block(rows, ts)["text"] == ""
    view = await open_basket(maya, "reports", "margin")
    assert "Nothing here holds" in words_of(view)
    await maya.press("basket.archived", view_id=view["id"])
    assert "Nothing here holds" in words_of(await shown(maya, "that were archived"))
    await give_up(maya, view)


async def test_a_result_becomes_a_finding_when_its_requester_accepts_it(maya, jonas, rows):
    thread = await open_thread(maya, "Solar produced 88 units in 2017, up from 12 in 2009.", channel="board")
    await thread.say("@Threadwork a presentation about solar power")
    await thread.approve()
    await thread.ending()
    summary = await thread.words("is in this thread")
    await keep(jonas, summary["ts"], "board", says="Only <@U0MAYA>")
    await keep(maya, summary["ts"], "board", says="as a finding")
    block, output = (
        find_block(rows, summary["ts"]),
        rows.get("work_outputs", ticket_id=rows.get("work_tickets", thread_ts=thread.ts)["id"]),
    )
    assert block["finding"] == {"ticket_id": output["ticket_id"], "output_id": output["id"], "digest": output["digest"]}
    assert block["author"] == "Maya"
    other = await open_thread(maya, "The board wants numbers.", channel="board")
    await other.say("@Threadwork a presentation about energy")
    assert f"finding of {output['ticket_id']}" in words_of(await other.brief())
    progress = await thread.wait_for(lambda each: each["text"].startswith("Done"), "the progress message")
    await keep(maya, progress["ts"], "board", says="I keep what people wrote")


async def test_another_channels_basket_is_named_in_words_and_shown_in_the_brief(maya, rows):
    await maya.command("board", "/work", "note The dividend is 4 crowns.")
    thread = await open_thread(maya, "The general numbers: 5 and 7.", channel="general")
    await thread.say(REQUEST)
    first = await thread.brief()
    await thread.say("use the basket of #board")
    asked = await thread.button("brief.go_on", after=first["ts"])
    assert "note in the basket of #board" in words_of(asked)
    await thread.press("brief.go_on", asked)
    brief = await thread.brief(after=asked["ts"])
    assert "from <#C0BOARD>" in words_of(brief)
    bundle = find_bundle(rows, thread)
    assert b"The dividend is 4 crowns." in bundle
    assert b"use the basket" not in bundle
    origins = rows.get("work_bundles", id=rows.get("drafts", thread_ts=thread.ts)["bundle_id"])["origins"]
    assert set(origins.values()) == {"C0GENERAL", "C0BOARD"}
    await thread.press("brief.approve", brief)
    await thread.ending()


async def test_a_command_names_another_basket_and_the_form_shows_and_drops_it(maya, rows):
    await maya.command("general", "/work", "powerpoint-report wind power from #board")
    form = await maya.open_view()
    by_id = {block.get("block_id"): block.get("element") for block in form["blocks"]}
    assert by_id["param:topic"]["initial_value"] == "wind power"
    assert by_id["also_from"]["initial_conversation"] == "C0BOARD"
    await maya.close_view(form["id"])


async def test_who_is_not_in_the_named_channel_gets_a_brief_without_it_that_says_so(outsider, rows):
    thread = await open_thread(outsider, "The general numbers: 5 and 7.", channel="general")
    await thread.say("@Threadwork a presentation about wind power, use the basket of <#C0BOARD|board>")
    brief = words_of(await thread.brief())
    assert "I can only read the basket of <#C0BOARD>" in brief
    assert b"dividend" not in find_bundle(rows, thread)


async def test_who_left_the_named_channel_cannot_approve_and_gets_another_brief(maya, jonas, rows):
    thread = await open_thread(jonas, "The general numbers: 5 and 7.", channel="general")
    await thread.say("@Threadwork a presentation about wind power from #board")
    await thread.press("brief.go_on", await thread.button("brief.go_on"))
    first = await thread.brief()
    assert b"dividend" in find_bundle(rows, thread)
    await jonas.leave("board")
    await thread.press("brief.approve", first)
    second = await thread.brief(after=first["ts"])
    assert "So it is left out." in words_of(second)
    assert rows.select("work_tickets", thread_ts=thread.ts) == []
    assert b"dividend" not in find_bundle(rows, thread)
    await maya.join("board", "Jonas")


async def test_the_home_leads_to_baskets(maya):
    await maya.open_home()
    home = await maya.wait_for(lambda screen: screen.home, what="the home")
    await maya.press("basket.open", view_id=home["id"], value="C0GENERAL")
    view = await shown(maya)
    assert "<#C0GENERAL>" in words_of(view)
    await give_up(maya, view)


async def test_where_one_is_not_the_basket_stays_shut(outsider, journal, workspace):
    before = journal.count()
    home = await published_home(outsider)
    # A select shows only one's own channels: this is a forged press.
    await outsider.press("basket.open", view_id=home["id"], value="C0BOARD")
    view = await shown(outsider, "I can only read the basket of <#C0BOARD>")
    assert "dividend" not in str(journal.list_calls(since=before))
    await give_up(outsider, view)


async def published_home(person):
    await person.open_home()
    return await person.wait_for(lambda screen: screen.home, what="the home")
