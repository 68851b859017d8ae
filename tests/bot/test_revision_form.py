"""What stands in a form of a revision is taken, or refused at its field in one sentence."""

from datetime import UTC, datetime

import pytest

from bot.listeners.revisions import read_revision
from bot.views.revision_form import COLOURS, render_revision_form
from recipes.ids import Digest, OutputId
from recipes.revision import Version
from recipes.revision_form import RevisionEntries, RevisionForm, find_problems
from recipes.theme import THEMES


def make_version(number, words=None):
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return Version(
        output_id=OutputId(f"out_{number}"), number=number, words=words, digest=Digest("ab" * 32), created_at=at
    )


FORM = RevisionForm(
    output_id=OutputId("out_2"),
    title="Wind",
    versions=(make_version(2, "drop slide 3, " * 9), make_version(1)),
    start=2,
    unit="slide",
    count=6,
    theme="slate",
    may_write=True,
)


def enter(**entered):
    return RevisionEntries(output_id="out_2", **entered)


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        (enter(), {"words": "Say here what to change, or choose something below."}),
        (enter(words="  "), {"words": "Say here what to change, or choose something below."}),
        (enter(count="1"), {"count": "Give a whole number from 2."}),
        (enter(count="4.5"), {"count": "Give a whole number from 2."}),
        (enter(count="9" * 5_000), {"count": "Give a whole number from 2."}),
        (enter(words="x" * 1_501), {"words": "That is 1,501 characters; say it in 1,500."}),
        (enter(words="shorter"), {}),
        (enter(theme="ember"), {}),
        (enter(version=1), {}),
        (enter(count="5", length="longer"), {}),
    ],
)
def test_what_does_not_do_is_said_at_its_field(entries, problems):
    assert find_problems(entries) == problems


def test_what_was_entered_is_said_as_the_list_of_versions_has_it():
    entries = enter(words=" punchier ", theme="ember", count="5", length="shorter", version=1)
    assert entries.say() == "punchier; shorter; the Ember theme; 5 slides; from version 1"


def test_the_form_offers_only_what_can_be_chosen():
    plain = FORM.model_copy(
        update={"versions": (make_version(1),), "count": None, "theme": None, "may_write": False, "unit": None}
    )
    ids = [each.get("block_id") for each in render_revision_form(plain)["blocks"] if each["type"] == "input"]
    assert ids == ["revise:words"]


@pytest.mark.parametrize("may_write", [True, False])
def test_what_a_form_said_of_a_language_model_is_sent_with_it(may_write):
    view = render_revision_form(FORM.model_copy(update={"may_write": may_write}))
    assert read_revision(view).may_write is may_write


def find_element(form, name):
    blocks = render_revision_form(form)["blocks"]
    return next(each["element"] for each in blocks if each.get("block_id") == f"revise:{name}")


def test_of_one_version_only_what_differs_from_it_can_be_chosen():
    alone = FORM.model_copy(update={"versions": (make_version(1),), "start": 1})
    options = find_element(alone, "theme")["options"]
    assert [each["value"] for each in options] == ["keep", "ember", "forest", "mono"]
    assert options[0]["text"]["text"] == "As they are: Slate (blue)"
    assert find_element(alone, "count")["max_value"] == "5"


def test_each_theme_has_a_name_that_people_read():
    assert tuple(COLOURS) == THEMES


def test_of_several_versions_all_can_be_chosen_that_any_of_them_could_get():
    options = find_element(FORM, "theme")["options"]
    assert [each["value"] for each in options] == ["keep", "slate", "ember", "forest", "mono"]
    assert options[0]["text"]["text"] == "As they are"
    assert "max_value" not in find_element(FORM, "count")


def test_the_form_stays_within_what_slack_takes():
    blocks = {each.get("block_id"): each for each in render_revision_form(FORM)["blocks"]}
    assert [each for each in blocks if each] == [
        "revise:words",
        "revise:theme",
        "revise:count",
        "revise:length",
        "revise:version",
    ]
    options = blocks["revise:version"]["element"]["options"]
    assert [len(each["text"]["text"]) <= 75 for each in options] == [True, True]
    assert blocks["revise:version"]["element"]["initial_option"] == options[0]


@pytest.mark.parametrize(("start", "read"), [(2, None), (1, 1)])
def test_only_an_earlier_version_is_named_as_the_start(start, read):
    view = render_revision_form(FORM.model_copy(update={"start": start}))
    field = next(each for each in view["blocks"] if each.get("block_id") == "revise:version")
    left = {"revise:version": {"value": {"selected_option": field["element"]["initial_option"]}}}
    assert read_revision({**view, "state": {"values": left}}).version == read
