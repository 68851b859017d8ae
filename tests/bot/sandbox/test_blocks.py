import pytest

from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.wire import SlackError

PLAIN = {"type": "plain_text", "text": "x"}
OPTION = {"text": PLAIN, "value": "a"}


def section(text="x", **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def button(**more):
    return {"type": "button", "action_id": "a", "text": PLAIN, **more}


def select(**more):
    return {"type": "static_select", "action_id": "a", "options": [OPTION], **more}


def task(status="pending"):
    return {"type": "task_card", "task_id": "1", "title": "Read", "status": status}


def rows(count, columns=2, text="x"):
    return [[{"type": "raw_text", "text": text} for _ in range(columns)] for _ in range(count)]


def video(**more):
    block = {
        "type": "video",
        "title": PLAIN,
        "alt_text": "x",
        "video_url": "https://x.org",
        "thumbnail_url": "https://x",
    }
    return {**block, **more}


def chart(content, title="Wind"):
    return {"type": "data_visualization", "title": title, "chart": content}


def pie(segments):
    return {"type": "pie", "segments": segments}


def bars(categories, values):
    points = [{"label": name, "value": value} for name, value in zip(categories, values, strict=False)]
    return {"type": "bar", "series": [{"name": "s", "data": points}], "axis_config": {"categories": categories}}


RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": PLAIN, "value": "up"},
    "negative_button": {"text": PLAIN, "value": "down"},
}
AGENT_BLOCKS = [
    {"type": "plan", "block_id": "p", "title": "Plan", "tasks": [task(), {**task("complete"), "output": RICH}]},
    task("in_progress"),
    {"type": "markdown", "text": "**bold**"},
    {"type": "table", "rows": rows(3), "column_settings": [{"align": "right", "is_wrapped": True}]},
    {"type": "data_table", "caption": "Numbers", "rows": rows(3), "page_size": 5},
    {"type": "context_actions", "elements": [FEEDBACK]},
    {"type": "alert", "text": {"type": "mrkdwn", "text": "careful"}, "level": "warning"},
    {"type": "card", "title": {"type": "mrkdwn", "text": "Deck"}, "actions": [button()]},
    {"type": "container", "title": PLAIN, "child_blocks": [section()]},
    {"type": "carousel", "elements": [{"type": "card", "title": {"type": "mrkdwn", "text": "Deck"}}]},
    {"type": "data_visualization", "title": "Mix", "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]}},
    {
        "type": "data_visualization",
        "title": "Wind",
        "chart": {
            "type": "line",
            "series": [{"name": "Iowa", "data": [{"label": "2001", "value": 1.5}]}],
            "axis_config": {"categories": ["2001"], "y_label": "MWh"},
        },
    },
]
OLD_BLOCKS = [
    section(fields=[{"type": "mrkdwn", "text": "x"}], accessory=button(style="primary", value="v")),
    {"type": "header", "text": PLAIN},
    {"type": "divider"},
    {
        "type": "context",
        "elements": [
            {"type": "mrkdwn", "text": "x"},
            {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "a"},
        ],
    },
    actions(
        button(confirm={"title": PLAIN, "text": PLAIN, "confirm": PLAIN, "deny": PLAIN}),
        select(action_id="b", initial_option=OPTION),
    ),
    {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "a", "title": PLAIN},
    {
        "type": "input",
        "label": PLAIN,
        "element": {"type": "number_input", "action_id": "n", "is_decimal_allowed": False},
        "optional": True,
    },
    RICH,
]


def problems(*blocks, has_agent_features=True):
    with pytest.raises(SlackError) as caught:
        check_message_blocks(list(blocks), has_agent_features=has_agent_features)
    return caught.value.code, " | ".join(caught.value.messages)


@pytest.mark.parametrize("block", [*OLD_BLOCKS, *AGENT_BLOCKS], ids=lambda block: block["type"])
def test_every_kind_of_block_is_taken(block):
    assert check_message_blocks([block], has_agent_features=True) == (block,)


@pytest.mark.parametrize("block", AGENT_BLOCKS, ids=lambda block: block["type"])
def test_newer_blocks_are_refused_without_agent_features(block):
    code, said = problems(block, has_agent_features=False)
    assert (code, said) == ("invalid_blocks", f"unsupported type: {block['type']} [json-pointer:/blocks/0/type]")


@pytest.mark.parametrize("block", OLD_BLOCKS, ids=lambda block: block["type"])
def test_older_blocks_are_taken_everywhere(block):
    assert check_message_blocks([block], has_agent_features=False)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({}, "missing required field: type"),
        ({"type": "file", "external_id": "x", "source": "remote"}, "unsupported type: file"),
        ({"type": "section"}, "text or fields attribute must be specified"),
        (section(""), "text"),
        (section("x" * 3_001), "text attribute cannot exceed 3000"),
        (section(fields=[{"type": "mrkdwn", "text": "x" * 2_001}]), "must be less than 2001 characters"),
        (section(fields=[{"type": "mrkdwn", "text": "x"}] * 11), "fields attribute cannot exceed 10"),
        (section(colour="red"), "invalid additional property: colour"),
        ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}, "cannot exceed 150"),
        ({"type": "section", "block_id": "x" * 256, "text": PLAIN}, "block_id cannot exceed 255"),
        (actions(button(text={"type": "plain_text", "text": "x" * 76})), "cannot exceed 75"),
        (actions(button(value="x" * 2_001)), "cannot exceed 2000"),
        (actions(button(), button()), "action_id 'a' already exists"),
        (actions(*[button(action_id=str(number)) for number in range(26)]), "cannot exceed 25"),
        (actions(select(options=[])), "must have at least one option"),
        (actions(select(initial_option={"text": PLAIN, "value": "z"})), "initial option is not among"),
        (actions(select(options=[OPTION] * 101)), "cannot exceed 100"),
        (actions({"type": "jukebox", "action_id": "a"}), "unsupported element: jukebox"),
        (
            {"type": "input", "label": PLAIN, "element": {"type": "number_input", "action_id": "n"}},
            "missing required field: is_decimal_allowed",
        ),
        ({"type": "context", "elements": [PLAIN] * 11}, "cannot exceed 10"),
        (
            {"type": "plan", "title": "Plan", "tasks": [{"task_id": "1", "title": "x", "status": "lost"}]},
            "status must be",
        ),
        ({"type": "plan", "title": "Plan", "tasks": [task()] * 51}, "no more than 50 tasks"),
        ({"type": "table", "rows": rows(101)}, "no more than 100 rows"),
        ({"type": "table", "rows": rows(2, columns=21)}, "no more than 20 columns"),
        ({"type": "table", "rows": rows(2, text="")}, "at least one character"),
        ({"type": "data_table", "rows": rows(2)}, "missing required field: caption"),
        ({"type": "data_table", "caption": "c", "rows": rows(1)}, "at least two rows"),
        ({"type": "data_table", "caption": "c", "rows": rows(1) + rows(1, 3)}, "same number of cells"),
        ({"type": "data_table", "caption": "c", "rows": rows(3, text="x" * 2_000)}, "less than 10001 characters"),
        ({"type": "table", "rows": ["a"]}, "lists of cells"),
        ({"type": "section", "text": "bare words"}, "text must be a text object"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "text must be a text object of type plain_text"),
        (actions(button(text="Go")), "text must be a text object of type plain_text"),
        (actions(button(action_id="")), "action_id must be more than 0 characters"),
        (actions(button(colour="red")), "invalid additional property: colour"),
        (actions(button(confirm="sure?")), "confirm must be an object"),
        (actions(), "elements must be a list of at least one object"),
        (actions("go"), "elements must be a list of at least one object"),
        (actions(select(options=["a"])), "options must be a list of objects"),
        (actions(select(options=[{"text": PLAIN}])), "an option needs a value"),
        (actions(select(options=[{"text": PLAIN, "value": "x" * 151}])), "an option needs a value"),
        ({"type": "context", "elements": [button()]}, "a context block holds texts and images"),
        ({"type": "context", "elements": [{"type": "image", "alt_text": "a"}]}, "either image_url or slack_file"),
        ({"type": "plan", "title": "Plan", "tasks": ["read"]}, "/blocks/0/tasks/0"),
        ({"type": "plan", "title": "Plan", "tasks": [{**task(), "output": "done"}]}, "/blocks/0/tasks/0/output"),
        ({**task(), "task_id": 1}, "task_id must be a string"),
        ({"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}, "unsupported type in rich_text: text"),
        ({"type": "rich_text", "elements": [{"type": "rich_text_section"}]}, "elements must be a list"),
        (
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
            },
            "missing required field: text",
        ),
        ({"type": "container", "title": PLAIN, "child_blocks": [task()]}, "/blocks/0/child_blocks/0"),
        ({"type": "container", "title": PLAIN, "child_blocks": [section()] * 11}, "cannot exceed 10"),
        ({"type": "container", "rich_text_title": section(), "child_blocks": [section()]}, "/rich_text_title"),
        ({"type": "carousel", "elements": [section()]}, "/blocks/0/elements/0"),
        ({"type": "carousel", "elements": [{"type": "card", "title": PLAIN}] * 11}, "cannot exceed 10"),
        ({"type": "card", "subtitle": PLAIN}, "At least one of"),
        ({"type": "card", "title": "Deck"}, "title must be a text object"),
        ({"type": "alert", "text": PLAIN, "level": "loud"}, "level must be a valid value"),
        (video(video_url="http://x.org"), "video_url must be an https URL"),
        (chart({"type": "radar"}), "unsupported chart: radar"),
        (chart(None), "missing required field: chart"),
        (chart(pie([{"label": "a", "value": 1}]), title="x" * 51), "title must be a text of 1 to 50 characters"),
        (chart(pie([{"label": "a", "value": "1"}])), "the value of a point must be a number"),
        (chart(pie([{"label": "a", "value": -1}])), "must not be negative"),
        (chart(pie([])), "segments must be a list of 1 to 12 objects"),
        (chart(bars(["a"] * 21, [1] * 21)), "categories must be a list of 1 to 20 labels"),
        (chart(bars(["x" * 21], [1])), "category must be a text of 1 to 20 characters"),
        (chart(bars(["a", "b"], [1])), "one point for each category"),
        (chart({**bars(["a"], [1]), "series": bars(["a"], [1])["series"] * 2}), "names of series must be unique"),
        ({"type": "table", "rows": [[{"type": "cell", "text": "x"}]]}, "a cell must be raw_text"),
        (
            {
                "type": "input",
                "label": PLAIN,
                "element": {"type": "number_input", "action_id": "n", "is_decimal_allowed": True, "min_value": 3},
            },
            "min_value must be a number in a string",
        ),
    ],
)
def test_a_wrong_block_is_told_what_is_wrong(block, said):
    code, found = problems(block)
    assert code == "invalid_blocks"
    assert said in found


def test_block_ids_are_unique_in_a_message():
    assert "block_id 'b' already exists" in problems(section(block_id="b"), section(block_id="b"))[1]


def test_fifty_blocks_are_the_most():
    assert check_message_blocks([section()] * 50, has_agent_features=True)
    assert "no more than 50 items" in problems(*[section()] * 51)[1]


def test_a_message_has_two_charts_at_the_most():
    one = chart(pie([{"label": "a", "value": 1}]))
    assert check_message_blocks([one] * 2, has_agent_features=True)
    assert "no more than 2 charts" in problems(one, one, one)[1]


def test_markdown_is_counted_over_all_blocks():
    assert "less than 12001 characters in all" in problems(*[{"type": "markdown", "text": "x" * 6_001}] * 2)[1]


def test_all_blocks_together_have_a_size():
    assert problems(*[section("x" * 2_900)] * 5)[0] == "msg_blocks_too_long"


@pytest.mark.parametrize("blocks", ["text", {"type": "section"}, ["a"]])
def test_blocks_that_are_no_list_of_objects_have_a_wrong_format(blocks):
    with pytest.raises(SlackError, match="invalid_blocks_format"):
        check_message_blocks(blocks, has_agent_features=True)
