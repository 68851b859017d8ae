import pytest

PLAIN = {"type": "plain_text", "text": "Go :tada:"}
BOLD = {"type": "mrkdwn", "text": "*bold* <script>alert(1)</script>"}
OPTIONS = [{"text": {"type": "plain_text", "text": f"Option {n}"}, "value": f"o{n}"} for n in (1, 2)]
EVIL = '"><script>alert(1)</script>'


def rich(*pieces, kind="rich_text_section"):
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(pieces)}]}


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ({"type": "section", "text": BOLD}, "bold scriptalert(1)/script"),
        ({"type": "section", "fields": [BOLD, PLAIN]}, "bold scriptalert(1)/scriptGo 🎉"),
        ({"type": "header", "text": PLAIN}, "Go 🎉"),
        ({"type": "context", "elements": [BOLD]}, "bold scriptalert(1)/script"),
        ({"type": "markdown", "text": "# One\n\n<b>raw</b> [x](javascript:y)"}, "One <b>raw</b> [x](javascript:y)"),
        ({"type": "markdown", "text": "![pic](https://x.org/a.png)"}, "pic"),
        (rich({"type": "text", "text": "<i>"}, {"type": "user", "user_id": "U0MAYA"}), "<i>@Maya"),
        (rich({"type": "link", "url": "javascript:x", "text": "no"}), "no"),
        (rich({"type": "text", "text": "x = 1"}, kind="rich_text_preformatted"), "x = 1"),
        ({"type": "alert", "text": PLAIN, "level": "info"}, "Go 🎉"),
        ({"type": "card", "title": BOLD, "body": PLAIN}, "bold scriptalert(1)/script Go 🎉"),
        ({"type": "container", "title": PLAIN, "child_blocks": [{"type": "header", "text": PLAIN}]}, "Go 🎉 Go 🎉"),
    ],
)
async def test_a_block_is_drawn_with_its_words_and_nothing_that_runs(drawn, words, block, shown):
    content = await drawn(block)
    assert words(content) == shown
    assert not content.xpath(".//script | .//b[text()='raw'] | .//*[starts-with(@href, 'javascript')]")


async def test_buttons_carry_what_the_control_api_wants(drawn, kit):
    go = kit.button(value=EVIL, style="primary")
    content = await drawn({"type": "actions", "block_id": "row", "elements": [go]})
    [element] = content.find_class("element")
    [button] = element.xpath(".//button")
    assert (element.get("data-block"), element.get("data-action"), element.get("data-kind")) == ("row", "go", "button")
    assert button.get("value") == EVIL
    assert "primary" in button.get("class")


async def test_a_button_that_asks_first_has_its_question(drawn, kit, words):
    question = {"title": PLAIN, "text": BOLD, "confirm": PLAIN, "deny": PLAIN}
    content = await drawn(kit.actions(kit.button(confirm=question)))
    [dialog] = content.xpath(".//dialog[@data-confirm]")
    assert dialog.xpath(".//footer/button/@value") == ["deny", "confirm"]


async def test_selects_and_menus_offer_their_options(drawn, kit):
    select = {"type": "static_select", "action_id": "s", "options": OPTIONS, "initial_option": OPTIONS[1]}
    menu = {"type": "overflow", "action_id": "m", "options": OPTIONS}
    content = await drawn(kit.actions(select, menu))
    assert content.xpath(".//select/option/@value") == ["", "o1", "o2"]
    assert content.xpath(".//select/option[@selected]/@value") == ["o2"]
    assert content.xpath(".//details//button/@value") == ["o1", "o2"]


async def test_a_plan_shows_each_task_with_its_state(drawn, words):
    tasks = [
        {"task_id": "1", "title": "Read", "status": "complete", "details": rich({"type": "text", "text": "2 files"})},
        {"task_id": "2", "title": "Write", "status": "in_progress"},
        {"task_id": "3", "title": "Check", "status": "pending"},
    ]
    content = await drawn({"type": "plan", "title": "Making it", "tasks": tasks})
    assert words(content.xpath(".//summary")[0]) == "Making it"
    marks = content.xpath(".//*[@class='mark']/@aria-label")
    assert list(zip(marks, map(words, content.find_class("task-title")), strict=True)) == [
        ("complete", "Read"),
        ("in progress", "Write"),
        ("pending", "Check"),
    ]


