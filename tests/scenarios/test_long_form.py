"""A form of many questions: step by step, with fields that depend on others, long lists, files, and mistakes."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.sandbox.screen import words_of
from storage.catalog import read_catalog
from tests.fakes.recipes import read_campaign_plan
from tests.scenarios.threads import WorkThread, open_thread
from tests.scenarios.ways import TALK_WAYS

WAYS = TALK_WAYS

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("_long_recipe", "bot", "nothing_refused"),
]

NOTE = "Kites sold 480 units in May, mostly in the north."
BRAND_BOOK = b"# Brand book\n\nOur red is warm. Kites fly on every page of the 2027 catalogue.\n"
FIRST = {"param:product": {"value": "kites"}}
GERMANY = {"value": "de", "text": {"type": "plain_text", "text": "Germany", "emoji": True}}


@pytest.fixture(scope="module")
def _long_recipe() -> Iterator[None]:
    """A workspace with one recipe more than the catalogue has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.read_catalog", lambda: (*read_catalog(), read_campaign_plan()))
        yield


async def open_plan(maya, words=""):
    """Open the form with the command and give it."""
    await maya.command("general", "/work", f"campaign-plan {words}".strip())
    return await maya.open_view()


async def follow(maya, view_id, fits, what):
    """Give the form once it has changed so."""
    return await maya.wait_for(
        lambda screen: next((view for view in screen.views if view["id"] == view_id and fits(view)), None), what=what
    )


async def shows(maya, form, *names):
    """Give the form once it shows these fields."""
    wanted = {f"param:{name}" for name in names}
    return await follow(maya, form["id"], lambda view: wanted <= ids_of(view), f"the fields {names}")


def ids_of(form):
    return {block["block_id"] for block in form["blocks"]}


def held(form, name):
    """Give what stands in a field."""
    return {key: part for key, part in form["state"]["values"][f"param:{name}"]["value"].items() if key != "type"}


def below(form, name):
    """Give what is said below a field."""
    return next((words_of({"blocks": [each]}) for each in form["blocks"] if each["block_id"] == f"check:{name}"), "")


async def choose(maya, form, name, value):
    await maya.press("value", view_id=form["id"], block_id=f"param:{name}", value=value)


async def fill_first_step(maya, form, **more):
    values = {**FIRST, "param:country": {"value": GERMANY}, **{f"param:{k}": {"value": v} for k, v in more.items()}}
    assert (await maya.fill(form["id"], values))["response_action"] == "update"
    return await shows(maya, form, "goals")


async def test_a_long_form_is_filled_in_steps_and_nothing_is_lost_between_them(maya, rows):
    await maya.command("general", "/work", f"note {NOTE}")
    form = await open_plan(maya)
    assert "Step 1 of 2" in words_of(form)
    assert form["submit"]["text"] == "Next"
    form = await fill_first_step(maya, form, languages="German\nDanish")
    assert "Step 2 of 2" in words_of(form)
    assert form["submit"]["text"] == "Show the brief"
    await choose(maya, form, "rounds", "4")
    await maya.press("form.back", view_id=form["id"])
    form = await shows(maya, form, "product")
    assert (held(form, "product"), held(form, "languages")) == ({"value": "kites"}, {"value": "German\nDanish"})
    assert held(form, "country")["selected_option"]["value"] == "de"
    assert (await maya.fill(form["id"], {}))["response_action"] == "update"
    form = await shows(maya, form, "goals")
    assert held(form, "rounds") == {"value": "4"}
    assert (await maya.fill(form["id"], {"param:goals": {"value": "fame"}}))["response_action"] is None
    root = await maya.wait_for(
        lambda screen: next((each for each in screen.channel("general") if "kites in Germany" in words_of(each)), None)
    )
    said = words_of(await WorkThread(maya, "general", root["ts"]).brief())
    assert "Languages: German; Danish _(from the form)_" in said
    assert "Rounds: 4 _(from the form)_" in said
    assert rows.get("drafts", thread_ts=root["ts"])["entered"] == {"raw": {}, "files": {}}


async def test_all_mistakes_of_a_step_are_named_at_once_at_their_fields(maya):
    form = await open_plan(maya)
    values = {
        "param:product": {"value": "   "},
        "param:country": {"value": GERMANY},
        "param:languages": {"value": "a\nb\nc\nd"},
        "param:launch": {"value": "2035-01-01"},
    }
    refused = await maya.fill(form["id"], values)
    assert (refused["response_action"], refused["errors"]) == (
        "errors",
        {
            "param:product": "Product is needed.",
            "param:languages": "Languages takes at most 3 lines; you gave 4.",
            "param:launch": "Launch is not after 2030-12-31; 2035-01-01 is.",
        },
    )
    await maya.close_view(form["id"])


async def test_a_mistake_is_named_as_soon_as_slack_lets_us_see_it(maya):
    form = await open_plan(maya)
    await choose(maya, form, "launch", "2035-01-01")
    form = await follow(maya, form["id"], lambda view: "check:launch" in ids_of(view), "a word about the day")
    assert "Launch is not after 2030-12-31; 2035-01-01 is." in below(form, "launch")
    await choose(maya, form, "launch", "2027-01-01")
    await follow(maya, form["id"], lambda view: "check:launch" not in ids_of(view), "the word to go")
    await choose(maya, form, "product", "ki")
    form = await follow(maya, form["id"], lambda view: "check:product" in ids_of(view), "a word about the product")
    assert "Product needs at least 3 characters; you gave 2." in below(form, "product")
    await maya.close_view(form["id"])


