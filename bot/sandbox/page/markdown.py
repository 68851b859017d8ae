"""The `markdown` block as HTML: standard Markdown without raw HTML, links only where a message may lead."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from bot.sandbox.page.reader import is_safe

OUTWARD: Final = {"target": "_blank", "rel": "noopener noreferrer"}


def render_markdown(text: str) -> Markup:
    """Give the HTML of a `markdown` block."""
    markdown = _markdown()
    tokens = markdown.parse(text)
    _settle(tokens)
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return Markup(html)  # noqa: S704 -- markdown-it escapes, with HTML off and links checked


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("js-default", {"html": False, "linkify": False})
    made.validateLink = is_safe  # pyright: ignore[reportAttributeAccessIssue] -- documented as replaceable
    return made


def _settle(tokens: Sequence[Token]) -> None:
    """Let links leave the page, images be links, and cells be aligned by a class, not by a style."""
    for token in tokens:
        style = str(token.attrs.pop("style", ""))
        if style:
            token.attrSet("class", f"align-{style.rpartition(':')[2]}")
        if token.type == "link_open":
            token.attrs.update(OUTWARD)
        if token.children:
            token.children = [part for child in token.children for part in _without_image(child)]
            _settle(token.children)


def _without_image(token: Token) -> list[Token]:
    if token.type != "image":
        return [token]
    start = Token("link_open", "a", 1, attrs={"href": token.attrs.get("src", "")})
    return [start, Token("text", "", 0, content=token.content or "image"), Token("link_close", "a", -1)]
