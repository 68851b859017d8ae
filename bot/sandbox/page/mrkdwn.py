"""Slack's mrkdwn as HTML: what a message says, escaped, with its few marks, links and mentions."""

import html
import re
from collections.abc import Callable
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from bot.sandbox.page.dates import formatted
from bot.sandbox.page.emoji import find_emoji
from bot.sandbox.page.reader import Reader, is_safe

FENCE: Final = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
QUOTED: Final = re.compile(r"(?:&gt;|>) ?")
# A token or code inside bold, italic or struck text is one piece: a mark within it does not end the text.
_ATOM: Final = r"<[^<>\n]+>|`[^`\n]+`"
# Every alternative begins with another character, so that a hostile text cannot make the search slow.
INLINE: Final = re.compile(
    rf"""
    <(?P<token>[^<>\n]+)>
    | `(?P<code>[^`\n]+)`
    | (?<![\w*]) \* (?=\S) (?P<bold>(?:{_ATOM}|[^*\n<`])+) (?<=\S) \* (?![\w*])
    | (?<![\w_]) _ (?=\S) (?P<italic>(?:{_ATOM}|[^_\n<`]|(?<=\w)_(?=\w))+) (?<=\S) _ (?![\w_])
    | (?<![\w~]) ~ (?=\S) (?P<strike>(?:{_ATOM}|[^~\n<`])+) (?<=\S) ~ (?![\w~])
    | (?<!\w) :(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-\d)?):
    | (?P<bare>https?://[^\s<>|`]+[^\s<>|`.,;:!?)"'\]*_~])
    """,
    re.VERBOSE,
)
MARKS: Final = {"bold": Markup("<b>{}</b>"), "italic": Markup("<i>{}</i>"), "strike": Markup("<s>{}</s>")}
DATE_PARTS: Final = 3
# Up to the year 5138: what every calendar can show.
SECONDS: Final = re.compile(r"\d{1,11}", re.ASCII)


def render_mrkdwn(text: str, reader: Reader) -> Markup:
    """Give the HTML of a text as Slack holds it: `&`, `<` and `>` escaped, tokens in angle brackets."""
    parts: list[Markup] = []
    for number, part in enumerate(FENCE.split(text)):
        if number % 2:
            parts.append(Markup("<pre>{}</pre>").format(_code(part, reader)))
        elif part.strip("\n"):
            parts += _paragraphs(part, reader)
    return Markup("").join(parts)


def render_plain(text: str) -> Markup:
    """Give the HTML of plain text: only the names of emoji mean something."""
    return Markup("").join(
        render_emoji(match["emoji"]) if match else escape(word) for word, match in _split_emoji(html.unescape(text))
    )


def render_mention(user_id: str, reader: Reader, label: str | None = None) -> Markup:
    """Give a mention of somebody; the reader's own stands out."""
    name = reader.people.get(user_id) or label or user_id
    mine = " is-me" if user_id == reader.user_id else ""
    return Markup('<span class="mention{}">@{}</span>').format(mine, name)


def render_channel(channel_id: str, reader: Reader, label: str | None = None) -> Markup:
    """Give the name of a channel, as a link for who can see it."""
    name = reader.channels.get(channel_id)
    if name is None:
        return Markup('<span class="mention">#{}</span>').format(label or channel_id)
    return Markup('<a class="mention" data-go href="/client/{}/{}">#{}</a>').format(reader.user_id, channel_id, name)


def render_link(url: str, label: str | Markup, reader: Reader) -> Markup:
    """Give a link, or only its words where the address is none a message may lead to."""
    path = reader.find_own_path(url)
    if path:
        return Markup('<a data-go href="{}">{}</a>').format(path, label)
    if not is_safe(url):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def render_emoji(name: str) -> Markup:
    """Give an emoji by its name; an unknown name stays as it is written."""
    found = find_emoji(name)
    if found is None:
        return escape(f":{name}:")
    label = name.partition("::")[0]
    return Markup('<span class="emoji is-{}" role="img" aria-label="{}">{}</span>').format(
        label, label.replace("_", " "), found
    )


def render_date(target: str, label: str | None, reader: Reader) -> Markup:
    """Give the words of `!date^seconds^pattern^link`; the label stands in where it cannot be read."""
    seconds, pattern, link, *_ = [*target.removeprefix("date^").split("^", DATE_PARTS - 1), "", ""]
    if not SECONDS.fullmatch(seconds):
        return escape(label or target)
    words = formatted(int(seconds), html.unescape(pattern), reader.now)
    return render_link(html.unescape(link), words, reader) if link else escape(words)


def _paragraphs(text: str, reader: Reader) -> list[Markup]:
    """Give runs of quoted and unquoted lines, each as one piece."""
    lines = text.strip("\n").split("\n")
    parts: list[Markup] = []
    for is_quote, run in groupby(lines, key=lambda line: QUOTED.match(line) is not None):
        if is_quote:
            inner = _inline("\n".join(QUOTED.sub("", line, count=1) for line in run), reader)
            parts.append(Markup("<blockquote>{}</blockquote>").format(inner))
        else:
            parts.append(Markup("<p>{}</p>").format(_inline("\n".join(run), reader)))
    return parts


def _inline(text: str, reader: Reader) -> Markup:
    parts: list[Markup] = []
    end = 0
    for match in INLINE.finditer(text):
        parts += [escape(html.unescape(text[end : match.start()])), _piece(match, reader)]
        end = match.end()
    return Markup("").join([*parts, escape(html.unescape(text[end:]))])


def _piece(match: re.Match[str], reader: Reader) -> Markup:
    kind = match.lastgroup or ""
    held = match[kind]
    if kind in MARKS:
        return MARKS[kind].format(_inline(held, reader))
    if kind == "bare":
        return render_link(html.unescape(held), html.unescape(held), reader)
    if kind == "code":
        return Markup("<code>{}</code>").format(_code(held, reader))
    return render_emoji(held) if kind == "emoji" else _token(held, reader)


def _token(token: str, reader: Reader) -> Markup:
    target, _, label = token.partition("|")
    words = html.unescape(label) or None
    sigils: dict[str, Callable[[], Markup]] = {
        "@": lambda: render_mention(target[1:], reader, words),
        "#": lambda: render_channel(target[1:], reader, words),
        "!": lambda: _special(target[1:], words, reader),
    }
    plain_link = html.unescape(target)
    shown = sigils.get(target[:1], lambda: render_link(plain_link, render_plain(label) or plain_link, reader))
    return shown()


def _special(target: str, label: str | None, reader: Reader) -> Markup:
    if target.startswith("date^"):
        return render_date(target, label, reader)
    return Markup('<span class="mention is-me">{}</span>').format(label or f"@{target.partition('^')[0]}")


def _code(text: str, reader: Reader) -> Markup:
    """Give code as it is; Slack shows tokens in it by their words."""
    pieces = re.split(r"<([^<>\n]+)>", text)
    shown = [
        _token(piece, reader).striptags() if number % 2 else html.unescape(piece) for number, piece in enumerate(pieces)
    ]
    return escape("".join(shown))


def _split_emoji(text: str) -> list[tuple[str, re.Match[str] | None]]:
    parts: list[tuple[str, re.Match[str] | None]] = []
    end = 0
    for match in re.finditer(r"(?<!\w):(?P<emoji>[a-z0-9_+'-]+):", text):
        parts += [(text[end : match.start()], None), ("", match)]
        end = match.end()
    return [*parts, (text[end:], None)]
