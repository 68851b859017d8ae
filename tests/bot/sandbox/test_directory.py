import pytest

PAYLOAD = {"event_type": "run", "event_payload": {"run_id": "tkt_1"}}


async def test_conversations_are_listed_by_type_and_membership(client):
    public = (await client.conversations_list())["channels"]
    assert [one["name"] for one in public] == ["general", "reports", "lobby"]
    assert [one["is_member"] for one in public] == [True, True, False]
    others = (await client.conversations_list(types="private_channel,im"))["channels"]
    assert [one["id"] for one in others] == ["C0BOARD", "D0MAYA", "D0JONAS", "D0PRIYA"]


async def test_conversation_info_counts_members(client, refusal):
    shown = (await client.conversations_info(channel="C0REPORTS", include_num_members=True))["channel"]
    assert (shown["name"], shown["num_members"], shown["is_private"]) == ("reports", 4, False)
    assert (await client.conversations_info(channel="D0MAYA"))["channel"]["user"] == "U0MAYA"
    assert (await refusal(client.conversations_info(channel="C0SECRET")))["error"] == "channel_not_found"


async def test_direct_messages_are_opened_with_one_person(client, refusal):
    assert (await client.conversations_open(users="U0MAYA"))["channel"] == {"id": "D0MAYA"}
    assert (await client.conversations_open(users="U0MAYA", return_im=True))["channel"]["is_im"]
    assert (await client.conversations_open(channel="D0MAYA"))["channel"]["id"] == "D0MAYA"
    assert (await refusal(client.conversations_open(users="U0NOBODY")))["error"] == "user_not_found"
    assert (await refusal(client.conversations_open(users="U0THREADWORK")))["error"] == "cannot_dm_bot"
    several = await refusal(client.conversations_open(users="U0MAYA,U0JONAS"))
    assert several["error"] == "method_not_supported_for_channel_type"


async def test_history_is_paged_newest_first(client):
    for number in range(5):
        await client.chat_postMessage(channel="reports", text=str(number))
    first = await client.conversations_history(channel="C0REPORTS", limit=2)
    assert ([one["text"] for one in first["messages"]], first["has_more"]) == (["4", "3"], True)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C0REPORTS", limit=2, cursor=cursor)
    assert [one["text"] for one in second["messages"]] == ["2", "1"]
    last = await client.conversations_history(
        channel="C0REPORTS", limit=2, cursor=second["response_metadata"]["next_cursor"]
    )
    assert ([one["text"] for one in last["messages"]], last["has_more"]) == (["0"], False)


async def test_history_is_cut_by_time(client):
    stamps = [(await client.chat_postMessage(channel="reports", text=str(number)))["ts"] for number in range(4)]
    between = await client.conversations_history(channel="C0REPORTS", oldest=stamps[0], latest=stamps[3])
    assert [one["text"] for one in between["messages"]] == ["2", "1"]
    whole = await client.conversations_history(channel="C0REPORTS", oldest=stamps[0], latest=stamps[3], inclusive=True)
    assert len(whole["messages"]) == 4


async def test_metadata_is_shown_only_when_asked_for(client):
    root = (await client.chat_postMessage(channel="reports", text="a", metadata=PAYLOAD))["ts"]
    await client.chat_postMessage(channel="reports", text="b", thread_ts=root, metadata=PAYLOAD)
    plain = await client.conversations_replies(channel="C0REPORTS", ts=root)
    assert not any("metadata" in one for one in plain["messages"])
    full = await client.conversations_replies(channel="C0REPORTS", ts=root, include_all_metadata=True)
    assert [one["metadata"] for one in full["messages"]] == [PAYLOAD, PAYLOAD]


async def test_replies_bring_the_root_on_every_page(client, refusal):
    root = (await client.chat_postMessage(channel="reports", text="root"))["ts"]
    stamps = [
        (await client.chat_postMessage(channel="reports", text=str(number), thread_ts=root))["ts"]
        for number in range(3)
    ]
    first = await client.conversations_replies(channel="C0REPORTS", ts=root, limit=2)
    assert [one["text"] for one in first["messages"]] == ["root", "0", "1"]
    second = await client.conversations_replies(
        channel="C0REPORTS", ts=root, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [one["text"] for one in second["messages"]] == ["root", "2"]
    from_reply = await client.conversations_replies(channel="C0REPORTS", ts=stamps[1])
    assert len(from_reply["messages"]) == 4
    missing = client.conversations_replies(channel="C0REPORTS", ts="1750000000.000099")
    assert (await refusal(missing))["error"] == "thread_not_found"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0LOBBY"}, "not_in_channel"),
        ({"channel": "C0SECRET"}, "channel_not_found"),
        ({"channel": "C0REPORTS", "cursor": "???"}, "invalid_cursor"),
        ({"channel": "C0REPORTS", "limit": 1001}, "invalid_limit"),
        ({"channel": "C0REPORTS", "limit": "many"}, "invalid_arguments"),
        ({"channel": "C0REPORTS", "latest": "noon"}, "invalid_ts_latest"),
    ],
)
async def test_a_wrong_history_call_has_slacks_error_code(client, refusal, arguments, error):
    await client.chat_postMessage(channel="reports", text="x")
    assert (await refusal(client.conversations_history(**arguments)))["error"] == error


async def test_joining_a_public_channel_makes_the_bot_a_member(client, refusal):
    assert (await client.conversations_join(channel="C0LOBBY"))["channel"]["is_member"]
    assert (await client.conversations_join(channel="C0LOBBY"))["warning"] == "already_in_channel"
    members = (await client.conversations_members(channel="C0LOBBY"))["members"]
    assert members == ["U0MAYA", "U0JONAS", "U0PRIYA", "U0THREADWORK"]
    assert (await client.chat_postMessage(channel="lobby", text="hi"))["ok"]
    private = await refusal(client.conversations_join(channel="C0BOARD"))
    assert private["error"] == "method_not_supported_for_channel_type"


async def test_members_are_paged(client):
    first = await client.conversations_members(channel="C0REPORTS", limit=3)
    assert len(first["members"]) == 3
    rest = await client.conversations_members(channel="C0REPORTS", cursor=first["response_metadata"]["next_cursor"])
    assert rest["members"] == ["U0THREADWORK"]


async def test_users_are_known(client, refusal):
    user = (await client.users_info(user="U0MAYA"))["user"]
    assert (user["real_name"], user["name"], user["is_bot"]) == ("Maya", "maya", False)
    everybody = (await client.users_list())["members"]
    assert [one["is_bot"] for one in everybody] == [True, False, False, False]
    assert (await refusal(client.users_info(user="U9")))["error"] == "user_not_found"


async def test_team_and_bot_are_known(client, refusal):
    team = (await client.team_info())["team"]
    assert (team["id"], team["name"], team["domain"]) == ("T0SANDBOX", "Sandbox", "sandbox")
    bot = (await client.bots_info(bot="B0THREADWORK"))["bot"]
    assert (bot["user_id"], bot["app_id"]) == ("U0THREADWORK", "A0THREADWORK")
    assert (await refusal(client.bots_info(bot="B1")))["error"] == "bot_not_found"
    assert (await refusal(client.team_info(team="T1")))["error"] == "team_not_found"
    assert (await refusal(client.conversations_list(types="club")))["error"] == "invalid_types"
