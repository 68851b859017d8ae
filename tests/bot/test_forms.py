"""What stands in a form that Slack sends, and the order in which two looks at it may come."""

import pytest

from bot.listeners.form_entries import read_entries
from bot.views.form import render_form
from recipes.draft import DraftNotFound
from recipes.form import ALSO_FROM, PRIORITY, Form, find_priority, note_entries
from tests.fakes.nouns import make_answer, make_draft
from tests.fakes.recipes import read_campaign_plan

PLAN = read_campaign_plan()


def _sent(step=0, **said):
    """Give a form as Slack sends it, with these states of its fields."""
    answers = {"product": make_answer("kites"), "country": make_answer("x17"), "teaser": make_answer(value=True)}
    view = render_form(Form(draft=make_draft(recipe_slug=PLAN.slug, answers=answers), recipe=PLAN, step=step))
    return view | {"state": {"values": {block: {"value": state} for block, state in said.items()}}}


def test_each_kind_of_field_is_read_as_it_was_drawn_and_as_it_is_now():
    entries = read_entries(
        _sent(
            **{
                "param:product": {"type": "plain_text_input", "value": "drones"},
                "param:country": {"type": "external_select", "selected_option": {"value": "x18"}},
                "param:launch": {"type": "datepicker", "selected_date": "2027-01-02"},
                "param:teaser": {"type": "radio_buttons", "selected_option": {"value": "no"}},
                "param:style": {"type": "static_select", "selected_option": {"value": "plain"}},
            }
        )
    )
    assert (entries.slug, entries.step) == ("campaign-plan", 0)
    assert entries.shown == {
        "product": "kites", "country": "x17", "languages": "", "launch": "", "teaser": "yes", "style": "plain",
    }  # fmt: skip
    assert entries.said == {
        "product": "drones", "country": "x18", "languages": "", "launch": "2027-01-02", "teaser": "no",
        "style": "plain",
    }  # fmt: skip
    assert set(entries.list_changed()) == {"product", "country", "launch", "teaser"}


@pytest.mark.parametrize(("chosen", "priority"), [("3", 3), ("0", 5), ("10", 5), ("soon", 5), (None, 5)])
def test_a_priority_that_is_none_leaves_the_drafts(chosen, priority):
    state = {"type": "static_select", "selected_option": {"value": chosen} if chosen else None}
    entries = read_entries(_sent(step=1, priority=state, also_from={"selected_conversation": "C0FINANCE"}))
    assert entries.said[ALSO_FROM] == "C0FINANCE"
    assert entries.shown[PRIORITY] == "5"
    assert find_priority(note_entries(make_draft(), entries)) == priority


@pytest.mark.parametrize("blocks", [[], [{"type": "section", "block_id": "form:"}], [{"block_id": "form:x:first"}]])
def test_a_form_of_another_release_is_said_to_be_unknown(blocks):
    with pytest.raises(DraftNotFound):
        read_entries({"private_metadata": "dra_1", "blocks": blocks})


def test_files_are_read_with_their_names_and_an_empty_field_of_files_says_nothing():
    draft = make_draft(recipe_slug=PLAN.slug, answers={"style": make_answer("brand")})
    view = render_form(Form(draft=draft, recipe=PLAN))
    held = {"type": "file_input", "files": [{"id": "F0BOOK", "name": "book.pdf", "size": 9}]}
    entries = read_entries(view | {"state": {"values": {"param:brand_book": {"value": held}}}})
    assert entries.said["brand_book"] == "book.pdf"
    assert entries.files["brand_book"][0].id == "F0BOOK"
    nothing = {"param:brand_book": {"value": {"type": "file_input", "files": []}}}
    assert "brand_book" not in read_entries(view | {"state": {"values": nothing}}).said
