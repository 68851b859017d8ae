import re
from importlib import resources

STATIC = resources.files("bot.sandbox.page") / "static"
TEMPLATES = resources.files("bot.sandbox.page") / "templates"


async def test_the_list_has_the_conversations_of_the_person(browser, words):
    page = await browser.open("/client/U0JONAS/C0REPORTS")
    assert [words(entry) for entry in page.find_class("entry")] == [
        "general",
        "reports",
        "lobby",
        "Browse channels",
        "Threadwork",
    ]
    [here] = page.xpath("//*[@aria-current='page']")
    assert words(here) == "reports"


async def test_another_person_is_one_click_away(browser):
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    assert page.xpath("//*[@class='menu-list']/a/@href") == [
        "/client/U0MAYA/C0REPORTS",
        "/client/U0JONAS/C0REPORTS",
        "/client/U0PRIYA/C0REPORTS",
    ]


async def test_an_empty_channel_says_what_to_do(browser, words):
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    assert "Threadwork is here: mention it and say what you need" in words(page.find_class("beginning")[0])
    page = await browser.open("/client/U0MAYA/C0LOBBY")
    assert "Threadwork is not in this channel" in words(page.find_class("beginning")[0])


async def test_a_message_has_a_name_a_time_and_its_words(browser, maya, words, line_of):
    ts = await maya.say("reports", "a <b>bold</b> claim, @Threadwork *indeed*")
    line = line_of(await browser.open("/client/U0MAYA/C0REPORTS"), ts)
    assert words(line.find_class("content")[0]) == "a <b>bold</b> claim, @Threadwork indeed"
    assert re.fullmatch(r"Maya \d\d:\d\d", words(line.find_class("byline")[0]))
    assert not line.find_class("badge")


async def test_the_app_is_marked_as_one(browser, client, words, line_of):
    ts = (await client.chat_postMessage(channel="reports", text="hello"))["ts"]
    line = line_of(await browser.open("/client/U0MAYA/C0REPORTS"), ts)
    assert words(line.find_class("byline")[0]).startswith("Threadwork APP")


async def test_messages_in_quick_succession_share_a_name(browser, maya, jonas, clock, line_of):
    first, second = await maya.say("reports", "one"), await maya.say("reports", "two")
    other = await jonas.say("reports", "three")
    clock.advance(600)
    late = await jonas.say("reports", "four")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    follows = ["is-follow" in line_of(page, ts).get("class") for ts in (first, second, other, late)]
    assert follows == [False, True, False, False]


async def test_a_new_day_has_a_heading(browser, maya, clock, words, line_of):
    clock.now = 1_750_000_000 - 86_400 * 3
    await maya.say("reports", "long ago")
    clock.advance(86_400 * 3)
    await maya.say("reports", "now")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    days = [words(day) for day in page.find_class("day")]
    assert days[-1] == "Today"
    assert re.fullmatch(r"\w+day, \d+ June", days[0])


async def test_a_thread_is_counted_in_the_channel_and_shown_beside_it(browser, maya, jonas, words, line_of):
    root = await maya.say("reports", "root")
    reply = await jonas.say("reports", "reply", root)
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    [replies] = line_of(page, root).find_class("replies")
    assert words(replies).startswith("1 reply Last reply today at")
    thread = await browser.open(replies.get("href"))
    assert [line.get("id") for line in thread.xpath("//aside//li[contains(@class, 'line')]")] == [
        f"t-{root}",
        f"t-{reply}",
    ]
    assert thread.get_element_by_id("page", None) is None
    assert thread.body.get("data-pane") == "thread"


async def test_a_permalink_opens_the_thread_for_who_used_the_page_last(browser, maya, client):
    root = await maya.say("reports", "root")
    reply = await maya.say("reports", "reply", root)
    link = (await client.chat_getPermalink(channel="C0REPORTS", message_ts=reply))["permalink"]
    await browser.open("/client/U0PRIYA/C0GENERAL")
    response = await browser.get(link.removeprefix(browser.origin))
    assert (response.status, response.url.path) == (200, f"/client/U0PRIYA/C0REPORTS/{root}")
    assert response.history[0].headers["Location"].endswith(f"#t-{reply}")


async def test_a_file_is_a_card_that_downloads_it(browser, maya, words, line_of):
    ts = await maya.say("reports", "", files=[("numbers <1>.csv", b"a,b\n" * 500)])
    [card] = line_of(await browser.open("/client/U0MAYA/C0REPORTS"), ts).find_class("file")
    assert words(card) == "numbers <1>.csv CSV · 2.0 kB"
    assert card.get("download") == "numbers <1>.csv"
    response = await browser.get(card.get("href"))
    assert await response.read() == b"a,b\n" * 500
    assert response.headers["Content-Disposition"].startswith("attachment")


