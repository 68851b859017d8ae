"""The gallery in its modal and in the home: searched, turned page by page, chosen from; and what leads there."""

from collections.abc import Iterator

import pytest

from bot.sandbox.screen import words_of
from recipes.recipe import AgentType
from storage.catalog import read_catalog
from tests.fakes.nouns import read_powerpoint_report
from tests.scenarios.threads import WorkThread, list_private, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("_many_recipes", "bot", "nothing_refused"),
]

NOTE = "Wind produced 21,933 thousand megawatthours in 2017, up from 1,437 in 2001."


@pytest.fixture(scope="module")
def _many_recipes() -> Iterator[None]:
    """A workspace with thirty recipes more than the catalogue has."""
    model = read_powerpoint_report()
    agent = model.agent.model_copy(update={"type": AgentType.RESEARCH})
    more = tuple(
        model.model_copy(
            update={"slug": f"study-{number:02}", "name": f"Study {number:02}", "agent": agent, "phrases": ()}
        )
        for number in range(30)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.read_catalog", lambda: (*read_catalog(), *more))
        yield


async def open_gallery(person):
    await person.command("general", "/work")
    return await person.open_view()


async def look(person, fits):
    """Give the open modal once it says this."""
    return await person.wait_for(
        lambda screen: next((view for view in screen.views if fits in words_of(view)), None), what=fits
    )


async def look_home(person, fits):
    return await person.wait_for(lambda screen: screen.home and fits in words_of(screen.home) and screen.home)


async def type_search(person, view, words):
    await person.press("gallery.search", view_id=view["id"], value=words)


async def follow_root(person, channel, phrase):
    def find(screen):
        return next((each for each in screen.channel(channel) if phrase in words_of(each)), None)

    root = await person.wait_for(find, what="the message that starts the thread")
    return WorkThread(person, channel, root["ts"])


async def test_the_gallery_is_searched_with_enter_and_with_its_button(maya):
    gallery = await open_gallery(maya)
    await type_search(maya, gallery, "slide dekc")
    found = await look(maya, "may fit")
    assert "PowerPoint report" in words_of(found)
    await type_search(maya, found, "zzzzqq")
    assert "Study 03" not in words_of(await look(maya, "Nothing fits “zzzzqq”."))
    answer = await maya.fill(gallery["id"], {"gallery.search": {"gallery.search": "study 17"}})
    assert answer["response_action"] == "update"
    found = await look(maya, "Study 17")
    assert words_of(found).index("Study 17") < words_of(found).index("Study 16")
    await maya.close_view(gallery["id"])


async def test_more_recipes_than_fit_are_turned_over(maya):
    gallery = await open_gallery(maya)
    assert "Presentations and reports" in words_of(gallery)
    assert "Page 1 of 3" in words_of(gallery)
    await maya.press("gallery.later", view_id=gallery["id"])
    await look(maya, "Page 2 of 3")
    await maya.press("gallery.later", view_id=gallery["id"])
    last = await look(maya, "Page 3 of 3")
    assert "Study 29" in words_of(last)
    await maya.press("gallery.earlier", view_id=gallery["id"])
    await look(maya, "Page 2 of 3")
    await maya.close_view(gallery["id"])


async def test_the_home_shows_the_same_rows_and_is_searched_and_turned_too(maya):
    gallery = await open_gallery(maya)
    await maya.close_view(gallery["id"])
    await maya.open_home()
    home = await look_home(maya, "Page 1 of 3")
    rows = [block for block in home["blocks"] if "accessory" in block and "value" in block["accessory"]]
    assert [(each["text"]["text"], each["accessory"]["value"]) for each in rows] == [
        (each["text"]["text"], each["accessory"]["value"]) for each in gallery["blocks"] if "accessory" in each
    ]
    await maya.press("gallery.later", view_id=home["id"])
    await look_home(maya, "Page 2 of 3")
    await type_search(maya, home, "content draft")
    found = await look_home(maya, "may fit")
    assert "Content draft" in words_of(found)
    await type_search(maya, home, "")
    await look_home(maya, "Page 1 of 3")


async def test_what_people_had_made_is_counted_and_what_one_made_last_is_offered_first(priya, jonas):
    await priya.command("general", "/work", f"note {NOTE}")
    gallery = await open_gallery(priya)
    assert "PPTX · no runs yet" in words_of(gallery)
    assert "asked for" not in words_of(gallery)
    await priya.close_view(gallery["id"])
    await priya.command("general", "/work", "powerpoint-report the counted story")
    await priya.fill((await priya.open_view())["id"], {})
    thread = await follow_root(priya, "general", "the counted story")
    await thread.approve()
    await thread.ending()
    gallery = await open_gallery(priya)
    assert "asked for once here" in words_of(gallery)
    assert "1 finished here, too few to say how long it takes" in words_of(gallery)
    await priya.press("gallery.recent.0", view_id=gallery["id"])
    form = await priya.wait_for(
        lambda screen: next((view for view in screen.views if view["callback_id"] == "recipe_form"), None)
    )
    assert form["title"]["text"] == "PowerPoint report"
    await priya.close_view(form["id"])
    theirs = await open_gallery(jonas)
    assert "You made these last" not in words_of(theirs)
    assert "asked for once here" in words_of(theirs)
    await jonas.close_view(theirs["id"])


async def test_the_beginning_of_a_recipes_name_finds_it_and_its_button_opens_its_form_here(maya):
    seen = {each["ts"] for each in await maya.messages("general")}
    await maya.command("general", "/work", "powerp wind in Iowa")
    answer = await maya.wait_for(
        lambda screen: next((each for each in screen.channel("general") if each["ts"] not in seen), None)
    )
    assert answer["is_ephemeral"]
    assert "`/work powerpoint-report wind in Iowa`" in words_of(answer)
    await maya.press("recipe.pick", message_ts=answer["ts"], channel=answer["channel"], value="powerpoint-report")
    form = await maya.open_view()
    await maya.command("general", "/work", f"note {NOTE}")
    await maya.fill(form["id"], {"param:topic": {"value": "the partial story"}})
    assert "about the partial story" in words_of(
        await (await follow_root(maya, "general", "the partial story")).brief()
    )


async def test_help_says_what_can_be_typed(maya):
    answer = (await maya.command("general", "/work", "help"))["text"]
    for line in (
        "`/work content-draft",
        "`powerpoint-report`",
        "`/work list`",
        "`/work note TEXT`",
        "the beginning of a name",
    ):
        assert line in answer


async def test_opening_the_direct_messages_offers_prompts_made_of_what_people_here_ask_for(
    maya, way, journal, expected_refusals
):
    before = journal.count()
    if not way.agent_features:
        expected_refusals.add("assistant.threads.setSuggestedPrompts: unknown_method")

    def find_call():
        calls = journal.list_calls(since=before)
        return next((each["args"] for each in calls if "setSuggestedPrompts" in each["method"]), None)

    thread = await open_thread(maya, "@Threadwork please make a presentation")
    await thread.button("draft.form")
    await maya.open_home("messages")
    await thread.settle_until(find_call)
    asked = find_call()
    assert len(asked["prompts"]) == 4
    assert asked["prompts"][0]["title"] == "PowerPoint report"
    assert asked["prompts"][0]["message"] == "Please make me a new PowerPoint report"
    assert "thread_ts" not in asked


async def test_a_prompt_is_understood(maya):
    ts = await maya.say("Threadwork", "Please make me a new PowerPoint report")
    thread = WorkThread(maya, "Threadwork", ts)
    assert "What should the presentation be about?" in words_of(await thread.button("draft.form"))


async def test_a_message_says_what_is_wanted_and_is_read_for_it(maya, jonas, rows):
    words = "We need a presentation of 9 slides about the wind. Wind produced 21,933 thousand megawatthours in 2017."
    thread = await open_thread(jonas, words)
    await maya.shortcut("start_from_message", message_ts=thread.ts)
    form = await maya.open_view()
    assert form["callback_id"] == "recipe_form"
    assert form["state"]["values"]["param:slides_count"]["value"]["value"] == "9"
    await maya.fill(form["id"], {"param:topic": {"value": "wind power"}})
    brief = await WorkThread(maya, "reports", thread.ts).brief()
    said = words_of(brief)
    assert "Number of slides: 9 _(from the message you chose)_" in said
    assert "thread message" in said.partition("What I will read")[2], "the message is a source too"


async def test_a_message_with_a_file_is_where_work_starts_and_both_are_read(maya, electricity):
    thread = await open_thread(
        maya, "Here are the figures, in the mono style please.", files=[("wind.csv", electricity)]
    )
    await maya.shortcut("start_from_message", message_ts=thread.ts)
    gallery = await maya.open_view()
    await maya.press("recipe.pick", view_id=gallery["id"], value=await find_value(gallery, "powerpoint-report"))
    form = await maya.wait_for(
        lambda screen: next((view for view in screen.views if view["callback_id"] == "recipe_form"), None)
    )
    style = form["state"]["values"]["param:template_style"]["value"]["selected_option"]["value"]
    assert style == "mono", "what the message says stands in the form of the recipe that was chosen"
    await maya.fill(form["id"], {"param:topic": {"value": "wind power"}})
    read = words_of(await thread.brief()).partition("What I will read")[2]
    assert "wind.csv" in read
    assert "thread message" in read


async def find_value(gallery, slug):
    values = [block["accessory"]["value"] for block in gallery["blocks"] if "accessory" in block]
    return next(value for value in values if value.endswith(slug))


async def test_somebody_elses_draft_is_not_chosen_for(maya, jonas):
    thread = await open_thread(maya, "@Threadwork what can you do for me")
    offer = await thread.button("recipe.pick")
    value = next(b["accessory"]["value"] for b in offer["blocks"] if "accessory" in b)
    await jonas.press("recipe.pick", message_ts=offer["ts"], channel=offer["channel"], value=value)
    said = await jonas.wait_for(lambda screen: list_private(screen.thread("reports", thread.ts)))
    assert "Only <@U0MAYA>, who asked for this, can do that." in said[0]
