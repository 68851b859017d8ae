"""Web pages (HTML): what a browser would show of one, by its headings. Nothing is run, nothing fetched.

selectolax parses as browsers do (HTML5), so that nothing reads here that they would not show; lxml's HTML parser is of
the time before, and gives up at deep nesting.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from orchestration.readers.blocks import LIST_MARK, Block, fold_blocks, join_lists
from orchestration.readers.omissions import Omissions
from orchestration.readers.passages import FILE_TEXT_CHARS, ReadFile
from orchestration.readers.texts.characters import drop_unseen
from orchestration.readers.texts.decoding import decode_text
from recipes.source import Cell, FileRefused

# a stylesheet's rules that are looked at for what they hide, and of how many parts: longer ones cost seconds
HIDING_RULES: Final = 200
SELECTOR_PARTS: Final = 3
# measured: the standard has a parser look up through what is open at each of these elements, so that 10,000 of them in
# one another take half a second and 40,000 five; browsers give up at 512
NESTED: Final = 5_000

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_UNSHOWN: Final = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "math", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "video",
})  # fmt: skip
_PICTURES: Final = frozenset({"img", "picture", "svg", "canvas", "video", "audio"})
_FRAMES: Final = frozenset({"iframe", "object", "embed", "frame"})
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li",
    "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
# those of them that stay open until they are closed
_NESTING: Final = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|header"
    r"|hgroup|main|menu|nav|ol|pre|listing|search|section|summary|ul)\b",
    re.IGNORECASE,
)
_HIDING: Final = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.?\d))", re.IGNORECASE
)
_SPACE: Final = re.compile(r"\s+")
_RULE: Final = re.compile(r"([^{}]{1,200})\{([^{}]{0,2000})\}")


def read_web(filename: str, content: bytes) -> ReadFile:
    """Give a page's sections and tables.

    Raises:
        FileRefused: it is not text, empty, or nested beyond reason.
    """
    text = decode_text(filename, content)
    _check_nesting(filename, text)
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise FileRefused(filename, "holds nothing to read")
    omissions = Omissions()
    _drop_hidden(tree, omissions)
    page = _Page(omissions)
    read = fold_blocks(filename, join_lists(page.list_blocks(tree.body)), unit="paragraph")
    return ReadFile(passages=read.passages, left_out=(*read.left_out, *omissions.name()))


def _check_nesting(filename: str, text: str) -> None:
    depth = 0
    for found in _NESTING.finditer(text):
        depth = max(depth - 1, 0) if found[1] else depth + 1
        if depth > NESTED:
            raise FileRefused(filename, f"is nested more than {NESTED:,} elements deep")


def _drop_hidden(tree: LexborHTMLParser, omissions: Omissions) -> None:
    """Take out what the page's own marks and stylesheets hide: people did not see it, so it is not theirs."""
    selectors = ["[hidden]", "[style]"]
    for style in tree.css("style"):
        hiding = (selector.strip() for selector, said in _RULE.findall(style.text()) if _HIDING.search(said))
        simple = (selector for selector in dict.fromkeys(hiding) if len(selector.split()) <= SELECTOR_PARTS)
        selectors += islice(simple, HIDING_RULES)
    for number, selector in enumerate(selectors):
        with contextlib.suppress(SelectolaxError, ValueError):
            for node in tree.css(selector):
                is_hidden = number != 1 or _HIDING.search(node.attributes.get("style") or "")
                if is_hidden and node.tag not in {"html", "body"}:
                    omissions.add("hidden passages")
                    node.decompose()


@dataclass
class _Page:
    """A page's text as it is come by, block by block."""

    omissions: Omissions
    paragraphs: int = 0
    _said: list[str] = field(default_factory=list[str])
    _level: int | None = None

    def list_blocks(self, body: LexborNode) -> Iterator[Block]:
        """Give the blocks of a page, up to what a file may hold."""
        chars = 0
        for node, is_end, rows in _walk(body):
            tag = node.tag or ""
            if tag == "-text" and not is_end:
                self._said.append(_show_text(node))
            elif tag == "br" and not is_end:
                self._said.append("\n")
            elif tag in _BLOCKS or tag in _HEADINGS:
                for block in self._close():
                    chars += len(block.text)
                    yield block
                self._level = None if is_end else _HEADINGS.get(tag, self._level)
                if tag == "li" and not is_end:
                    self._said.append(LIST_MARK)
            elif not is_end:
                self._pass_over(tag)
            if rows:
                yield Block(place=(self.paragraphs + 1, self.paragraphs + 1), rows=rows)
            if chars > 2 * FILE_TEXT_CHARS:
                break
        yield from self._close()

    def _pass_over(self, tag: str) -> None:
        if tag in _PICTURES:
            self.omissions.add("pictures")
        elif tag in _FRAMES:
            self.omissions.add("frames")

    def _close(self) -> Iterator[Block]:
        """Give the paragraph that ends here, if it says anything."""
        said = _fold_space("".join(self._said))
        self._said = []
        if said and said != LIST_MARK.strip():
            self.paragraphs += 1
            place = (self.paragraphs, self.paragraphs)
            is_heading = self._level is not None
            yield Block(text=said, place=place, title=said if is_heading else None, level=self._level or 0)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool, list[list[Cell]]]]:
    """Give each node that may show something, at its start and at its end, without recursion: pages nest deeply.

    A table of data comes with its rows, and its inside is not walked.
    """
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        rows = _read_grid(node) if node.tag == "table" else []
        yield node, False, rows
        child = node.child if node.tag not in _UNSHOWN and not rows else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        while node is not None:
            yield node, True, []
            if not depth or node.next is not None:
                node = node.next if depth else None
                break
            node, depth = node.parent, depth - 1


def _read_grid(table: LexborNode) -> list[list[Cell]]:
    """Give the rows of a table of data; none for a table that only arranges other things."""
    if any(node.mem_id != table.mem_id for node in table.css("table")):
        return []
    rows: list[list[Cell]] = [
        [_fold_space(_SPACE.sub(" ", cell.text(separator=" "))) or None for cell in row.css("td, th")]
        for row in table.css("tr")
    ]
    return rows if len(rows) > 1 and max(len(row) for row in rows) > 1 else []


def _show_text(node: LexborNode) -> str:
    said = node.text_content or ""
    is_set = node.parent is not None and node.parent.tag == "pre"
    return said if is_set else _SPACE.sub(" ", said)


def _fold_space(said: str) -> str:
    lines = (" ".join(line.split()) for line in drop_unseen(said).split("\n"))
    return "\n".join(line for line in lines if line)
