"""What leads out of a Markdown text: its links, pictures, addresses and tags, found as Markdown's readers find them."""

import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import reference as read_definition
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as read_address
from markdown_it.rules_inline import image as read_picture
from markdown_it.rules_inline import link as read_link

# Taking one out can make another of what stood around it; a text that is not done by then is written to do so.
ROUNDS: Final = 8
# markdown-it-py gives up at 20 brackets within one another; other readers of Markdown do not.
BRACKETS_DEEP: Final = 12
# A picture of a source whose caption is not quoted as Markdown wants it.
_LOOSE: Final = re.compile(r'!\[(?P<words>[^\]]*)\]\(\s*(?P<target>S\d+)\b\s*"?(?P<caption>[^")]*)[^)]*\)')
# Of HTML, or of Slack's mentions; a mark of a source may go, so that what follows it counts as well.
_OPENING: Final = re.compile(r"<(?=[A-Za-z/!?@#\[])")
# HTML that opens a line ends a paragraph, whatever the paragraph began.
_OPENING_LINE: Final = re.compile(r"(?m)^([\s>*+\-\d.)#]*)<(?=[A-Za-z/!?])(?!https?:|mailto:)")
_MARK_AHEAD: Final = re.compile(r"\[@S\d")
_ALIVE: Final = re.compile(r"(?P<kept>\\.)|(?P<sign>\[(?!@S\d)|<)", re.DOTALL)

Kind = Literal["link", "picture", "address"]


@dataclass(frozen=True, kw_only=True)
class Lead:
    """One link, picture or address in angle brackets."""

    kind: Kind
    words: str
    target: str
    caption: str = ""


