"""A deck as Claude makes it in three turns, and its revisions as it hands them in, well or badly."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.claude.replies import Reply, calling, ending
from tests.claude.scripts import count_turns, find_source, list_results, write_todos

JsonObject = dict[str, Any]
STEPS = ("Build it", "Hand it in")
_PART = re.compile(r"^(?:slide|section) (\d+): (.*)$", re.MULTILINE)
Turn = Callable[[JsonObject], JsonObject]
"""What a turn hands in of a revision, from the request."""


def read_revision(body: JsonObject) -> str:
    """Give what the agent is told of the earlier version; nothing where it does work of its own."""
    told = body["messages"][0]["content"]
    return str(told[1]["text"]) if len(told) > 1 else ""


def read_part(body: JsonObject, number: int) -> JsonObject:
    """Give the first entry of a part, as the request tells of it."""
    parts = dict(_PART.findall(read_revision(body)))
    return json.loads(parts[str(number)])[0]


def retitle(*numbers: int, title: str = "Put more calmly") -> Turn:
    """Hand in these slides with another headline."""

    def turn(body: JsonObject) -> JsonObject:
        changed = [{"number": no, "entries": [{**read_part(body, no), "title": f"{title}, {no}"}]} for no in numbers]
        return {"changed": changed}

    return turn


def hand_in(content: JsonObject) -> Turn:
    """Hand in this, whatever was asked for."""
    return lambda _: content


@dataclass
class RevisedWork:
    """A deck of four slides, then each revision by the next plan: what its turns hand in until one is built."""

    plans: list[Sequence[Turn | Reply]] = field(default_factory=list)
    asked: list[JsonObject] = field(default_factory=list)
    """The requests of revisions, each ticket's first."""

    def __call__(self, body: JsonObject) -> Reply:
        if not read_revision(body):
            return self._make(body)
        if count_turns(body) == 0:
            self.asked.append(body)
            self.now = iter(self.plans.pop(0))
        if list_built(body):
            return self._finish(body)
        planned = next(self.now)
        if isinstance(planned, Reply):
            return planned
        return calling(count_turns(body) + 1, ("Skill", {"skill": "pptx", "content": planned(body)}))

    def _make(self, body: JsonObject) -> Reply:
        table = find_source(body, "asset")
        match count_turns(body):
            case 0:
                deck = ("Skill", {"skill": "pptx", "content": _write_deck(table)})
                return calling(1, write_todos(STEPS, 0), deck)
            case _:
                return self._finish(body, claims=[_quote(table)])

    def _finish(self, body: JsonObject, claims: Sequence[JsonObject] = ()) -> Reply:
        turn = count_turns(body) + 1
        if any('"output_id"' in each["content"] for each in list_results(body)):
            return ending()
        output = {
            "output_type": "report_draft",
            "title": "Wind leads in Iowa",
            "body": "Said as it was asked for.",
            "file_id": list_built(body)[-1],
            "file_format": "pptx",
            "claims": list(claims),
        }
        return calling(turn, write_todos(STEPS, 1), ("emit_work_output", output))


def list_built(body: JsonObject) -> list[str]:
    """Give the files that were built, by the results of tools."""
    told = (each["content"] for each in list_results(body) if not each.get("is_error"))
    return [json.loads(each)["file_id"] for each in told if '"file_id"' in each]


def _write_deck(table: str) -> JsonObject:
    def bullets(title: str, text: str) -> JsonObject:
        return {"kind": "bullets", "title": title, "bullets": [{"text": f"{text} [@{table}.1]."}]}

    return {
        "title": "Wind leads in Iowa",
        "sources": [{"id": table, "title": "iowa.csv", "kind": "file"}],
        "slides": [
            {"kind": "title"},
            bullets("A wild success story", "The table holds electricity generation by source and year"),
            bullets("Coal is on its way out", "One of its sources is fossil fuels"),
            {"kind": "sources"},
        ],
    }


def _quote(table: str) -> JsonObject:
    return {"kind": "quote", "text": "Fossil Fuels", "passages": [f"{table}.1"], "expression": None}