async def test_a_file_permalink_leads_to_the_file(browser, maya, client):
    await maya.say("reports", "", files=[("a.csv", b"1")])
    permalink = (await client.files_info(file="F0000000001"))["file"]["permalink"]
    assert await (await browser.get(permalink.removeprefix(browser.origin))).read() == b"1"


async def test_only_the_person_concerned_sees_an_ephemeral_message(browser, client, words):
    await client.chat_postEphemeral(channel="C0REPORTS", user="U0MAYA", text="psst")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    [line] = page.find_class("is-private")
    assert words(line.find_class("private")[0]) == "Only visible to you"
    assert not (await browser.open("/client/U0JONAS/C0REPORTS")).find_class("is-private")


async def test_only_a_change_of_plain_text_is_marked_as_edited(browser, client, kit, line_of):
    plain, drawn = [(await client.chat_postMessage(channel="C0REPORTS", text="x"))["ts"] for _ in range(2)]
    await client.chat_update(channel="C0REPORTS", ts=plain, text="y")
    await client.chat_update(channel="C0REPORTS", ts=drawn, text="y", blocks=[kit.section("y")])
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    assert [len(line_of(page, ts).find_class("edited")) for ts in (plain, drawn)] == [1, 0]


async def test_only_own_messages_can_be_changed(browser, maya, jonas, line_of):
    mine, theirs = await maya.say("reports", "x <https://x.org|y>"), await jonas.say("reports", "z")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    assert line_of(page, mine).xpath(".//@data-edit") == ["x y"]
    assert not line_of(page, theirs).xpath(".//@data-edit")


async def test_a_long_channel_shows_its_end_and_the_way_to_the_rest(browser, sandbox, words):
    place = sandbox.workspace.places.find("reports")
    for number in range(205):
        sandbox.workspace.post(place, "U0MAYA", f"message {number}")
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    assert len(page.find_class("line")) == 200
    assert words(page.find_class("earlier")[0]) == "Show the 5 earlier messages"
    assert len((await browser.open("/client/U0MAYA/C0REPORTS?all=1")).find_class("line")) == 205


async def test_what_the_app_says_it_does_stands_under_the_thread(browser, client, maya, words):
    root = await maya.say("reports", "root")
    await client.assistant_threads_setStatus(channel_id="C0REPORTS", thread_ts=root, status="is thinking…")
    page = await browser.open(f"/client/U0MAYA/C0REPORTS/{root}")
    assert words(page.find_class("status")[0]) == "Threadwork is thinking…"


async def test_an_agent_at_work_can_be_stopped(browser, client, maya, words):
    root = await maya.say("reports", "root")
    await client.agents_sessions_setStatus(channel_id="C0REPORTS", thread_ts=root, status="processing")
    page = await browser.open(f"/client/U0MAYA/C0REPORTS/{root}")
    assert words(page.find_class("status")[0]) == "Threadwork is working… Stop"
    assert page.xpath("//@data-stop") == [root]


async def test_prompts_are_offered_where_nothing_was_said_yet(browser, client, words):
    prompts = [{"title": "Make a deck", "message": "Help me build a deck"}]
    await client.assistant_threads_setSuggestedPrompts(
        channel_id="D0MAYA", thread_ts="1750000000.000001", prompts=prompts, title="Try one"
    )
    page = await browser.open("/client/U0MAYA/D0MAYA")
    assert page.xpath("//*[@class='prompts']//@data-insert") == ["Help me build a deck"]


async def test_everything_a_page_loads_is_there(browser):
    page = await browser.open("/client/U0MAYA/C0REPORTS")
    for path in [*page.xpath("//link/@href"), *page.xpath("//script/@src")]:
        response = await browser.get(path)
        assert response.status == 200, path
    for script in STATIC.iterdir():
        for name in re.findall(r'from "\./([\w.]+)"', script.read_text(encoding="utf-8")):
            assert (STATIC / name).is_file(), f"{script.name} imports {name}"


def test_no_template_holds_code_or_styles_of_its_own():
    for folder in (TEMPLATES, TEMPLATES / "blocks", TEMPLATES / "elements"):
        for template in folder.iterdir():
            if template.is_file():
                text = template.read_text(encoding="utf-8")
                assert not re.search(r"<style|<script(?! type=\"module\" src=)|\sstyle=|\son\w+=", text), template.name
                assert "| safe" not in text, template.name
