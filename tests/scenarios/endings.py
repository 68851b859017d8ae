"""How a thread looks when nothing was lost in it and nothing came twice."""

from collections import Counter
from typing import Any

from bot.sandbox.screen import words_of
from tests.scenarios.journal import key_of
from tests.scenarios.records import Records
from tests.scenarios.threads import WorkThread, list_decks

Json = dict[str, Any]

# Faults cost waits: a second for each call that is refused, and what else the machine does.
PATIENCE_S = 40.0
ASKED_AND_DELIVERED = {"question": 1, "brief": 1, "progress": 1, "deck": 1, "summary": 1}


async def ended(thread: WorkThread) -> None:
    """Wait until the work is done and said to be."""
    await thread.wait_for(lambda each: "is in this thread" in words_of(each), "the summary", patience_s=PATIENCE_S)
    await thread.wait_for(lambda each: each["text"].startswith("Done"), "the end", patience_s=PATIENCE_S)


async def count_kinds(thread: WorkThread) -> Counter[str]:
    """Count what the bot has said in the thread, by kind."""
    return Counter(_kind_of(message) for message in await thread.read_answers())


async def check_delivered_once(thread: WorkThread, rows: Records, *, expected: dict[str, int] | None = None) -> None:
    """Check that the thread shows one run, whole: each message once, one file, one ticket, one request."""
    await ended(thread)
    assert dict(await count_kinds(thread)) == (expected or ASKED_AND_DELIVERED)
    ticket = rows.get("work_tickets", thread_ts=thread.ts)
    assert (ticket["status"], ticket["problem"]) == ("completed", None)
    assert {todo["status"] for todo in ticket["final_todos"]} == {"completed"}
    assert len(rows.select("work_outputs", ticket_id=ticket["id"])) == 1
    assert len(rows.select("work_requests", thread_ts=thread.ts)) == 1
    assert len(rows.select("drafts", thread_ts=thread.ts)) == 1


def _kind_of(message: Json) -> str:
    if list_decks(message):
        return "deck"
    kind = key_of(message).partition(":")[0]
    # Once it is answered it has no buttons left to be known by.
    return "question" if kind == "reply" and message["text"].endswith("?") else kind
