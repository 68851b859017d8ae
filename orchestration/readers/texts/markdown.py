"""Markdown: a passage a section, its heading kept with its text; tables become tables."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from orchestration.readers.blocks import Block, fold_blocks
from orchestration.readers.passages import FILE_TEXT_CHARS, ReadFile
from orchestration.readers.texts.decoding import decode_text


def read_markdown(filename: str, content: bytes) -> ReadFile:
    """Give a Markdown text's sections and tables, in order.

    Raises:
        FileRefused: it is not text, or empty.
    """
    text = decode_text(filename, content)
    # The parser is slow: what no bundle holds is not parsed, only said.
    head, rest = text[:FILE_TEXT_CHARS], text[FILE_TEXT_CHARS:]
    read = fold_blocks(filename, _list_blocks(head), unit="line")
    if not rest.strip():
        return read
    unread = f"everything from line {head.count(chr(10)) + 1} on: a file may hold {FILE_TEXT_CHARS:,} characters"
    return ReadFile(passages=read.passages, left_out=(*read.left_out, unread))


def _list_blocks(text: str) -> Iterator[Block]:
    lines = text.split("\n")
    # What stands inside a paragraph is quoted as it is written; to parse it would take most of the time.
    tokens = MarkdownIt("commonmark").enable("table").disable("inline").parse(text)
    inline = MarkdownIt("commonmark")
    for number, token in enumerate(tokens):
        if token.level or token.map is None or token.nesting < 0 or token.type == "hr" or _is_unseen(token):
            continue
        first, end = token.map
        said = "\n".join(lines[first:end]).strip("\n")
        place = (first + 1, max(end, first + 1))
        if token.type == "table_open":
            yield Block(text=said, place=place, rows=_read_rows(tokens, number))
        elif token.type == "heading_open":
            (heading,) = inline.parseInline(tokens[number + 1].content)
            title = _show_words(heading)
            yield Block(text=said, place=place, title=title, level=int(token.tag[1:]))
        elif said.strip():
            yield Block(text=said, place=place)


def _show_words(inline: Token) -> str:
    """Give a heading's words without the marks in them."""
    return "".join(child.content for child in inline.children or () if child.type in {"text", "code_inline"}).strip()


def _is_unseen(token: Token) -> bool:
    """Tell whether a page made of this text would not show a piece of HTML in it."""
    return token.type == "html_block" and token.content.lstrip().lower().startswith(("<!--", "<script", "<style"))


def _read_rows(tokens: Sequence[Token], start: int) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for number in range(start, len(tokens)):
        token = tokens[number]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return tuple(tuple(row) for row in rows)
