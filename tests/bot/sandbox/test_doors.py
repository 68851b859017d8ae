from email.utils import parsedate_to_datetime

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient


async def raw(method, url, **options):
    async with aiohttp.ClientSession() as session, session.request(method, url, **options) as response:
        return response.status, await response.json()


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


async def test_auth_test_names_the_bot_and_its_team(client, sandbox):
    answer = await client.auth_test()
    assert answer["team"] == "Sandbox"
    assert answer["user_id"] == sandbox.workspace.identity.bot_user_id
    assert answer["bot_id"].startswith("B0")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_each_answer_tells_what_its_token_was_granted_and_what_time_it_is(sandbox, client):
    answer = await client.auth_test()
    assert answer.headers["x-oauth-scopes"].split(",") == list(sandbox.workspace.scopes)
    assert parsedate_to_datetime(answer.headers["Date"]).timestamp() == pytest.approx(sandbox.workspace.now(), abs=2)
    connection = await client.apps_connections_open(app_token=sandbox.app_token)
    assert connection.headers["x-oauth-scopes"] == "connections:write"
    assert "x-oauth-scopes" not in (await client.api_call("api.test", headers={"Authorization": ""})).headers


async def test_a_call_without_a_token_is_not_authed(sandbox, refusal):
    assert (await refusal(AsyncWebClient(base_url=sandbox.api_url).auth_test()))["error"] == "not_authed"


async def test_a_wrong_token_is_invalid_auth(sandbox, refusal):
    answer = await refusal(AsyncWebClient("xoxb-wrong", base_url=sandbox.api_url).auth_test())
    assert answer["error"] == "invalid_auth"


async def test_each_token_opens_only_its_own_methods(sandbox, client, refusal):
    connection = client.apps_connections_open(app_token=sandbox.bot_token)
    assert (await refusal(connection))["error"] == "not_allowed_token_type"
    with_app_token = AsyncWebClient(sandbox.app_token, base_url=sandbox.api_url)
    assert (await refusal(with_app_token.auth_test()))["error"] == "not_allowed_token_type"


async def test_an_unknown_method_is_named_in_the_answer(client, refusal):
    answer = await refusal(client.api_call("chat.sing"))
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.sing")


async def test_api_test_echoes_arguments_and_errors(client, refusal):
    assert (await client.api_test(foo="bar"))["args"]["foo"] == "bar"
    assert (await refusal(client.api_test(error="my_error")))["error"] == "my_error"


@pytest.mark.parametrize("form", ["query", "json", "form", "multipart"])
async def test_arguments_are_read_wherever_they_stand(sandbox, form):
    url = f"{sandbox.api_url}chat.postMessage"
    fields = {"channel": "#reports", "text": "hi", "blocks": '[{"type":"divider"}]', "team_id": "T1"}
    options = {
        "query": {"params": fields},
        "json": {"json": fields},
        "form": {"data": fields},
        "multipart": {"data": aiohttp.FormData(fields, default_to_multipart=True)},
    }[form]
    _, answer = await raw("POST", url, headers=bearer(sandbox.bot_token), **options)
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["type"] == "divider"


async def test_the_token_may_stand_among_the_arguments(sandbox):
    _, answer = await raw("GET", f"{sandbox.api_url}auth.test", params={"token": sandbox.bot_token})
    assert answer["ok"]


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_a_body_that_is_no_json_object_is_refused(sandbox, body, error):
    headers = {**bearer(sandbox.bot_token), "Content-Type": "application/json"}
    _, answer = await raw("POST", f"{sandbox.api_url}chat.postMessage", data=body, headers=headers)
    assert answer == {"ok": False, "error": error}


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
@pytest.mark.parametrize("path", ["/api/auth.test", "/control/state?user=Maya", "/link"])
async def test_foreign_hosts_and_origins_are_refused(sandbox, headers, path):
    origin = sandbox.api_url.removesuffix("/api/")
    status, answer = await raw("GET", origin + path, headers=headers)
    assert (status, answer["code"]) == (403, "foreign_origin")


async def test_its_own_page_may_call_it(sandbox):
    origin = sandbox.api_url.removesuffix("/api/")
    status, _ = await raw("GET", f"{sandbox.api_url}api.test", headers={"Origin": origin})
    assert status == 200


async def test_it_listens_on_loopback_only(sandbox):
    assert sandbox.api_url.startswith("http://127.0.0.1:")
    assert [address[0] for address in sandbox._runner.addresses] == ["127.0.0.1"]


@pytest.mark.parametrize("token", ["", "wrong"])
async def test_the_control_api_wants_its_token(sandbox, token):
    origin = sandbox.api_url.removesuffix("/api/")
    for how in ({"headers": {"X-Sandbox-Token": token}}, {"params": {"token": token}}):
        status, answer = await raw("GET", f"{origin}/control/changes", **how)
        assert (status, answer["code"]) == (403, "wrong_token")
        assert answer["error"].endswith(".")


async def test_a_connection_without_a_ticket_is_refused(sandbox):
    origin = sandbox.api_url.removesuffix("/api/")
    async with aiohttp.ClientSession() as session, session.get(f"{origin}/link") as response:
        assert response.status == 403
