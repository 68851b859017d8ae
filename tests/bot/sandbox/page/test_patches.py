import asyncio


async def collect(browser, user, wanted, since=0):
    """The patches until one satisfies `wanted`."""
    seen = []
    async with asyncio.timeout(5):
        async for batch in browser.patches(user, since):
            seen += batch
            if any(wanted(patch) for patch in batch):
                return seen
    raise AssertionError("the stream ended")


def line(patches, line_id):
    return next(patch for patch in reversed(patches) if patch.get("id") == line_id)


async def test_a_new_message_is_a_line_for_its_list(browser, maya):
    ts = await maya.say("reports", "hello")
    patch = line(await browser.next_patches("U0JONAS"), f"c-{ts}")
    assert (patch["op"], patch["list"], patch["is_new"], patch["author"]) == ("line", "log-C0REPORTS", True, "U0MAYA")
    assert f'id="c-{ts}"' in patch["html"]


async def test_the_live_line_is_the_line_of_the_page(browser, maya, kit, client):
    await client.chat_postMessage(channel="reports", text="x", blocks=[kit.section("*x*"), kit.actions(kit.button())])
    ts = await maya.say("reports", "with a file", files=[("a.csv", b"1")])
    whole = await (await browser.get("/client/U0MAYA/C0REPORTS")).text()
    assert line(await browser.next_patches("U0MAYA"), f"c-{ts}")["html"].strip() in whole


async def test_a_reply_is_a_line_of_its_thread_and_counts_in_the_channel(browser, maya):
    root = await maya.say("reports", "root")
    reply = await maya.say("reports", "reply", root)
    patches = await browser.next_patches("U0JONAS")
    assert line(patches, f"t-{reply}")["list"] == f"thread-C0REPORTS-{root}"
    assert line(patches, f"c-{reply}")["html"] is None
    assert "1 reply" in line(patches, f"c-{root}")["html"]


async def test_many_changes_of_one_message_are_one_patch_with_the_newest_state(browser, client):
    ts = (await client.chat_postMessage(channel="C0REPORTS", text="0"))["ts"]
    for number in range(1, 6):
        await client.chat_update(channel="C0REPORTS", ts=ts, text=f"state {number}")
    patches = [patch for patch in await browser.next_patches("U0MAYA") if patch.get("id") == f"c-{ts}"]
    assert len(patches) == 1
    assert "state 5" in patches[0]["html"]
    assert patches[0]["is_new"]


async def test_a_deleted_message_is_taken_away_and_the_next_gets_its_name_back(browser, maya, sandbox):
    first, second = await maya.say("reports", "one"), await maya.say("reports", "two")
    since = sandbox.workspace.changes.last_id
    await maya.delete("reports", first)
    patches = await browser.next_patches("U0JONAS", since)
    assert line(patches, f"c-{first}")["html"] is None
    assert "byline" in line(patches, f"c-{second}")["html"]


async def test_what_one_person_must_not_see_is_not_sent_to_them(browser, maya, client, sandbox):
    await maya.say("board", "secret of the board")
    await client.chat_postEphemeral(channel="C0REPORTS", user="U0MAYA", text="psst")
    ts = await maya.say("reports", "the end")
    patches = await collect(browser, "U0JONAS", lambda patch: patch.get("id") == f"c-{ts}")
    assert not [patch for patch in patches if "secret" in str(patch) or "psst" in str(patch)]


async def test_a_file_that_becomes_visible_shows_in_its_message(browser, client):
    await client.files_upload_v2(channel="C0REPORTS", filename="a.csv", content="1,2")
    patches = await collect(browser, "U0MAYA", lambda patch: "a.csv" in str(patch.get("html")))
    assert patches


async def test_an_opened_form_comes_as_a_piece(browser, client, sandbox, kit):
    trigger_id = sandbox.workspace.triggers.give("U0MAYA")
    await client.views_open(trigger_id=trigger_id, view=kit.modal(kit.text_input()))
    [patch] = await browser.next_patches("U0MAYA")
    assert (patch["op"], patch["id"]) == ("piece", "modals")
    assert "<dialog" in patch["html"]


async def test_errors_and_the_state_of_the_app_are_told(browser, sandbox, maya):
    root = await maya.say("reports", "root")
    since = sandbox.workspace.changes.last_id
    sandbox.workspace.tell_trouble("It did not work.", user="U0MAYA")
    sandbox.workspace.changes.add("socket_changed", connections=0)
    sandbox.workspace.statuses.set_text("C0REPORTS", root, "is reading…")
    patches = await browser.next_patches("U0MAYA", since)
    assert {"op": "toast", "text": "It did not work."} in patches
    assert "not connected" in line(patches, "presence")["html"]
    assert "Threadwork is reading…" in line(patches, f"status-C0REPORTS-{root}")["html"]


async def test_who_missed_too_much_is_told_to_look_anew(browser):
    response = await browser.get("/page/changes?user=U0MAYA", headers={"Last-Event-ID": "99999"})
    async with response:
        text = (await response.content.readuntil(b"data: {}")).decode()
    assert "event: reset" in text


async def test_a_broken_stream_goes_on_where_it_ended(browser, maya, sandbox):
    await maya.say("reports", "before")
    seen = sandbox.workspace.changes.last_id
    ts = await maya.say("reports", "after")
    response = await browser.get("/page/changes?user=U0MAYA&since=0", headers={"Last-Event-ID": str(seen)})
    async with response:
        text = (await response.content.readuntil(b"]\n")).decode()
    assert f"c-{ts}" in text
    assert "before" not in text
