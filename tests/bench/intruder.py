"""Somebody who tries to read a basket: forged requests over the wire, correctly signed, and what comes of them."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientSession
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.messages import Message
from bot.sandbox.payloads import Payloads
from bot.sandbox.server import Sandbox
from bot.sandbox.views import View
from tests.scenarios.journal import Journal
from tests.scenarios.records import Records

Json = dict[str, Any]

# Words that stand in what nobody outside may read, and nowhere else.
SECRETS: Final = ("quillwort", "bogbean", "marshwort", "sundew")
# Words beside them, to search by: what somebody typed is shown to them again, and that is no secret of the basket.
WORDS: Final = ("merger", "price", "know", "csv")
DENIALS: Final = (
    "I can only read the basket of",
    "That is no longer in this basket",
    "Only <@",
    "I no longer know that request",
    "This brief was replaced",
    # A menu has no place for a sentence.
    '{"options": []}',
)
PATIENCE_S: Final = 8.0
LOOK_S: Final = 0.03
# What comes after the sentence comes at once.
QUIET_S: Final = 0.2


@dataclass
class Found:
    """What an attempt came to."""

    denials: int = 0
    leaks: list[str] = field(default_factory=list[str])


class Intruder:
    """Sends what no client of Slack's would, with Slack's own signature."""

    def __init__(self, sandbox: Sandbox, url: str, journal: Journal, rows: Records, session: ClientSession) -> None:
        self.workspace = sandbox.workspace
        self.payloads = Payloads(sandbox.workspace)
        self.rows = rows
        self._signature = SignatureVerifier(sandbox.signing_secret)
        self._url = url
        self._journal = journal
        self._session = session
        self._answers: list[str] = []
        self._since = 0
        self._bundles: set[str] = set()

    def begin(self) -> None:
        """Look at nothing that happened before."""
        self._answers.clear()
        self._since = self._journal.count()
        self._bundles = {row["id"] for row in self.rows.select("work_bundles")}

    async def send(self, payload: Json) -> str:
        """Send an interaction, or a command, and give what the bot answered."""
        form = payload if "command" in payload else {"payload": json.dumps(payload)}
        body = urlencode(form)
        now = str(int(time.time()))
        signed = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": self._signature.generate_signature(timestamp=now, body=body) or "",
        }
        async with self._session.post(self._url, data=body, headers=signed) as response:
            answer = await response.text()
        self._answers.append(answer)
        return answer

    async def press(self, user: str, action: Json, *, metadata: str, words: str = "", team: str | None = None) -> None:
        """Press something in a basket's modal that holds this private metadata."""
        payload = self.payloads.view_actions(self.person(user), self.open_view(user, metadata, words), [action])
        if team is not None:
            payload["team"] = {"id": team, "domain": "elsewhere"}
            payload["user"]["team_id"] = team
        await self.send(payload)

    async def submit(self, user: str, *, metadata: str, words: str = "", callback_id: str = "basket") -> None:
        """Send a form that holds this private metadata."""
        view = self.open_view(user, metadata, words, callback_id=callback_id)
        await self.send(self.payloads.view_submission(self.person(user), view))

    async def press_message(self, user: str, message: Message, action: Json) -> None:
        """Press something in a message, whoever may see it."""
        place = self.workspace.places.find(message.channel)
        assert place is not None
        payload = self.payloads.message_actions(self.person(user), place, message, [action], {}, response_url="")
        await self.send(payload)

    async def open_menu(self, user: str, message: Message, block_id: str, action_id: str, typed: str) -> None:
        """Open a menu of a message, whoever may see it, and type into it."""
        place = self.workspace.places.find(message.channel)
        assert place is not None
        container = {"type": "message", "message_ts": message.ts, "channel_id": place.id, "is_ephemeral": False}
        where = {"container": container, "channel": {"id": place.id, "name": place.name}}
        element = {"action_id": action_id}
        await self.send(self.payloads.suggestion(self.person(user), element, block_id, typed, where))

    async def keep(self, user: str, message: Message) -> None:
        """Use the shortcut at a message, whoever may see it."""
        place = self.workspace.places.find(message.channel)
        assert place is not None
        chosen = self.payloads.message_shortcut(self.person(user), place, message, "add_to_basket", response_url="")
        await self.send(chosen)

    async def command(self, user: str, channel: str, words: str) -> None:
        """Type the command in a channel, whoever is in it."""
        place = self.workspace.places.find(channel)
        assert place is not None
        await self.send(self.payloads.slash(self.person(user), place, "/work", words, response_url=""))

    def open_view(self, user: str, metadata: str, words: str, *, callback_id: str = "basket") -> View:
        """Give a modal of this person's as the bot might have opened it."""
        content: Json = {
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": metadata,
            "title": {"type": "plain_text", "text": "Basket"},
            "blocks": [{"type": "divider"}],
        }
        view = self.workspace.views.open(self.person(user).id, content)
        typed = {"type": "plain_text_input", "value": words}
        view.state["basket.search"] = {"basket.search": typed}
        return view

    def person(self, name: str) -> Any:
        """Give somebody by name."""
        found = self.workspace.people.find_named(name)
        assert found is not None
        return found

    async def look(self) -> Found:
        """Wait for the sentence that denies, and look at everything that went out since `begin`."""
        async with asyncio.timeout(PATIENCE_S):
            while not self._count():  # noqa: ASYNC110 (what is waited for lies in the journal, which is a file)
                await asyncio.sleep(LOOK_S)
        await asyncio.sleep(QUIET_S)
        return Found(denials=self._count(), leaks=self.list_leaks())

    def _count(self) -> int:
        return sum(any(denial in said for denial in DENIALS) for said in self._list_said())

    def _list_said(self) -> list[str]:
        calls = self._journal.list_calls(since=self._since)
        out = [json.dumps(call["args"]) for call in calls if call["method"][0] != "@" and call["response"].get("ok")]
        return [*out, *self._answers]

    def list_leaks(self) -> list[str]:
        """Give what went out since `begin`, or was frozen, with a secret in it."""
        calls = [call for call in self._journal.list_calls(since=self._since) if not call["method"].startswith("@in:")]
        shown = [json.dumps(call) for call in calls] + self._answers
        rows = self.rows.select("work_bundles")
        frozen = [row["canonical"].decode() for row in rows if row["id"] not in self._bundles]
        return [said[:200] for said in (*shown, *frozen) if any(secret in said for secret in SECRETS)]


def metadata_of(channel_id: str, **more: Any) -> str:
    """Give a basket view's private metadata for this channel."""
    return json.dumps({"channel_id": channel_id, **more})


def button(action_id: str, value: str) -> Json:
    """Give the press of a button."""
    return {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1"}


def pick(action_id: str, block_id: str, key: str) -> Json:
    """Give what was picked in a menu of a brief."""
    option = {"text": {"type": "plain_text", "text": "x"}, "value": key}
    picked = {"type": "external_select", "action_id": action_id, "block_id": block_id}
    return {**picked, "selected_option": option, "action_ts": "1"}


def choice(action_id: str, channel_id: str) -> Json:
    """Give what was chosen in a select of conversations."""
    return {
        "type": "conversations_select",
        "action_id": action_id,
        "block_id": "b",
        "selected_conversation": channel_id,
        "action_ts": "1",
    }
