import pytest
from slack_bolt.response import BoltResponse

from bot.sandbox.person import Refused

NUMBER = {
    "type": "input",
    "block_id": "count",
    "optional": True,
    "label": {"type": "plain_text", "text": "Slides"},
    "element": {
        "type": "number_input",
        "action_id": "value",
        "is_decimal_allowed": False,
        "min_value": "3",
        "max_value": "30",
        "initial_value": "5",
    },
}


@pytest.fixture
def opened(sandbox, client, kit):
    """Open a modal for Maya and give its id."""

    async def run(*blocks, **frame):
        trigger_id = sandbox.workspace.triggers.give("U0MAYA")
        return (await client.views_open(trigger_id=trigger_id, view=kit.modal(*blocks, **frame)))["view"]["id"]

    return run


def answering(app, *answers):
    """Let the app acknowledge the form with these payloads, one after the other, and give what it received."""
    received = []

    @app.view("form")
    async def form(ack, body):
        received.append(body["view"]["state"]["values"])
        await ack(**answers[len(received) - 1])

    return received


async def test_a_submitted_form_is_closed_and_brings_initial_values(opened, maya, app, connect, kit):
    received = answering(app, {})
    view_id = await opened(kit.text_input(), NUMBER)
    async with connect(app):
        answer = await maya.fill(view_id, {"topic": {"value": "Iowa"}})
    assert answer == {"response_action": None}
    assert received[0]["topic"]["value"] == {"type": "plain_text_input", "value": "Iowa"}
    assert received[0]["count"]["value"]["value"] == "5"
    assert (await maya.state())["views"] == []


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"topic": "Please complete this required field."}),
        ({"topic": {"value": "ab"}}, {"topic": "Please enter at least 3 characters."}),
        ({"topic": {"value": "x" * 11}}, {"topic": "Please enter at most 10 characters."}),
        ({"topic": {"value": "Iowa"}, "count": {"value": "2"}}, {"count": "Please enter a number of at least 3."}),
        ({"topic": {"value": "Iowa"}, "count": {"value": "31"}}, {"count": "Please enter a number of at most 30."}),
        ({"topic": {"value": "Iowa"}, "count": {"value": "4.5"}}, {"count": "Please enter a whole number."}),
        ({"topic": {"value": "Iowa"}, "count": {"value": "many"}}, {"count": "Please enter a number."}),
    ],
)
async def test_slack_itself_refuses_what_the_form_does_not_allow(opened, maya, kit, values, errors):
    view_id = await opened(kit.text_input(min_length=3, max_length=10), NUMBER)
    answer = await maya.fill(view_id, values)
    assert answer == {"response_action": "errors", "errors": errors, "code": "client_validation"}
    assert len((await maya.state())["views"]) == 1


async def test_the_apps_errors_stand_beside_their_inputs(opened, maya, app, connect, kit):
    answering(app, {"response_action": "errors", "errors": {"topic": "Unknown topic"}}, {})
    view_id = await opened(kit.text_input())
    async with connect(app):
        answer = await maya.fill(view_id, {"topic": {"value": "?"}})
        assert answer == {"response_action": "errors", "errors": {"topic": "Unknown topic"}}
        assert await maya.fill(view_id, {"topic": {"value": "Iowa"}}) == {"response_action": None}


async def test_a_form_may_be_changed_or_stacked_or_cleared_by_its_answer(opened, maya, app, connect, kit):
    second = kit.modal(kit.text_input("second"))
    answering(
        app,
        {"response_action": "update", "view": second},
        {"response_action": "push", "view": second},
        {"response_action": "clear"},
    )
    view_id = await opened(kit.text_input())
    async with connect(app):
        assert (await maya.fill(view_id, {"topic": {"value": "a"}}))["response_action"] == "update"
        [view] = (await maya.state())["views"]
        assert (view["id"], view["blocks"][0]["block_id"]) == (view_id, "second")
        assert (await maya.fill(view_id, {"second": {"value": "b"}}))["response_action"] == "push"
        _, top = (await maya.state())["views"]
        assert top["previous_view_id"] == view_id
        assert (await maya.fill(top["id"], {"second": {"value": "c"}}))["response_action"] == "clear"
    assert (await maya.state())["views"] == []