async def test_a_field_appears_with_the_choice_that_it_depends_on_and_what_was_typed_stays(maya):
    form = await open_plan(maya)
    assert "param:brand_colours" not in ids_of(form)
    await choose(maya, form, "product", "kites")
    await choose(maya, form, "style", "brand")
    form = await shows(maya, form, "brand_book", "brand_colours")
    assert held(form, "product") == {"value": "kites"}
    await choose(maya, form, "brand_colours", "red and white")
    await choose(maya, form, "style", "plain")
    form = await follow(maya, form["id"], lambda view: "param:brand_colours" not in ids_of(view), "the field to go")
    await choose(maya, form, "style", "brand")
    form = await shows(maya, form, "brand_colours")
    assert (held(form, "product"), held(form, "brand_colours")) == ({"value": "kites"}, {"value": "red and white"})
    await maya.close_view(form["id"])


async def test_two_choices_in_quick_succession_both_count(maya, expected_refusals):
    expected_refusals.add("views.update: hash_conflict")
    form = await open_plan(maya)
    await asyncio.gather(choose(maya, form, "style", "brand"), choose(maya, form, "launch", "2035-01-01"))
    form = await shows(maya, form, "brand_book")
    form = await follow(maya, form["id"], lambda view: "check:launch" in ids_of(view), "a word about the day")
    assert "param:brand_book" in ids_of(form)
    await maya.close_view(form["id"])


async def test_a_list_that_is_too_long_for_a_menu_is_searched_by_labels_and_synonyms(maya):
    form = await open_plan(maya)
    where = {"view_id": form["id"], "block_id": "param:country"}
    assert len(await maya.suggestions("value", **where)) == 100
    assert [each["text"]["text"] for each in await maya.suggestions("value", "deutschl", **where)] == ["Germany"]
    assert [each["value"] for each in await maya.suggestions("value", "germny", **where)][:1] == ["de"]
    assert [each["value"] for each in await maya.suggestions("value", "country 217", **where)][:1] == ["x217"]
    await choose(maya, form, "country", (await maya.suggestions("value", "217", **where))[0])
    await maya.close_view(form["id"])


async def test_files_that_are_handed_in_are_read(maya):
    form = await open_plan(maya)
    await choose(maya, form, "style", "brand")
    form = await shows(maya, form, "brand_book")
    picture = await maya.hand_in("logo.png", b"\x89PNG\r\n\x1a\n")
    values = {**FIRST, "param:country": {"value": GERMANY}, "param:brand_book": {"value": [picture]}}
    refused = await maya.fill(form["id"], values)
    assert list(refused["errors"]) == ["param:brand_book"]
    book = await maya.hand_in("brand.md", BRAND_BOOK)
    form = await fill_first_step(maya, form, brand_book=[book], product="paper birds")
    await maya.press("form.back", view_id=form["id"])
    form = await shows(maya, form, "brand_book")
    assert "Handed in: brand.md" in below(form, "brand_book")
    await maya.fill(form["id"], {})
    form = await shows(maya, form, "goals")
    await maya.fill(form["id"], {"param:goals": {"value": "fame"}})
    root = await maya.wait_for(
        lambda screen: next(
            (each for each in screen.channel("general")[::-1] if "paper birds in Germany" in words_of(each)), None
        )
    )
    said = words_of(await WorkThread(maya, "general", root["ts"]).brief())
    assert "Brand book: brand.md _(from the form)_" in said
    assert "brand.md" in said.partition("What I will read")[2]


async def test_a_form_that_was_closed_holds_what_was_typed_when_it_is_opened_again(maya):
    thread = await open_thread(maya, NOTE)
    await thread.say("@Threadwork please make a campaign plan about kites")
    question = await thread.button("draft.form")
    await thread.press("draft.form", question)
    form = await maya.open_view()
    await choose(maya, form, "product", "paper kites")
    await choose(maya, form, "style", "brand")
    form = await shows(maya, form, "brand_colours")
    await choose(maya, form, "brand_colours", "red")
    await maya.close_view(form["id"])
    await thread.press("draft.form", question)
    form = await maya.open_view()
    assert (held(form, "product"), held(form, "brand_colours")) == ({"value": "paper kites"}, {"value": "red"})
    await maya.close_view(form["id"])


async def test_a_form_that_takes_long_to_fill_is_there_at_once_and_filled_after(maya, journal, monkeypatch):
    monkeypatch.setattr("bot.listeners.opening.AT_ONCE", timedelta(0))
    before = journal.count()
    form = await open_plan(maya, "kites")
    form = await shows(maya, form, "product")
    assert held(form, "product") == {"value": "kites"}
    calls = [call["method"] for call in journal.list_calls(since=before)]
    assert [each for each in calls if each.startswith("views.")] == ["views.open", "views.update"]
    await maya.close_view(form["id"])
