import pytest


@pytest.fixture
def trigger(sandbox):
    return lambda user="U0MAYA", view_id=None: sandbox.workspace.triggers.give(user, view_id)


async def test_a_trigger_opens_one_view_once(client, trigger, kit, refusal):
    trigger_id = trigger()
    view = (await client.views_open(trigger_id=trigger_id, view=kit.modal(kit.text_input())))["view"]
    assert (view["type"], view["callback_id"], view["root_view_id"]) == ("modal", "form", view["id"])
    assert view["state"]["values"] == {"topic": {"value": {"type": "plain_text_input", "value": None}}}
    again = client.views_open(trigger_id=trigger_id, view=kit.modal(kit.text_input()))
    assert (await refusal(again))["error"] == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(client, trigger, clock, kit, refusal):
    trigger_id = trigger()
    clock.advance(3.1)
    late = client.views_open(trigger_id=trigger_id, view=kit.modal(kit.section()))
    assert (await refusal(late))["error"] == "expired_trigger_id"


async def test_an_invented_trigger_is_invalid(client, kit, refusal):
    answer = await refusal(client.views_open(trigger_id="1.2.x", view=kit.modal(kit.section())))
    assert answer["error"] == "invalid_trigger_id"


async def test_a_view_that_is_refused_leaves_the_trigger_usable(client, trigger, kit, refusal):
    trigger_id = trigger()
    wrong = kit.modal(kit.text_input())
    del wrong["submit"]
    answer = await refusal(client.views_open(trigger_id=trigger_id, view=wrong))
    assert answer["error"] == "invalid_arguments"
    assert "submit is required" in answer["response_metadata"]["messages"][0]
    assert (await client.views_open(trigger_id=trigger_id, view=kit.modal(kit.section())))["ok"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": None}, "missing required field: title"),
        ({"title": {"type": "plain_text", "text": "x" * 25}}, "title must be between 1 and 24"),
        ({"submit": {"type": "plain_text", "text": "x" * 25}}, "submit cannot exceed 24"),
        ({"close": {"type": "plain_text", "text": "x" * 25}}, "close cannot exceed 24"),
        ({"private_metadata": "x" * 3_001}, "private_metadata cannot exceed 3000"),
        ({"callback_id": "x" * 256}, "callback_id cannot exceed 255"),
        ({"type": "home"}, "view type must be modal"),
        ({"blocks": None}, "missing required field: blocks"),
        ({"blocks": []}, "must contain between 1 and 100 blocks"),
        ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items"),
        ({"blocks": [{"type": "plan", "title": "t", "tasks": []}]}, "unsupported type: plan"),
        ({"blocks": [{"type": "sing"}]}, "[json-pointer:/view/blocks/0/type]"),
    ],
)
async def test_a_wrong_view_is_told_what_is_wrong(client, trigger, kit, refusal, change, said):
    view = {**kit.modal(kit.text_input()), **change}
    answer = await refusal(client.api_call("views.open", json={"trigger_id": trigger(), "view": view}))
    assert answer["error"] == "invalid_arguments"
    assert any(said in message for message in answer["response_metadata"]["messages"])


async def test_a_huge_view_is_too_large(client, trigger, kit, refusal):
    blocks = [kit.section("x" * 2_900) for _ in range(100)]
    answer = await refusal(client.views_open(trigger_id=trigger(), view=kit.modal(*blocks)))
    assert answer["error"] == "view_too_large"


async def test_an_update_needs_the_right_hash(client, trigger, kit, refusal):
    view = (await client.views_open(trigger_id=trigger(), view=kit.modal(kit.section("a"))))["view"]
    changed = (await client.views_update(view_id=view["id"], hash=view["hash"], view=kit.modal(kit.section("b"))))[
        "view"
    ]
    assert changed["hash"] != view["hash"]
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=kit.modal(kit.section("c")))
    assert (await refusal(stale))["error"] == "hash_conflict"
    assert (await client.views_update(view_id=view["id"], view=kit.modal(kit.section("d"))))["ok"]


async def test_an_unknown_view_is_not_found(client, kit, refusal):
    assert (await refusal(client.views_update(view_id="V9", view=kit.modal(kit.section()))))["error"] == "not_found"
    nameless = client.api_call("views.update", json={"view": kit.modal(kit.section())})
    assert (await refusal(nameless))["error"] == "invalid_arguments"


async def test_an_external_id_is_unique_and_finds_the_view(client, trigger, kit, refusal):
    named = kit.modal(kit.section(), external_id="draft-1")
    await client.views_open(trigger_id=trigger(), view=named)
    assert (await client.views_update(external_id="draft-1", view=named))["ok"]
    twin = client.views_open(trigger_id=trigger("U0JONAS"), view=named)
    assert (await refusal(twin))["error"] == "duplicate_external_id"


async def test_an_update_keeps_what_was_filled_in_where_the_ids_stay(client, trigger, kit, maya):
    select = {
        "type": "input",
        "block_id": "who",
        "label": {"type": "plain_text", "text": "Who"},
        "dispatch_action": True,
    }
    select["element"] = {"type": "users_select", "action_id": "value"}
    view = (await client.views_open(trigger_id=trigger(), view=kit.modal(select, kit.text_input(initial_value="a"))))[
        "view"
    ]
    await maya.press("value", view_id=view["id"], block_id="topic", value="typed")
    renamed = kit.text_input("topic2", initial_value="new")
    changed = (
        await client.views_update(view_id=view["id"], view=kit.modal(kit.text_input(initial_value="b"), renamed))
    )["view"]
    values = changed["state"]["values"]
    assert values["topic"]["value"]["value"] == "typed"
    assert values["topic2"]["value"]["value"] == "new"
    assert "who" not in values


async def test_two_views_can_be_pushed_and_no_third(client, trigger, kit, refusal, maya):
    view = (await client.views_open(trigger_id=trigger(), view=kit.modal(kit.section("1"))))["view"]
    for number in ("2", "3"):
        pushed = await client.views_push(trigger_id=trigger("U0MAYA", view["id"]), view=kit.modal(kit.section(number)))
        assert pushed["view"]["previous_view_id"] == view["id"]
        assert pushed["view"]["root_view_id"] != pushed["view"]["id"]
        view = pushed["view"]
    assert len((await maya.state())["views"]) == 3
    third = client.views_push(trigger_id=trigger("U0MAYA", view["id"]), view=kit.modal(kit.section("4")))
    assert (await refusal(third))["error"] == "push_limit_reached"


async def test_only_a_trigger_from_a_modal_can_push(client, trigger, kit, refusal):
    answer = await refusal(client.views_push(trigger_id=trigger(), view=kit.modal(kit.section())))
    assert answer["error"] == "not_found"


async def test_a_home_is_published_for_one_person(client, kit, maya, jonas, refusal):
    home = {"type": "home", "blocks": [kit.section("Welcome")]}
    view = (await client.views_publish(user_id="U0MAYA", view=home))["view"]
    assert (await maya.state())["home"]["id"] == view["id"]
    assert (await jonas.state())["home"] is None
    again = (await client.views_publish(user_id="U0MAYA", view=home, hash=view["hash"]))["view"]
    assert again["id"] == view["id"]
    stale = client.views_publish(user_id="U0MAYA", view=home, hash=view["hash"])
    assert (await refusal(stale))["error"] == "hash_conflict"
    assert (await refusal(client.views_publish(user_id="U9", view=home)))["error"] == "user_not_found"
    modal = client.views_publish(user_id="U0MAYA", view=kit.modal(kit.section()))
    assert (await refusal(modal))["error"] == "invalid_arguments"