async def test_a_submitted_form_on_top_leaves_the_one_below(opened, sandbox, client, maya, app, connect, kit):
    answering(app, {})
    below = await opened(kit.text_input())
    trigger_id = sandbox.workspace.triggers.give("U0MAYA", below)
    top = (await client.views_push(trigger_id=trigger_id, view=kit.modal(kit.text_input())))["view"]
    async with connect(app):
        await maya.fill(top["id"], {"topic": {"value": "a"}})
    assert [view["id"] for view in (await maya.state())["views"]] == [below]


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
async def test_an_answer_slack_would_not_take_is_told(opened, maya, app, connect, kit, answer):
    @app.middleware
    async def answer_anything():
        return BoltResponse(status=200, body=answer)

    view_id = await opened(kit.text_input())
    async with connect(app):
        with pytest.raises(Refused) as caught:
            await maya.fill(view_id, {"topic": {"value": "a"}})
    assert (caught.value.status, caught.value.code) == (502, "invalid_ack")
    assert len((await maya.state())["views"]) == 1


async def test_a_form_nobody_can_take_stays_open_with_a_sentence(opened, maya, kit):
    view_id = await opened(kit.text_input())
    with pytest.raises(Refused, match="We had some trouble connecting") as caught:
        await maya.fill(view_id, {"topic": {"value": "a"}})
    assert caught.value.code == "operation_timeout"
    [view] = (await maya.state())["views"]
    assert view["state"]["values"]["topic"]["value"]["value"] == "a"


async def test_a_form_submitted_twice_is_gone_the_second_time(opened, maya, app, connect, kit):
    answering(app, {})
    view_id = await opened(kit.text_input())
    async with connect(app):
        await maya.fill(view_id, {"topic": {"value": "a"}})
        with pytest.raises(Refused) as caught:
            await maya.fill(view_id, {"topic": {"value": "a"}})
    assert (caught.value.status, caught.value.code) == (404, "view_not_found")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"nowhere": {"value": "x"}}, "unknown_input"),
        ({"topic": {"other": "x"}}, "unknown_input"),
        ({"topic": "x"}, "invalid_argument"),
        ("x", "invalid_argument"),
    ],
)
async def test_one_can_only_fill_in_what_is_shown(opened, maya, kit, values, code):
    view_id = await opened(kit.text_input())
    with pytest.raises(Refused) as caught:
        await maya.fill(view_id, values)
    assert (caught.value.status, caught.value.code) == (400, code)


async def test_nobody_fills_in_another_persons_form(opened, jonas, kit):
    view_id = await opened(kit.text_input())
    with pytest.raises(Refused) as caught:
        await jonas.fill(view_id, {"topic": {"value": "a"}})
    assert caught.value.code == "view_not_found"


async def test_a_closed_form_is_told_only_if_it_asked(opened, maya, app, connect, kit, journal):
    @app.view_closed("form")
    async def closed(ack):
        await ack()

    async with connect(app):
        await maya.close_view(await opened(kit.text_input()))
        await maya.close_view(await opened(kit.text_input(), notify_on_close=True))
        await maya.close_view(await opened(kit.text_input(), notify_on_close=True), clear=True)
    told = [line["args"]["is_cleared"] for line in journal() if line["method"] == "@in:view_closed"]
    assert told == [False, True]
    assert (await maya.state())["views"] == []


async def test_an_input_that_dispatches_tells_the_app_at_once(opened, maya, app, connect, heard, kit):
    @app.action("value")
    async def changed(ack, body):
        await ack()
        await heard.add(body)

    view_id = await opened({**kit.text_input(), "dispatch_action": True}, NUMBER)
    async with connect(app):
        assert await maya.press("value", view_id=view_id, block_id="topic", value="Iowa") == {"sent": True}
        assert await maya.press("value", view_id=view_id, block_id="count", value="7") == {"sent": False}
        await maya.press("value", view_id=view_id, block_id="topic", value="Ohio")
        first, second = await heard.until(2)
    assert first["container"] == {"type": "view", "view_id": view_id}
    assert first["actions"][0]["value"] == "Iowa"
    assert "message" not in first
    assert second["view"]["state"]["values"]["count"]["value"]["value"] == "7"


async def test_a_real_app_opens_updates_and_pushes_from_its_triggers(maya, client, app, connect, kit):
    @app.command("/work")
    async def work(ack, body, client):
        await ack()
        loading = kit.modal(kit.section("One moment"))
        view = (await client.views_open(trigger_id=body["trigger_id"], view=loading))["view"]
        form = kit.modal(kit.text_input(), kit.actions(kit.button("more")))
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form)

    @app.action("more")
    async def more(ack, body, client):
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=kit.modal(kit.section("More")))

    async with connect(app):
        await maya.command("reports", "/work")
        form = await maya.wait_for(lambda screen: [one for one in screen.views if one["blocks"][0]["type"] == "input"])
        await maya.press("more", view_id=form[0]["id"])
        stack = await maya.wait_for(lambda screen: screen.views if len(screen.views) == 2 else None)
    assert stack[1]["previous_view_id"] == stack[0]["id"]
