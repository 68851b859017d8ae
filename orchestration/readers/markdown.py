"""Markdown: a passage a section, its heading kept with its text; tables become tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from orchestration.readers.decoding import decode_text
from orchestration.readers.grid import read_grid
from orchestration.readers.passages import PASSAGE_CHARS, ReadFile
from orchestration.readers.prose import split_long
from recipes.source import Table


@dataclass(frozen=True)
class _Block:
    """One top-level block: its source text, and its rows where it is a table."""

    text: str
    is_heading: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


def read_markdown(filename: str, content: bytes) -> ReadFile:
    """Give a Markdown text's sections and tables, in order.

    Raises:
        FileRefused: it is not text, or empty.
    """
    text = decode_text(filename, content)
    passages: list[str | Table] = []
    left_out: list[str] = []
    heading = filename
    for group in _group(_list_blocks(text)):
        if group[0].is_heading:
            heading = group[0].text.strip("#=- \n")
        if group[0].rows:
            read = read_grid(heading, group[0].rows, is_comma_grouping=False)
            passages.extend(read.passages)
            left_out.extend(read.left_out)
        else:
            passages.extend(split_long("\n\n".join(block.text for block in group)))
    return ReadFile(passages=tuple(passages), left_out=tuple(left_out))


def _group(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Give the blocks of each passage: a heading opens one, a table is one, a full one is closed."""
    group: list[_Block] = []
    for block in blocks:
        is_full = sum(len(each.text) for each in group) + len(block.text) > PASSAGE_CHARS
        follows_heading = len(group) == 1 and group[0].is_heading
        if group and (block.is_heading or block.rows or (is_full and not follows_heading)):
            yield group
            group = []
        if block.rows:
            yield [block]
        else:
            group.append(block)
    if group:
        yield group


def _list_blocks(text: str) -> Iterator[_Block]:
    lines = text.split("\n")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for place, token in enumerate(tokens):
        if token.level or token.map is None or token.nesting < 0:
            continue
        said = "\n".join(lines[token.map[0] : token.map[1]]).strip("\n")
        if token.type == "table_open":
            yield _Block(said, rows=_read_rows(tokens[place:]))
        elif said.strip() and token.type != "hr":
            yield _Block(said, is_heading=token.type == "heading_open")


def _read_rows(tokens: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return tuple(tuple(row) for row in rows)
