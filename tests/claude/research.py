"""Research as Claude does it with what the provider looks up for it, played from a script."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.claude.replies import (
    Reply,
    call,
    calling,
    citing,
    ending,
    found,
    not_found,
    saying,
    searching,
    thinking,
)
from tests.claude.scripts import count_turns, list_results, write_todos

JsonObject = dict[str, Any]
STEPS = ("Search", "Write the brief", "Hand it in")
PHASES = ("search", "say", "build", "hand in", "end")
QUERY = "Denmark wind power share of electricity 2023"
URL = "https://energy.example/denmark-2023"
TITLE = "Wind power in Denmark"
SENTENCE = "Wind power covered 53.9 percent of electricity consumption in Denmark in 2023."
OTHER_URL = "https://news.example/wind"
_NOTED = re.compile(r"^\[(S\d+(?:\.\d+)?)\] (.*)$", re.MULTILINE)


def list_told(body: JsonObject) -> list[str]:
    """Give what the model was told in words since the bundle, in order."""
    told = [block for message in body["messages"][1:] if message["role"] == "user" for block in message["content"]]
    return [str(block["text"]) for block in told if block["type"] == "text"]


def find_number(body: JsonObject, words: str) -> str | None:
    """Find the number under which these words were recorded."""
    noted = [found for told in list_told(body) for found in _NOTED.findall(told)]
    return next((number for number, said in noted if words in said), None)


@dataclass
class ResearchWork:
    """A brief on wind in Denmark: searches, says what it found, builds, hands in."""

    pauses: bool = False
    """The provider pauses in the middle of the search."""
    problem: str | None = None
    """What a search says that does not work."""
    title: str = TITLE
    """What the page that it quotes calls itself, and what it says."""
    sentence: str = SENTENCE
    says: str = "Wind covered 53.9 percent of consumption in 2023"
    """What the brief makes of it."""
    asked: list[str] = field(default_factory=list)
    """What was asked for, in the order of asking."""

    def __call__(self, body: JsonObject) -> Reply:
        said = count_turns(body)
        is_resumed = body["messages"][-1]["role"] == "assistant"
        self.asked.append("resume" if is_resumed else PHASES[said])
        return self._play(self.asked[-1], body)

    def _play(self, phase: str, body: JsonObject) -> Reply:
        match phase:
            case "search":
                return self._begin(body)
            case "resume":
                return Reply((self.find(), self._write_todos()), "tool_use")
            case "say":
                return self.say_found() if _may_search(body) else ending("The sources say nothing of it.")
            case "build":
                return calling(4, write_todos(STEPS, 1), ("Skill", {"skill": "docx", "content": self._brief(body)}))
            case "hand in":
                return calling(5, write_todos(STEPS, 2), ("emit_work_output", self._output(body)))
            case _:
                return ending()

    def _begin(self, body: JsonObject) -> Reply:
        thought = thinking("What is known?")
        if not _may_search(body):
            return Reply((thought, self._write_todos()), "tool_use")
        if self.pauses:
            return Reply((thought, self._search()), "pause_turn")
        return Reply((thought, self._search(), self.find(), self._write_todos()), "tool_use")

    def _search(self) -> JsonObject:
        return searching(QUERY, call_id="srvtoolu_1")

    def find(self) -> JsonObject:
        if self.problem:
            return not_found(self.problem, call_id="srvtoolu_1")
        return found((URL, self.title), (OTHER_URL, "A windy year"), call_id="srvtoolu_1")

    def _write_todos(self) -> JsonObject:
        name, given = write_todos(STEPS, 0)
        return call(name, given, call_id="toolu_todos")

    def say_found(self) -> Reply:
        if self.problem:
            return Reply((thinking(), saying("The search did not work.")), "end_turn")
        cited = citing("Wind covered 53.9 percent in 2023.", url=URL, title=self.title, cited_text=self.sentence)
        return Reply((thinking("So that is it."), saying("The search found one figure."), cited), "end_turn")

    def _brief(self, body: JsonObject) -> JsonObject:
        number = find_number(body, " ".join(self.sentence.split()))
        source = number.partition(".")[0] if number else "S1"
        says = f"{self.says} [@{number}]." if number else "Nobody says how much."
        return {
            "title": "Wind in Denmark",
            "sources": [{"id": source, "title": self.title if number else "thread", "kind": "web"}],
            "sections": [{"heading": "What is known", "blocks": [{"kind": "paragraph", "text": says}]}],
        }

    def _output(self, body: JsonObject) -> JsonObject:
        built = [json.loads(each["content"]) for each in list_results(body) if '"file_id"' in each["content"]]
        number = find_number(body, " ".join(self.sentence.split()))
        claim = {"kind": "figure", "text": "53.9 percent", "passages": [number], "expression": None}
        return {
            "output_type": "research_brief",
            "title": "Wind in Denmark",
            "body": "Wind covers half of what Denmark uses." if number else "The web could not be searched.",
            "file_id": built[-1]["file_id"],
            "file_format": "docx",
            "claims": [claim] if number else [],
        }


def _may_search(body: JsonObject) -> bool:
    return "web_search" in {each["name"] for each in body["tools"]}
