"""Work that may look beyond its sources: what its requester ticks, and what is kept of it."""

import json
from typing import Any

from bot.sandbox.person import Person
from tests.claude.server import ClaudeServer
from tests.scenarios.records import Records
from tests.scenarios.threads import Json, WorkThread, open_thread

KNOWN = "We buy wind power from Denmark."
REQUEST = "@Threadwork a research brief about wind power in Denmark, short"
SEARCH, CODE = "web_search", "code_execution"


async def tick(thread: WorkThread, brief: Json, *tools: str) -> Json:
    """Tick these in a brief, and give the next one."""
    await thread.person.press("brief.tools", message_ts=brief["ts"], channel=brief["channel"], value=list(tools))
    return await thread.brief(after=brief["ts"])


async def ask_for_research(person: Person, *tools: str) -> WorkThread:
    """Ask for a research brief with these ticked, and approve it; gives its thread."""
    thread = await open_thread(person, KNOWN)
    await thread.say(REQUEST)
    brief = await thread.brief()
    if tools:
        brief = await tick(thread, brief, *tools)
    await thread.press("brief.approve", brief)
    return thread


async def research(person: Person, claude: ClaudeServer, script: Any, *tools: str) -> tuple[WorkThread, list[Json]]:
    """Have a brief researched with these ticked; gives the thread and what was sent to the provider."""
    claude.plays(script)
    before = len(claude.list_turns())
    thread = await ask_for_research(person, *tools)
    await thread.ending()
    return thread, claude.list_turns()[before:]


def names_of(body: Json) -> list[str]:
    """Give the tools that a request offers."""
    return [each["name"] for each in body["tools"]]


def ticket_of(rows: Records, thread: WorkThread) -> Json:
    """Give the ticket of a thread."""
    return rows.get("work_tickets", thread_ts=thread.ts)


def entries_of(rows: Records, thread: WorkThread) -> list[Json]:
    """Give what a thread's work found outside, in order."""
    kept = rows.select("annex_entries", ticket_id=ticket_of(rows, thread)["id"])
    return [json.loads(each["entry"]) for each in sorted(kept, key=lambda each: each["number"])]
