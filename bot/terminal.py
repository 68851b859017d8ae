"""A thread in a terminal: Slack's messages as plain lines, for people who have never seen Slack's API."""

import re
import textwrap
from collections.abc import Mapping
from typing import Final

from bot.payload import Json, part, parts, text

WIDTH: Final = 100
INDENT: Final = "    "
MARKS: Final = {
    ":white_check_mark:": "✔",
    ":hourglass_flowing_sand:": "▸",
    ":white_circle:": "○",
}
TASKS: Final = {"pending": "○", "in_progress": "▸", "complete": "✔", "error": "✘"}
BOLD: Final = "\033[1m"
FAINT: Final = "\033[2m"
PLAIN: Final = "\033[0m"


def draw_message(message: Json, names: Mapping[str, str], *, colours: bool) -> list[str]:
    """Give a message as lines: who, then what, then its buttons and files."""
    who = names.get(text(message, "user"), "somebody")
    return [_paint(who, BOLD, colours=colours), *draw_body(message, names, colours=colours)]


def draw_edit(message: Json, names: Mapping[str, str], *, colours: bool) -> str:
    """Give the line that says that an earlier message was edited in place."""
    who = names.get(text(message, "user"), "somebody")
    return _paint(f"{who}, editing the same message", FAINT, colours=colours)


def draw_body(message: Json, names: Mapping[str, str], *, colours: bool) -> list[str]:
    """Give what a message says, without its author."""
    blocks = parts(message, "blocks")
    told = [block for block in blocks if block.get("type") in {"header", "section", "context", "actions", "plan"}]
    lines = [line for block in told for line in _draw_block(block, names, colours=colours)]
    if not told and text(message, "text"):
        lines = _wrap(to_words(text(message, "text"), names))
    return [*lines, *(f"{INDENT}📎 {text(file, 'name')}" for file in parts(message, "files"))]


def to_words(markdown: str, names: Mapping[str, str]) -> str:
    """Give mrkdwn as words: names for mentions, labels for links, no marks."""
    shown = re.sub(r"<@(\w+)>", lambda found: f"@{names.get(found[1], found[1])}", markdown)
    shown = re.sub(r"<#(\w+)(?:\|([^>]*))?>", lambda found: f"#{found[2] or names.get(found[1], found[1])}", shown)
    shown = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", shown)
    shown = re.sub(r"<[^|>]+\|([^>]+)>", r"\1", shown)
    shown = re.sub(r"(?<!\w)[*_`]([^*_`\n]+)[*_`](?!\w)", r"\1", shown)
    for code, mark in MARKS.items():
        shown = shown.replace(code, mark)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _draw_block(block: Json, names: Mapping[str, str], *, colours: bool) -> list[str]:
    match block.get("type"):
        case "header":
            return [INDENT + _paint(text(part(block, "text"), "text"), BOLD, colours=colours)]
        case "context":
            said = "  ".join(text(element, "text") for element in parts(block, "elements"))
            return [_paint(line, FAINT, colours=colours) for line in _wrap(to_words(said, names))]
        case "plan":
            tasks = [f"{TASKS.get(text(each, 'status'), '')} {text(each, 'title')}" for each in parts(block, "tasks")]
            title = [INDENT + _paint(text(block, "title"), BOLD, colours=colours)]
            return title + [line for task in tasks for line in _wrap(task)]
        case "actions":
            labels = map(_label, parts(block, "elements"))
            return [INDENT + "  ".join(f"[ {label} ]" for label in labels)]
        case _:
            return _wrap(to_words(text(part(block, "text"), "text"), names))


def _label(element: Json) -> str:
    """Give what stands on a button, or in a menu before somebody chose."""
    return text(part(element, "text"), "text") or f"{text(part(element, 'placeholder'), 'text')} ▾"


def _wrap(said: str) -> list[str]:
    lines: list[str] = []
    for line in said.split("\n"):
        hang = INDENT + ("  " if line.startswith(("•", "✔", "▸", "○", "✘")) else "")
        lines.extend(textwrap.wrap(line, WIDTH, initial_indent=INDENT, subsequent_indent=hang) or [""])
    return lines


def _paint(line: str, colour: str, *, colours: bool) -> str:
    return f"{colour}{line}{PLAIN}" if colours else line
