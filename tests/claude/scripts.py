"""Work as Claude does it, played from a script: what comes next follows from the request alone."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.claude.replies import Reply, calling, ending

JsonObject = dict[str, Any]
_OPENING = re.compile(r"^--- (S\d+) \w{16} --- (\w+): (.*)$", re.MULTILINE)


def count_turns(body: JsonObject) -> int:
    """Count the turns that a request holds."""
    return sum(message["role"] == "assistant" for message in body["messages"])


def read_bundle_text(body: JsonObject) -> str:
    """Give what the agent is told of its work."""
    return str(body["messages"][0]["content"][0]["text"])


def find_source(body: JsonObject, kind: str) -> str:
    """Give the id of the first source of this kind."""
    return next(source for source, of_kind, _ in _OPENING.findall(read_bundle_text(body)) if of_kind == kind)


def list_results(body: JsonObject) -> list[JsonObject]:
    """Give what the tools answered, in order."""
    told = [block for message in body["messages"] if message["role"] == "user" for block in message["content"]]
    return [block for block in told if block["type"] == "tool_result"]


def write_todos(steps: Sequence[str], done: int) -> tuple[str, JsonObject]:
    """Give the call that shows these steps, so many of them done."""
    statuses = ["completed"] * done + ["in_progress"] + ["pending"] * len(steps)
    todos = [
        {"content": step, "status": status, "activeForm": f"{step} now"}
        for step, status in zip(steps, statuses, strict=False)
    ]
    return ("TodoWrite", {"todos": todos})


@dataclass
class DeckWork:
    """A deck of three slides on a table, in twelve turns: plan, read, build, look, build again, hand in."""

    title: str = "Wind leads in Iowa"
    turns: list[int] = field(default_factory=list)
    """The number of each turn that was asked for, in the order of asking."""

    STEPS = ("Read the table", "Choose the findings", "Build three slides", "Check the file", "Hand it in")

    def __call__(self, body: JsonObject) -> Reply:
        turn = count_turns(body) + 1
        self.turns.append(turn)
        return self._play(turn, body)

    def _play(self, turn: int, body: JsonObject) -> Reply:
        table = find_source(body, "asset")
        todos = write_todos(self.STEPS, min(max(turn - 3, 0) // 2, len(self.STEPS) - 1))
        build = ("Skill", {"skill": "pptx", "content": self._deck(table)})
        match turn:
            case 1:
                return calling(1, todos, thought="Wind, coal, gas: what leads, since when? " * 20)
            case 2 | 3 | 4 | 5:
                return calling(turn, todos, ("read_source", {"source_id": table, "offset": (turn - 2) * 400}))
            case 8 | 10:
                return calling(turn, todos, build, thought="The first slide states the finding. " * 10)
            case 11:
                return calling(turn, write_todos(self.STEPS, 5), ("emit_work_output", self._output(body, table)))
            case 12:
                return ending()
            case _:
                return calling(turn, todos, thought="Is each figure in the table? " * 15)

    def _deck(self, table: str) -> JsonObject:
        bullet = {"text": f"The table holds electricity generation by source and year [@{table}.1]."}
        return {
            "title": self.title,
            "sources": [{"id": table, "title": "iowa.csv", "kind": "file"}],
            "slides": [
                {"kind": "title"},
                {"kind": "bullets", "title": self.title, "bullets": [bullet]},
                {"kind": "sources"},
            ],
        }

    def _output(self, body: JsonObject, table: str) -> JsonObject:
        built = [json.loads(each["content"]) for each in list_results(body) if '"file_id"' in each["content"]]
        quote = {"kind": "quote", "text": "Fossil Fuels", "passages": [f"{table}.1"], "expression": None}
        return {
            "output_type": "report_draft",
            "title": self.title,
            "body": "Wind leads since 2019.",
            "file_id": built[-1]["file_id"],
            "file_format": "pptx",
            "claims": [quote],
        }


@dataclass
class DraftWork:
    """A short text on what a thread says, in four turns; before the third it ends empty-handed once."""

    text: str = "Churn fell to 3 % in June [@{source}.1].\n\nNobody said why."
    turns: list[int] = field(default_factory=list)

    STEPS = ("Read the thread", "Write the text")

    def __call__(self, body: JsonObject) -> Reply:
        turn = count_turns(body) + 1
        self.turns.append(turn)
        source = find_source(body, "message")
        match turn:
            case 1:
                return calling(1, write_todos(self.STEPS, 0), ("read_source", {"source_id": source, "offset": 0}))
            case 2:
                return ending("Churn fell, I would say.")
            case 3:
                return calling(3, write_todos(self.STEPS, 2), ("emit_work_output", self._output(source)))
            case _:
                return ending()

    def _output(self, source: str) -> JsonObject:
        claim = {"kind": "figure", "text": "3 %", "passages": [f"{source}.1"], "expression": None}
        text = self.text.format(source=source)
        return {"output_type": "content_draft", "title": "Churn in June", "body": text, "claims": [claim]}
