"""How a good model reads what the stories say: written by hand, a row for each message, in `readings.toml`.

A row holds the message, without marks for the bot, and what it says. What it leaves out is as for words that change
nothing: intent `work`, the recipe in force. `when` says where the row counts: each of its keys is one of the material,
and holds this value there. An answer is `raw`, quoted as it is, or `[raw, quote]`. The first row that fits is taken.
"""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.claude.replies import NothingWritten, Reply, saying, thinking

JsonObject = dict[str, Any]
TABLE = Path(__file__).parent / "readings.toml"


@dataclass(frozen=True)
class Readings:
    """The rows of a table."""

    rows: tuple[JsonObject, ...]
    wishes: tuple[JsonObject, ...] = ()
    """What messages want changed of what was delivered; one without a row is about something else."""

    def answer(self, body: JsonObject) -> Reply:
        """Give the reply to a request for a reading; fits `Script`.

        Raises:
            NothingWritten: no row fits. Nobody reads in its place.
        """
        material = json.loads(body["messages"][0]["content"][0]["text"])
        if "file" in material:
            return reply_with(self._find_wish(material["message"]))
        row = next((each for each in self.rows if fits(each, material)), None)
        if row is None:
            state = {name: material[name] for name in ("recipe", "asked", "offered", "answers")}
            raise NothingWritten(f"{TABLE.name} has no row for “{material['message']}” where {json.dumps(state)}")
        return reply_with(make_reading(row, material))

    def _find_wish(self, message: str) -> JsonObject:
        row = next((each for each in self.wishes if _normalise(each["message"]) == _normalise(message)), None)
        changes = [{"places": [], "number": None, "name": "", **each} for each in (row or {}).get("changes", ())]
        return {"concerns": "change" if changes else "other", "changes": changes}


def read_readings() -> Readings:
    """Give the table."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return Readings(tuple(table["reading"]), tuple(table["wish"]))


def reply_with(value: JsonObject) -> Reply:
    """Give the reply that holds a reading."""
    return Reply((thinking(signature="cmVhZA=="), saying(json.dumps(value))), "end_turn")


def fits(row: JsonObject, material: JsonObject) -> bool:
    """Tell whether this row is for the message of this material, where the talk stands now."""
    is_said = _normalise(row["message"]) == _normalise(material["message"])
    return is_said and all((material[name] or "") == value for name, value in row.get("when", {}).items())


def make_reading(row: JsonObject, material: JsonObject) -> JsonObject:
    """Give what a model replies by this row, as its schema wants it."""
    return {
        "intent": row.get("intent", "work"),
        "recipe": row.get("recipe", material["recipe"]) or None,
        "recipe_quote": row.get("recipe_quote", ""),
        "candidates": row.get("candidates", []),
        "answers": [_make_answer(name, told) for name, told in row.get("answers", {}).items()],
        "doubts": [{"parameter": name, "quote": quote} for name, quote in row.get("doubts", {}).items()],
    }


def _make_answer(name: str, told: str | list[str]) -> JsonObject:
    raw, quote = (told, told) if isinstance(told, str) else told
    return {"parameter": name, "raw": raw, "quote": quote}


def _normalise(message: str) -> str:
    return " ".join(message.casefold().split())