Say = Callable[[Lead], str | None]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Where a lead stands; `<` of a tag has none, and of a definition the places are lines."""

    start: int
    end: int
    lead: Lead | None
    words_end: int = 0


def rewrite_leads(text: str, say: Say) -> str:
    """Give a Markdown text in which every lead is as it was told; tags and mentions become words.

    Definitions of addresses go, where a link to them would. Code blocks stay.

    Args:
        text: Markdown of whoever.
        say: Gives what to write for a lead, or None to let it stand.
    """
    text = re.sub(r"\r\n?", "\n", text).replace("\0", "")
    for _ in range(ROUNDS):
        written = _rewrite_once(text, say)
        if written == text:
            return text if _is_settled(text, say) else _deaden(text)
        text = written
    return _deaden(text)


def _rewrite_once(text: str, say: Say) -> str:
    lines = text.split("\n")
    tokens, env = _parse(text)
    leaves = [token for token in tokens if token.map and token.type in {"inline", "fence", "code_block"}]
    code = {at for token in leaves if token.type != "inline" for at in range(*token.map)}
    dropped = {at for found in _list_dropped(env, say) for at in range(found.start, found.end)}
    edges = {edge for token in leaves for edge in token.map}
    cuts = sorted({0, len(lines), *edges, *code, *dropped, *(at + 1 for at in code | dropped)})
    parts = ((start, "\n".join(lines[start:end])) for start, end in pairwise(cuts) if start not in dropped)
    return "\n".join(part if start in code else _rewrite_part(part, env, say) for start, part in parts)


def _list_dropped(env: MutableMapping[str, Any], say: Say) -> Iterator[_Found]:
    """Give the definitions that go: of what is told otherwise, and those that other readers may end sooner."""
    found = (each for each in _list_found(env, "definitions") if each.lead)
    return (each for each in found if each.end > each.start + 1 or (each.lead and say(each.lead) is not None))


def _rewrite_part(text: str, env: MutableMapping[str, Any], say: Say) -> str:
    """Give a paragraph, a heading or a row of a table."""
    if _measure_depth(text) > BRACKETS_DEEP:
        return _deaden(text)
    text = _OPENING_LINE.sub(r"\1&lt;", text)
    inner: dict[str, Any] = {"references": env.get("references", {})}
    _READER.inline.parse(text, _READER, inner, [])
    for found in reversed(list(_list_found(inner, "leads"))):
        text = text[: found.start] + _write(found, text, inner, say) + text[found.end :]
    return text


def _write(found: _Found, text: str, env: MutableMapping[str, Any], say: Say) -> str:
    if found.lead is None:
        return "&lt;"
    whole, rest = text[found.start : found.end], text[found.words_end : found.end]
    if found.lead.kind == "link" and "\n" in rest:
        return found.lead.words
    if (said := say(found.lead)) is not None:
        return f"[{said}]" if _MARK_AHEAD.match(whole) else said
    return f"[{_rewrite_part(found.lead.words, env, say)}{rest}" if found.lead.kind == "link" else whole


def _is_settled(text: str, say: Say) -> bool:
    """Tell whether the pieces of the text, without what marks them as a list or a quote, lead nowhere else either."""
    tokens, env = _parse(text)
    inlines = (token.content for token in tokens if token.type == "inline")
    return all(_rewrite_part(content, env, say) == content for content in inlines)


def _deaden(text: str) -> str:
    return _ALIVE.sub(lambda found: found["kept"] or ("&lt;" if found["sign"] == "<" else "\\["), text)


def _measure_depth(text: str) -> int:
    deep = deepest = 0
    for sign in re.findall(r"\\.|[\[\]]", text):
        deep = max(0, deep + {"[": 1, "]": -1}.get(sign, 0))
        deepest = max(deepest, deep)
    return deepest


def _parse(text: str) -> tuple[list[Any], dict[str, Any]]:
    env: dict[str, Any] = {}
    return list(_READER.parse(text, env)), env


def _list_found(env: MutableMapping[str, Any], where: str) -> Iterator[_Found]:
    yield from env.get(where, ())


def _find_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (called by the parser)
    if state.src[state.pos] != "[":
        return False
    start = state.pos
    return read_link(state, silent=True) and _keep(state, "link", start, is_silent=silent)


def _find_picture(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (called by the parser)
    start = state.pos
    if not state.src.startswith("![", start):
        return False
    if read_picture(state, silent=True):
        return _keep(state, "picture", start, is_silent=silent)
    loose = _LOOSE.match(state.src, start)
    if loose is None:
        return False
    state.pos = loose.end()
    if not silent:
        lead = Lead(kind="picture", words=loose["words"], target=loose["target"], caption=loose["caption"])
        state.env.setdefault("leads", []).append(_Found(start=start, end=state.pos, lead=lead))
    return True


def _find_angle(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (called by the parser)
    start = state.pos
    if read_address(state, silent=True):
        target = state.src[start + 1 : state.pos - 1]
        lead = Lead(kind="address", words=target, target=target)
    elif _OPENING.match(state.src, start):
        state.pos, lead = start + 1, None
    else:
        return False
    if not silent:
        state.env.setdefault("leads", []).append(_Found(start=start, end=state.pos, lead=lead))
    return True


def _find_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (by the parser)
    at = state.bMarks[start] + state.tShift[start]
    before = set(state.env.get("references", ()))
    if _MARK_AHEAD.match(state.src, at) or not read_definition(state, start, end, silent):
        return False
    new = [each["href"] for name, each in state.env.get("references", {}).items() if name not in before]
    lead = Lead(kind="link", words="", target=new[0] if new else "")
    state.env.setdefault("definitions", []).append(_Found(start=start, end=state.line, lead=lead))
    return True


def _keep(state: StateInline, kind: Kind, start: int, *, is_silent: bool) -> bool:
    """Note a link or a picture that the parser has just read, from `start` to where it is."""
    if is_silent:
        return True
    opened, end = start + (kind == "picture"), state.pos
    state.pos = start
    words_end = parseLinkLabel(state, opened)
    state.pos = end
    words = state.src[opened + 1 : words_end]
    target, caption = _read_target(state, words, words_end + 1)
    lead = Lead(kind=kind, words=words, target=target, caption=caption)
    state.env.setdefault("leads", []).append(_Found(start=start, end=end, lead=lead, words_end=words_end))
    return True


def _read_target(state: StateInline, words: str, at: int) -> tuple[str, str]:
    """Give address, as written, and caption of what follows the words: `(address "caption")`, `[name]` or less."""
    after = state.src[at : state.pos]
    if not after.startswith("("):
        name = normalizeReference(after[1:-1] or words)
        return state.env["references"][name]["href"], ""
    inside = after[1:].lstrip()
    target = parseLinkDestination(inside, 0, len(inside))
    if not target.ok:
        return "", ""
    rest = inside[target.pos :].lstrip()
    caption = parseLinkTitle(rest, 0, len(rest))
    return inside[: target.pos].removeprefix("<").removesuffix(">"), caption.str if caption.ok else ""


def _make_reader() -> MarkdownIt:
    """Give a parser that notes what leads out, and takes every address as it is written."""
    reader = MarkdownIt("commonmark").enable("table").disable(["html_block", "html_inline"])
    reader.validateLink = lambda url: True  # noqa: ARG005  # pyright: ignore[reportAttributeAccessIssue] -- replaceable
    reader.normalizeLink = lambda url: url  # pyright: ignore[reportAttributeAccessIssue] -- documented as replaceable
    reader.inline.ruler.at("link", _find_link)
    reader.inline.ruler.at("image", _find_picture)
    reader.inline.ruler.at("autolink", _find_angle)
    reader.block.ruler.at("reference", _find_definition)
    return reader


_READER: Final = _make_reader()
