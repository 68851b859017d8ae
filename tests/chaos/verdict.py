"""What a story's thread, records and calls say afterwards: what was lost, what came twice, what was paid again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.screen import buttons_of
from recipes.effect import EffectStatus
from tests.chaos.desk import AskedTurn
from tests.chaos.story import Plot, Story
from tests.scenarios.journal import Journal, key_of
from tests.scenarios.records import Records, Row
from tests.scenarios.threads import list_decks

Json = dict[str, Any]

# Buttons that go when they were pressed, or when what they are for was said otherwise.
ANSWERED: Final = ("brief.approve", "ticket.answer", "ticket.stop")
COUNT: Final = re.compile(r" · (\d+) of \d+")


@dataclass(frozen=True)
class Verdict:
    """One variant's sums, and a sentence for each thing that is not as it should be."""

    stories: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    gaps: tuple[str, ...]
    rebought: tuple[str, ...]
    repaid: int
    """Turns that were in flight and had to be asked for again."""
    uncertain: int
    """Effects of which nobody could find out in time whether they had happened; each was repeated once."""


def is_quiet(rows: Records) -> bool:
    """Tell whether everything that was said is worked and shown."""
    return not [*_list_unheard(rows)]


def judge(
    stories: Iterable[Story], *, rows: Records, journal: Journal, asked: list[AskedTurn], slept: set[int]
) -> Verdict:
    """Look at every story once all is quiet.

    Args:
        stories: As they stand on the screen now.
        rows: The records.
        journal: What was said to Slack.
        asked: What was asked of the model.
        slept: Processes that stood still past their lease: one may still send what it was about to send, so what it
            asked of the model is paid twice, and no other process asked for it again.
    """
    told = list(stories)
    threads = {row["thread_ts"]: row for row in rows.select("work_tickets")}
    awake = [turn for turn in asked if turn.asked_by not in slept]
    calls = journal.list_calls("chat.update")
    ended = [(story, threads[story.thread.ts]) for story in told if story.thread.ts in threads]
    return Verdict(
        stories=len(told),
        lost=(*_list_lost(told, threads), *_list_unheard(rows), *_list_left(told)),
        doubled=tuple(found for story, ticket in ended for found in _list_doubled(story, ticket, rows)),
        gaps=tuple(found for story, ticket in ended for found in _list_gaps(story, ticket, rows, calls)),
        rebought=tuple(found for story, ticket in ended for found in _list_rebought(story, ticket, rows, awake)),
        repaid=_count_repaid(told, asked),
        uncertain=len(rows.select("effects", status=EffectStatus.UNCERTAIN)),
    )


def _list_lost(stories: list[Story], tickets: dict[str, Row]) -> Iterator[str]:
    for story in stories:
        ticket = tickets.get(story.thread.ts)
        if ticket is None or ticket["status"] != "completed" or not story.is_over:
            state = "no ticket" if ticket is None else f"{ticket['status']}: {ticket['problem']}"
            said = " | ".join(each["text"][:60] for each in story.shown)
            yield f"{story.topic}: did not end as it should ({state}); the thread says: {said}"


def _list_unheard(rows: Records) -> Iterator[str]:
    for row in rows.select("inbox"):
        if row["status"] != "done":
            yield f"inbox: {row['kind']} {row['key']} is {row['status']}"
    for row in rows.select("work_tickets"):
        if row["shown_version"] != row["progress_version"]:
            yield f"progress: {row['id']} shows {row['shown_version']} of {row['progress_version']}"


def _list_left(stories: list[Story]) -> Iterator[str]:
    """Find buttons that still ask for what was given long ago."""
    for story in stories:
        left = [action for each in story.shown for action in buttons_of(each) if action in ANSWERED]
        yield from (f"{story.topic}: {action} still stands there" for action in left if story.is_over)


def _list_doubled(story: Story, ticket: Row, rows: Records) -> Iterator[str]:
    keys = Counter(key_of(each) for each in story.shown if key_of(each))
    yield from (f"{story.topic}: {key} stands there {count} times" for key, count in keys.items() if count > 1)
    shown = Counter(file["id"] for each in story.shown for file in list_decks(each))
    kept = {row["slack_file_id"] for row in rows.select("work_outputs", ticket_id=ticket["id"])}
    if set(shown) != kept or max(shown.values(), default=0) > 1:
        yield f"{story.topic}: the thread shows {dict(shown)}, the records know {kept}"
    for table in ("work_tickets", "work_requests", "drafts"):
        if (count := len(rows.select(table, thread_ts=story.thread.ts))) != 1:
            yield f"{story.topic}: {count} rows in {table}"


def _list_gaps(story: Story, ticket: Row, rows: Records, updates: list[Json]) -> Iterator[str]:
    numbers = sorted(row["number"] for row in rows.select("turns", ticket_id=ticket["id"]))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"{story.topic}: turns {numbers}"
    if {todo["status"] for todo in ticket["final_todos"]} != {"completed"}:
        yield f"{story.topic}: todos {[todo['status'] for todo in ticket['final_todos']]}"
    events = [row["event"] for row in sorted(rows.select("ticket_events", ticket_id=ticket["id"]), key=_by_time)]
    if (events[0], events[-1], events.count("completed")) != ("approved", "completed", 1):
        yield f"{story.topic}: timeline {events}"
    shown = [COUNT.search(call["args"].get("text", "")) for call in updates if _is_of(call, ticket["progress_ts"])]
    counts = [int(match[1]) for match in shown if match]
    if counts != sorted(counts):
        yield f"{story.topic}: the progress message counted {counts}"


def _list_rebought(story: Story, ticket: Row, rows: Records, asked: list[AskedTurn]) -> Iterator[str]:
    kept = {row["number"]: row["created_at"] for row in rows.select("turns", ticket_id=ticket["id"])}
    for turn in asked:
        if turn.topic == story.topic and turn.number in kept and turn.at > kept[turn.number]:
            yield f"{story.topic}: turn {turn.number} was asked for again after it was kept"


def _count_repaid(stories: list[Story], asked: list[AskedTurn]) -> int:
    """Count what kills cost; work that a person stopped is asked for again by that person."""
    topics = {story.topic for story in stories if story.plot is not Plot.STOPPED}
    turns = Counter((turn.topic, turn.number) for turn in asked if turn.topic in topics)
    return sum(turns.values()) - len(turns)


def _by_time(row: Row) -> tuple[Any, str]:
    return row["at"], row["id"]


def _is_of(call: Json, ts: str | None) -> bool:
    return call["args"].get("ts") == ts and call["response"].get("ok") is True
