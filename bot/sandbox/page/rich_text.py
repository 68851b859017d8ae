"""Slack's `rich_text` blocks as HTML: sections, lists, quotes and code, and the pieces of text in them."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from bot.sandbox.page.dates import formatted
from bot.sandbox.page.mrkdwn import SECONDS, render_channel, render_emoji, render_link, render_mention
from bot.sandbox.page.reader import Reader
from bot.sandbox.wire import Json, objects_in

STYLES: Final = {
    "code": Markup("<code>{}</code>"),
    "bold": Markup("<b>{}</b>"),
    "italic": Markup("<i>{}</i>"),
    "strike": Markup("<s>{}</s>"),
}
FRAMES: Final = {
    "rich_text_section": Markup("<p>{}</p>"),
    "rich_text_quote": Markup("<blockquote>{}</blockquote>"),
    "rich_text_preformatted": Markup("<pre>{}</pre>"),
}
# How deep lists may be nested before they stop moving to the right.
LIST_INDENTS: Final = 8


def render_rich_text(block: Json, reader: Reader) -> Markup:
    """Give the HTML of a `rich_text` block, or of the cell or task detail that is one."""
    parts: list[Markup] = []
    for is_list, run in groupby(
        objects_in(block.get("elements")), key=lambda part: part.get("type") == "rich_text_list"
    ):
        parts += [_list(part, reader) if is_list else _frame(part, reader) for part in run]
    return Markup("").join(parts)


def _frame(part: Json, reader: Reader) -> Markup:
    frame = FRAMES.get(str(part.get("type")), FRAMES["rich_text_section"])
    return frame.format(_pieces(objects_in(part.get("elements")), reader))


def _list(part: Json, reader: Reader) -> Markup:
    items = Markup("").join(
        Markup("<li>{}</li>").format(_pieces(objects_in(item.get("elements")), reader))
        for item in objects_in(part.get("elements"))
    )
    indent = min(_number(part.get("indent")), LIST_INDENTS)
    if part.get("style") != "ordered":
        return Markup('<ul class="indent-{}">{}</ul>').format(indent, items)
    start = _number(part.get("offset")) + 1
    return Markup('<ol class="indent-{}" start="{}">{}</ol>').format(indent, start, items)


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _pieces(pieces: Sequence[Json], reader: Reader) -> Markup:
    return Markup("").join(_styled(piece, reader) for piece in pieces)


def _styled(piece: Json, reader: Reader) -> Markup:
    kinds: dict[str, Callable[[Json, Reader], Markup]] = {
        "broadcast": _broadcast,
        "channel": lambda one, who: render_channel(str(one.get("channel_id")), who),
        "color": lambda one, _: Markup("<code>{}</code>").format(one.get("value")),
        "date": _date,
        "emoji": _emoji,
        "link": _link,
        "user": lambda one, who: render_mention(str(one.get("user_id")), who),
    }
    shown = kinds.get(str(piece.get("type")), _text)(piece, reader)
    style: Json = piece.get("style") or {}
    for name, frame in STYLES.items():
        shown = frame.format(shown) if style.get(name) else shown
    return shown


def _text(piece: Json, _: Reader) -> Markup:
    known = piece.get("text") or piece.get("usergroup_id") or piece.get("team_id")
    return escape(str(known or ""))


def _broadcast(piece: Json, _: Reader) -> Markup:
    return Markup('<span class="mention is-me">@{}</span>').format(piece.get("range"))


def _date(piece: Json, reader: Reader) -> Markup:
    seconds = piece.get("timestamp")
    if not SECONDS.fullmatch(str(seconds)):
        return escape(str(piece.get("fallback") or ""))
    words = formatted(int(str(seconds)), str(piece.get("format") or "{date}"), reader.now)
    url = piece.get("url")
    return render_link(str(url), words, reader) if url else escape(words)


def _emoji(piece: Json, _: Reader) -> Markup:
    return render_emoji(str(piece.get("name")))


def _link(piece: Json, reader: Reader) -> Markup:
    url = str(piece.get("url"))
    return render_link(url, str(piece.get("text") or url), reader)
