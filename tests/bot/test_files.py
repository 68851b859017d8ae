"""The door for files' bytes, against a small server on this machine."""

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import web

from bot.files import CHUNK_BYTES, REDIRECTS, FileDoor
from bot.slack_errors import SlackBusy, SlackUnreachable
from recipes.conversation import SharedFile
from recipes.source import FileRefused

MB = 1024**2


class Server:
    """Answers each path as a test says, and remembers what came."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], web.Response]] = {}
        self.came: list[tuple[str, str | None]] = []
        self.bodies: list[bytes] = []
        self.endless_chunks = 0
        self.origin = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.came.append((request.path, request.headers.get("Authorization")))
        self.bodies.append(await request.read())
        if request.path == "/endless":
            return await self._pour(request)
        return self.answers[request.path]()

    async def _pour(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(b"x" * CHUNK_BYTES)
                self.endless_chunks += 1
        except ConnectionError:
            return answer


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def door(server, session) -> FileDoor:
    return FileDoor(session, api_url=f"{server.origin}/api/")


def _file(url: str | None, *, name: str = "a.csv", size_bytes: int = 0) -> SharedFile:
    return SharedFile(id="F1", name=name, size_bytes=size_bytes, url=url)


async def _refuse(door: FileDoor, file: SharedFile, *, most_bytes: int = MB) -> str:
    with pytest.raises(FileRefused) as caught:
        await door.get(file, token="xoxb-secret", most_bytes=most_bytes)
    assert caught.value.filename == file.name
    return caught.value.problem


async def test_a_file_is_fetched_with_the_token(door, server):
    server.answers["/f"] = lambda: web.Response(body=b"month,rate")
    assert await door.get(_file(f"{server.origin}/f"), token="xoxb-secret", most_bytes=MB) == b"month,rate"
    assert server.came == [("/f", "Bearer xoxb-secret")]


async def test_a_file_of_exactly_the_limit_is_taken(door, server):
    server.answers["/f"] = lambda: web.Response(body=b"x" * MB)
    assert len(await door.get(_file(f"{server.origin}/f", size_bytes=MB), token="t", most_bytes=MB)) == MB


async def test_a_redirect_within_slack_is_followed(door, server):
    server.answers["/f"] = lambda: web.Response(status=302, headers={"Location": "/g"})
    server.answers["/g"] = lambda: web.Response(body=b"here")
    assert await door.get(_file(f"{server.origin}/f"), token="t", most_bytes=MB) == b"here"


async def test_the_token_does_not_follow_a_redirect_out_of_slack(door, server):
    # The same machine under another name is another host.
    elsewhere = server.origin.replace("127.0.0.1", "localhost")
    server.answers["/f"] = lambda: web.Response(status=302, headers={"Location": f"{elsewhere}/steal"})
    assert "outside Slack" in await _refuse(door, _file(f"{server.origin}/f"))
    assert [path for path, _ in server.came] == ["/f"]


async def test_redirects_in_a_circle_end(door, server):
    server.answers["/f"] = lambda: web.Response(status=307, headers={"Location": "/f"})
    assert await _refuse(door, _file(f"{server.origin}/f")) == "was redirected too often"
    assert len(server.came) == REDIRECTS


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/f",
        "http://files.slack.com/f",
        "https://files.slack.com.evil.example/f",
        "https://evilslack.com/f",
        "https://user@evil.example/files.slack.com",
        "file:///etc/passwd",
        "not an address",
        "",
    ],
)
async def test_only_slacks_own_hosts_get_the_token(session, url):
    door = FileDoor(session, api_url="https://slack.com/api/")
    assert "outside Slack" in await _refuse(door, _file(url))


@pytest.mark.parametrize("url", ["https://files.slack.com/f", "https://x.slack-edge.com/f"])
def test_slacks_own_hosts_are_slack(session, url):
    assert FileDoor(session, api_url="https://slack.com/api/")._is_slack(url)


async def test_a_file_without_an_address_is_refused(door):
    assert await _refuse(door, _file(None)) == "does not lie with Slack, so I cannot read it"


async def test_a_file_that_says_it_is_too_large_is_not_fetched(door, server):
    assert await _refuse(door, _file(f"{server.origin}/f", size_bytes=MB + 1)) == "is larger than 1 MB"
    assert server.came == []


async def test_a_file_that_lies_about_its_size_is_cut_off_while_it_comes(door, server):
    assert await _refuse(door, _file(f"{server.origin}/endless", size_bytes=1)) == "is larger than 1 MB"
    # A handful of chunks lie in the buffers between the two ends; the rest was never sent.
    assert server.endless_chunks < 200


async def test_a_login_page_instead_of_a_file_is_told_as_a_missing_permission(door, server):
    server.answers["/f"] = lambda: web.Response(text="<html>Sign in</html>", content_type="text/html")
    assert "files:read" in await _refuse(door, _file(f"{server.origin}/f"))


async def test_a_page_that_was_shared_as_a_page_is_a_file(door, server):
    server.answers["/f"] = lambda: web.Response(text="<html></html>", content_type="text/html")
    assert await door.get(_file(f"{server.origin}/f", name="page.HTML"), token="t", most_bytes=MB) == b"<html></html>"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_refusal_of_slack_names_its_number(door, server, status):
    server.answers["/f"] = lambda: web.Response(status=status)
    assert str(status) in await _refuse(door, _file(f"{server.origin}/f"))


@pytest.mark.parametrize("status", [500, 503])
async def test_trouble_of_slack_may_pass(door, server, status):
    server.answers["/f"] = lambda: web.Response(status=status)
    with pytest.raises(SlackBusy):
        await door.get(_file(f"{server.origin}/f"), token="t", most_bytes=MB)


async def test_asking_too_fast_may_pass(door, server):
    server.answers["/f"] = lambda: web.Response(status=429, headers={"Retry-After": "1"})
    with pytest.raises(SlackBusy):
        await door.get(_file(f"{server.origin}/f"), token="t", most_bytes=MB)


async def test_a_server_that_is_not_there_may_come_back(session):
    door = FileDoor(session, api_url="http://127.0.0.1:9/api/")
    with pytest.raises(SlackUnreachable):
        await door.get(_file("http://127.0.0.1:9/f"), token="t", most_bytes=MB)
    with pytest.raises(SlackUnreachable):
        await door.put("http://127.0.0.1:9/up", b"deck")


async def test_bytes_go_up_without_the_token(door, server):
    server.answers["/up"] = web.Response
    await door.put(f"{server.origin}/up", b"deck")
    assert (server.came, server.bodies) == ([("/up", None)], [b"deck"])


async def test_an_upload_that_fails_may_pass(door, server):
    server.answers["/up"] = lambda: web.Response(status=500)
    with pytest.raises(SlackBusy):
        await door.put(f"{server.origin}/up", b"deck")


async def test_bytes_go_to_no_foreign_address(door, server):
    with pytest.raises(SlackBusy):
        await door.put(server.origin.replace("127.0.0.1", "localhost") + "/up", b"deck")
    assert server.came == []