async def test_a_table_has_a_head_and_aligned_cells(drawn):
    rows = [[{"type": "raw_text", "text": name}, {"type": "raw_text", "text": "x"}] for name in ("Fuel", "Wind")]
    content = await drawn({"type": "table", "column_settings": [{"align": "left"}, {"align": "right"}], "rows": rows})
    assert content.xpath(".//th/text()") == ["Fuel", "x"]
    assert content.xpath(".//td/@class") == ["align-left", "align-right"]


async def test_the_table_of_a_markdown_block_is_aligned_without_a_style(drawn):
    content = await drawn({"type": "markdown", "text": "|a|b|\n|-|-:|\n|1|2|"})
    assert content.xpath(".//td/@class") == ["align-right"]
    assert not content.xpath(".//*[@style]")


async def test_feedback_is_two_buttons(drawn):
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": PLAIN, "value": "up"},
        "negative_button": {"text": PLAIN, "value": "down"},
    }
    content = await drawn({"type": "context_actions", "elements": [feedback]})
    assert content.xpath(".//button/@value") == ["positive", "negative"]


async def test_a_picture_from_elsewhere_is_a_link_to_it(drawn):
    content = await drawn({"type": "image", "image_url": "https://x.org/a.png", "alt_text": "A <chart>"})
    assert not content.xpath(".//img")
    assert content.xpath(".//a/@href") == ["https://x.org/a.png"]


async def test_an_alert_shows_how_serious_it_is(drawn):
    content = await drawn({"type": "alert", "text": PLAIN, "level": "warning"})
    assert "is-warning" in content.find_class("alert")[0].get("class")


async def test_cards_stand_in_a_row_with_their_buttons(drawn, kit, words):
    cards = [
        {"type": "card", "title": PLAIN, "subtitle": BOLD, "actions": [kit.button(action_id=f"a{number}", value="v")]}
        for number in (1, 2)
    ]
    content = await drawn({"type": "carousel", "elements": cards})
    [row] = content.find_class("carousel")
    assert [card.xpath(".//@data-action") for card in row.find_class("card")] == [["a1"], ["a2"]]
    assert len(set(row.xpath(".//@data-block"))) == 2


@pytest.mark.parametrize(
    ("frame", "tag", "is_open"),
    [
        ({}, "section", False),
        ({"is_collapsible": True}, "details", True),
        ({"is_collapsible": True, "default_collapsed": True}, "details", False),
    ],
)
async def test_a_container_can_be_folded_where_it_says_so(drawn, frame, tag, is_open):
    block = {"type": "container", "title": PLAIN, "width": "wide", "child_blocks": [{"type": "divider"}], **frame}
    [container] = (await drawn(block)).find_class("container")
    assert (container.tag, container.get("open") is not None) == (tag, is_open)
    assert "is-wide" in container.get("class")
    assert container.find_class("divider")


async def test_a_video_is_a_link_to_it(drawn, words):
    block = {
        "type": "video",
        "title": {"type": "plain_text", "text": "How <it> works"},
        "title_url": "https://x.org/watch",
        "video_url": "https://x.org/embed",
        "thumbnail_url": "https://x.org/a.png",
        "alt_text": "Somebody explains",
        "author_name": "Maya",
    }
    [video] = (await drawn(block)).find_class("video")
    assert video.xpath(".//a/@href") == ["https://x.org/watch"]
    assert words(video) == "How <it> works MayaSomebody explains"
    assert not video.xpath(".//img | .//iframe")


async def test_a_card_with_a_picture_of_the_workspace_shows_it(drawn):
    image = {"type": "image", "slack_file": {"id": "F0000000001"}, "alt_text": "cover"}
    [card] = (await drawn({"type": "card", "hero_image": image, "title": PLAIN})).find_class("card")
    assert card.xpath(".//img/@alt") == ["cover"]
