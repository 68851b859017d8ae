"""A provider of one's own: speaks the messages API on this machine, plays a script, keeps every request, and breaks."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

from aiohttp import web

from tests.claude.counting import Cache, Taken, count_tokens
from tests.claude.replies import Answer, Broken, NothingWritten, Refusal, Reply, list_events, write_event
from tests.claude.requests import check_request

KEY = "sk-ant-local"
MODELS = ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5")
# Where Google's cloud takes requests for a stream: the model stands in the address.
VERTEX = "/projects/{project}/locations/{region}/publishers/anthropic/models/{model}:streamRawPredict"
Script = Callable[[dict[str, Any]], Answer | Awaitable[Answer]]


class ClaudeServer:
    """Answers as a script says: what to answer for a request, or a list of answers, one after the other."""

    def __init__(self, script: Script | Sequence[Answer] = (), *, key: str = KEY) -> None:
        self.key = key
        self.bodies: list[dict[str, Any]] = []
        """Every request that was sent, also those that were refused."""
        self.taken: list[Taken] = []
        """What each request took that was answered with a reply."""
        self.problems: list[str] = []
        """What the provider would have refused, and what its script holds no answer for."""
        self.open_replies = 0
        """How many replies are being written at the moment."""
        self.models: dict[str, dict[str, Any]] = {name: {} for name in MODELS}
        self.files: dict[str, tuple[str, bytes]] = {}
        """What code left, by id: names and bytes."""
        self._cache = Cache()
        self._goes_on = asyncio.Event()
        self._reading: Script | None = None
        self._script = _make_script(script)

    @property
    def url(self) -> str:
        """What ANTHROPIC_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a bot that asks this provider."""
        return {"ANTHROPIC_API_KEY": self.key, "ANTHROPIC_BASE_URL": self.url}

    def plays(self, script: Script | Sequence[Answer]) -> None:
        """Answer by this from now on."""
        self._script = _make_script(script)

    def reads(self, script: Script | Sequence[Answer]) -> None:
        """Answer by this what is asked without tools: a reading of what somebody said."""
        self._reading = _make_script(script)

    def list_turns(self) -> list[dict[str, Any]]:
        """Give the requests for turns of an agent."""
        return [each for each in self.bodies if "tools" in each]

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=40_000_000)
        app.router.add_post("/v1/messages", self._answer)
        app.router.add_post(VERTEX, self._answer)
        app.router.add_get("/v1/models/{model}", self._describe)
        app.router.add_get("/v1/files/{file}", self._describe_file)
        app.router.add_get("/v1/files/{file}/content", self._give_file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._goes_on.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return _refuse(Refusal(401, "authentication_error"))
        body = await request.json()
        if "model" in request.match_info:
            assert body.pop("anthropic_version")
            body["model"] = request.match_info["model"]
        self.bodies.append(body)
        try:
            check_request(body)
        except (ValueError, AssertionError) as error:
            self.problems.append(str(error))
            return _refuse(Refusal(400, "invalid_request_error", body=str(error)))
        try:
            answer = (self._script if "tools" in body else self._reading or self._script)(body)
            answer = await answer if inspect.isawaitable(answer) else answer
        except NothingWritten as error:
            self.problems.append(str(error))
            return _refuse(Refusal(400, "invalid_request_error", body=str(error)))
        if isinstance(answer, Refusal):
            return _refuse(answer)
        self.open_replies += 1
        try:
            return await self._stream(request, body, answer)
        except ConnectionResetError:
            return web.Response()  # whoever asked is gone
        finally:
            self.open_replies -= 1

    async def _stream(self, request: web.Request, body: dict[str, Any], answer: Reply | Broken) -> web.StreamResponse:
        reply = answer.reply if isinstance(answer, Broken) else answer
        self.taken.append(self._cache.take(body))
        output = reply.output_tokens or sum(count_tokens(each) for each in reply.blocks)
        events = list_events(reply, self.taken[-1].to_usage(output), model=body["model"])
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "request-id": "req_local"})
        await stream.prepare(request)
        for name, content in events[: answer.after] if isinstance(answer, Broken) else events:
            await stream.write(write_event(name, content))
        if isinstance(answer, Broken):
            await self._break(request, stream, answer.how)
        await stream.write_eof()
        return stream

    async def _break(self, request: web.Request, stream: web.StreamResponse, how: str) -> None:
        match how.partition(":"):
            case "drop", _, _:
                assert request.transport is not None
                request.transport.abort()
                raise ConnectionResetError
            case "stall", _, _:
                await self._goes_on.wait()
            case "error", _, kind:
                await stream.write(write_event("error", {"error": {"type": kind, "message": "said in the middle"}}))
            case "malformed", _, _:
                await stream.write(b'event: content_block_delta\ndata: {"type": "content_block_del\n\n')
            case "nonsense", _, _:
                await stream.write(write_event("content_block_delta", {"index": 7, "delta": {"type": "text_delta"}}))

    async def _describe(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return _refuse(Refusal(401, "authentication_error"))
        name = request.match_info["model"]
        if name not in self.models:
            return _refuse(Refusal(404, "not_found_error"))
        told = {"type": "model", "id": name, "display_name": name, "created_at": "2026-09-01T00:00:00Z"}
        return web.json_response(told | {"lifecycle": "active"} | self.models[name])

    async def _describe_file(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["file"])
        if found is None or request.headers.get("Authorization") != f"Bearer {self.key}":
            return _refuse(Refusal(404, "not_found_error"))
        name, content = found
        told = {"id": request.match_info["file"], "type": "file", "filename": name, "size_bytes": len(content)}
        return web.json_response(told | {"mime_type": "application/octet-stream", "created_at": "2026-11-23T00:00:00Z"})

    async def _give_file(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["file"])
        if found is None or request.headers.get("Authorization") != f"Bearer {self.key}":
            return _refuse(Refusal(404, "not_found_error"))
        return web.Response(body=found[1])


def _make_script(script: Script | Sequence[Answer]) -> Script:
    if callable(script):
        return script
    answers = iter(script)
    return lambda _: next(answers)


def _refuse(refusal: Refusal) -> web.Response:
    error = {"type": refusal.kind, "message": refusal.body or "said by the local provider"}
    headers = {"request-id": "req_local", **refusal.headers}
    return web.json_response({"type": "error", "error": error}, status=refusal.status, headers=headers)
