"""What documents are made of, whatever their format: headings, paragraphs, tables. Folded, they become passages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from orchestration.readers.passages import (
    FILE_TEXT_CHARS,
    LOCATOR_CHARS,
    PASSAGE_CHARS,
    PASSAGES,
    ReadFile,
    ReadPassage,
    name_span,
)
from orchestration.readers.tables.grid import read_grid
from orchestration.readers.texts.prose import split_long
from recipes.source import Cell

# what an item of a list begins with
LIST_MARK: Final = "- "
# of a heading in a path; the whole path is cut at LOCATOR_CHARS
HEADING_CHARS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph, heading, list or table of a document."""

    text: str = ""
    """As it is quoted."""
    place: tuple[int, int]
    """The first and last of the lines or paragraphs that it takes in its document, counted from 1."""
    title: str | None = None
    """Of a heading: its words without marks."""
    level: int = 0
    """Of a heading: 1 is the highest that has a number; a document's title is 0."""
    rows: Sequence[Sequence[Cell]] = ()


def fold_blocks(filename: str, blocks: Iterable[Block], *, unit: str) -> ReadFile:
    """Give a document's passages: a section's paragraphs together up to half a page, each table by itself.

    Args:
        filename: Names a table that stands under no heading.
        blocks: In the document's order.
        unit: What places count: "line" or "paragraph". It locates what stands under no heading.
    """
    passages: list[ReadPassage] = []
    left_out: list[str] = []
    path: list[Block] = []
    chars = 0
    for group in _group(blocks):
        # One more than a file may hold, so that it is known that there are more.
        if len(passages) > PASSAGES or chars > FILE_TEXT_CHARS:
            break
        chars += sum(len(block.text) for block in group)
        for head in (block for block in group if block.title is not None):
            path = [*(each for each in path if each.level < head.level), head]
        locator = _name_path(path) or name_span(unit, group[0].place[0], group[-1].place[1])
        if group[-1].rows:
            # A heading that stands before a table is in its name and locator.
            name = (path[-1].title if path else "") or PurePosixPath(filename).stem
            read = read_grid(name, group[-1].rows, is_comma_grouping=False, locate=lambda _, said=locator: said)
            passages.extend(read.passages)
            left_out.extend(read.left_out)
        else:
            text = "\n\n".join(block.text for block in group)
            passages.extend(ReadPassage(locator=locator, content=part) for part in split_long(text))
    return ReadFile(passages=tuple(passages), left_out=tuple(left_out))


def join_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks with the items of each list together."""
    held: Block | None = None
    for block in blocks:
        is_item = block.title is None and block.text.startswith(LIST_MARK)
        has_room = held is not None and len(held.text) + len(block.text) < PASSAGE_CHARS
        if held is not None and has_room and is_item and held.text.startswith(LIST_MARK):
            held = replace(held, text=f"{held.text}\n{block.text}", place=(held.place[0], block.place[1]))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _group(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Give the blocks of each passage: a heading opens one, a table ends one, a full one is closed."""
    group: list[Block] = []
    chars = 0
    for block in blocks:
        is_full = chars + len(block.text) > PASSAGE_CHARS
        # Headings stay with what they stand above, be it a heading of a part of theirs.
        is_headed = bool(group) and group[-1].title is not None
        is_part = block.title is None or (is_headed and block.level > group[-1].level)
        if group and (not is_part or (not is_headed and (block.rows or is_full))):
            yield group
            group, chars = [], 0
        group.append(block)
        chars += len(block.text)
        if block.rows:
            yield group
            group, chars = [], 0
    if group:
        yield group


def _name_path(path: Sequence[Block]) -> str:
    said = " > ".join(shorten(each.title or "", HEADING_CHARS) for each in path if each.title)
    return said if len(said) <= LOCATOR_CHARS else "…" + said[-LOCATOR_CHARS + 1 :]


def shorten(words: str, most_chars: int) -> str:
    """Give words on one line, an ellipsis where they go beyond the limit."""
    said = " ".join(words.split())
    return said if len(said) <= most_chars else said[: most_chars - 1].rstrip() + "…"
