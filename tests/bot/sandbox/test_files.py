from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.sandbox.storehouse import LOGIN_PAGE


async def fetch(url, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, response.content_type, await response.read()


def shares_of(info) -> list:
    return [entry for side in info["file"]["shares"].values() for one in side.values() for entry in one]


def has_files(channel):
    return lambda screen: [message for message in screen.channel(channel) if message.get("files")]


async def test_an_upload_is_shared_in_the_thread_a_little_later(client, maya, heard, app, connect):
    @app.event("message")
    async def listen(event):
        await heard.add(event)

    root = await maya.say("reports", "please")
    answer = await client.files_upload_v2(
        file_uploads=[{"file": b"abc", "filename": "a.txt", "title": "A"}, {"file": b"de", "filename": "b.csv"}],
        channel="C0REPORTS",
        thread_ts=root,
        initial_comment="here",
    )
    assert [file["shares"] for file in answer["files"]] == [{}, {}]
    [message] = await maya.wait_for(has_files("reports"), what="the files")
    assert (message["subtype"], message["thread_ts"], message["text"]) == ("file_share", root, "here")
    assert [(file["name"], file["title"], file["size"]) for file in message["files"]] == [
        ("a.txt", "A", 3),
        ("b.csv", "b.csv", 2),
    ]
    info = await client.files_info(file=message["files"][0]["id"])
    assert [(share["ts"], share["thread_ts"]) for share in shares_of(info)] == [(message["ts"], root)]
    assert info["file"]["channels"] == ["C0REPORTS"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["raw", "multipart"])
async def test_bytes_are_taken_raw_or_as_a_form(sandbox, client, method, form):
    ticket = await client.api_call(
        "files.getUploadURLExternal", http_verb=method, params={"filename": "a.bin", "length": 3}
    )
    data = aiohttp.FormData()
    data.add_field("file", b"\x00\x01\x02", filename="a.bin")
    async with aiohttp.ClientSession() as session:
        body = b"\x00\x01\x02" if form == "raw" else data
        async with session.post(ticket["upload_url"], data=body) as response:
            assert (response.status, await response.text()) == (200, "OK - 3")
    done = await client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    status, _, content = await fetch(done["files"][0]["url_private_download"], sandbox.bot_token)
    assert (status, content) == (200, b"\x00\x01\x02")


async def test_a_download_without_the_token_is_a_login_page(sandbox, maya, client):
    ts = await maya.say("reports", "data", files=[("data.csv", b"a,b\n1,2\n")])
    [file] = (await maya.thread("reports", ts))[0]["files"]
    for token in (None, "xoxb-wrong"):
        status, kind, content = await fetch(file["url_private"], token)
        assert (status, kind, content.decode()) == (200, "text/html", LOGIN_PAGE)
    status, kind, content = await fetch(file["url_private"], sandbox.bot_token)
    assert (status, kind, content) == (200, "text/csv", b"a,b\n1,2\n")
    assert (await client.files_info(file=file["id"]))["file"]["channels"] == ["C0REPORTS"]


async def test_a_deleted_file_is_gone(sandbox, client, maya, refusal):
    answer = await client.files_upload_v2(content="abc", filename="a.txt", channel="C0REPORTS")
    file = answer["file"]
    await maya.wait_for(has_files("reports"), what="the file")
    await client.files_delete(file=file["id"])
    assert (await refusal(client.files_info(file=file["id"])))["error"] == "file_not_found"
    status, _, _ = await fetch(file["url_private"], sandbox.bot_token)
    assert status == 404
    assert (await maya.messages("reports"))[0]["files"] == [{"id": file["id"], "mode": "tombstone"}]


async def test_a_person_keeps_their_own_file(client, maya, refusal):
    ts = await maya.say("reports", "data", files=[("data.csv", b"1")])
    [file] = (await maya.thread("reports", ts))[0]["files"]
    assert (await refusal(client.files_delete(file=file["id"])))["error"] == "cant_delete_file"


@pytest.mark.parametrize("arguments", [{"filename": "a.txt", "length": 0}, {"length": 3}])
async def test_an_upload_needs_a_name_and_a_length(client, refusal, arguments):
    call = client.api_call("files.getUploadURLExternal", params=arguments)
    assert (await refusal(call))["error"] == "missing_argument"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "invalid_arguments"),
        ({"files": "[1]"}, "invalid_arguments"),
        ({"files": '[{"id":"F9"}]'}, "file_not_found"),
        ({"channel_id": "C0NOWHERE"}, "channel_not_found"),
        ({"channel_id": "C0LOBBY"}, "not_in_channel"),
        ({"channel_id": "U0MAYA"}, "channel_not_found"),
        ({"channel_id": "C0REPORTS", "thread_ts": "1750000000.000099"}, "thread_not_found"),
        ({"thread_ts": "1750000000.000099"}, "invalid_arguments"),
        ({"channel_id": "C0REPORTS", "blocks": '[{"type":"sing"}]'}, "invalid_blocks"),
    ],
)
async def test_a_wrong_completion_has_slacks_error_code(client, refusal, arguments, error):
    upload = await client.files_upload_v2(content="abc", filename="a.txt")
    sent = {"files": f'[{{"id":"{upload["file"]["id"]}"}}]', **arguments} if arguments else {}
    assert (await refusal(client.api_call("files.completeUploadExternal", params=sent)))["error"] == error


async def test_a_file_without_bytes_cannot_be_completed(client, refusal):
    ticket = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    call = client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    assert (await refusal(call))["error"] == "file_not_found"


async def test_an_upload_address_works_until_completion(client):
    ticket = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with aiohttp.ClientSession() as session:
        async with session.post(ticket["upload_url"], data=b"") as response:
            assert response.status == 400
        async with session.post(ticket["upload_url"], data=b"abc") as response:
            assert response.status == 200
        await client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
        async with session.post(ticket["upload_url"], data=b"xyz") as response:
            assert response.status == 404


async def test_a_deck_has_its_type(client):
    answer = await client.files_upload_v2(content=b"PK", filename="Report.pptx")
    assert answer["file"]["mimetype"].endswith("presentationml.presentation")
    assert answer["file"]["filetype"] == "pptx"


class TestSlowSharing:
    @pytest.fixture
    def rules(self, rules):
        return replace(rules, share_delay=timedelta(seconds=1))

    async def test_a_file_deleted_before_it_is_shared_is_never_shared(self, client, maya):
        answer = await client.files_upload_v2(content="abc", filename="a.txt", channel="C0REPORTS")
        await client.files_delete(file=answer["file"]["id"])
        await client.files_upload_v2(content="abc", filename="b.txt", channel="C0REPORTS")
        [message] = await maya.wait_for(has_files("reports"), what="the second file")
        assert message["files"][0]["name"] == "b.txt"
