"""From Slack's message to ours: what was said, by whom, where."""

import re
from typing import Final
from urllib.parse import quote

from bot.payload import Json, parts, text
from orchestration.readers.texts.characters import drop_unseen
from recipes.conversation import Said, SharedFile, Thread
from recipes.ids import ChannelId, MessageTs, SlackFileId, TeamId, UserId
from recipes.mentions import drop_marks, map_channels, mention_channel, mention_person, show_mentions

# Subtypes that are still somebody saying something; every other one is Slack's own bookkeeping.
SPOKEN: Final = frozenset({None, "file_share", "thread_broadcast"})
# Files whose bytes do not lie with Slack.
ABSENT_MODES: Final = frozenset({"external", "hidden_by_limit", "tombstone"})

LINK: Final = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
# Whom and where our own sentences mention; see `bot.views.limits.escape_words`.
MENTION: Final = re.compile(r"<(?=[@#])")


def is_spoken(message: Json) -> bool:
    """Tell whether a person says something here: no bot, no edit, no bookkeeping."""
    return not message.get("bot_id") and message.get("subtype") in SPOKEN and bool(message.get("user"))


def make_said(message: Json, *, team_id: TeamId, channel_id: str, bot_user_id: str) -> Said:
    """Give what a Slack message says; the author's name is looked up later."""
    ts = MessageTs(message["ts"])
    said = text(message, "text")
    mention = f"<@{bot_user_id}>"
    words = to_words(re.sub(rf"\s*{re.escape(mention)}[\s,:]*", " ", said).strip())
    thread_ts = MessageTs(message.get("thread_ts") or ts)
    return Said(
        thread=Thread(team_id=team_id, channel_id=ChannelId(channel_id), thread_ts=thread_ts),
        ts=ts,
        user_id=UserId(message["user"]),
        text=show_mentions(words),
        words=words,
        channels=map_channels(words),
        files=tuple(make_file(file) for file in parts(message, "files") if text(file, "id")),
        mentions_bot=mention in said or message.get("type") == "app_mention",
        is_direct=message.get("channel_type") == "im" or channel_id.startswith("D"),
    )


def to_words(text: str) -> str:
    """Give Slack's mrkdwn as words: mentions as marks, links by label and address, entities as characters.

    What nobody sees in it is left out.
    """

    def show(found: re.Match[str]) -> str:
        target, label = found["target"], found["label"] or ""
        match target[0]:
            case "@":
                return mention_person(target[1:], label)
            case "#":
                return mention_channel(target[1:], label)
            case "!":
                return label or f"@{target[1:].partition('^')[0]}"
            case _:
                return f"{label} ({target})" if label and label not in target else target

    shown = LINK.sub(show, drop_marks(text))
    return drop_unseen(shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def make_file(file: Json) -> SharedFile:
    """Give a file as Slack names it."""
    is_here = file.get("mode") not in ABSENT_MODES and not file.get("is_external")
    url = (file.get("url_private_download") or file.get("url_private")) if is_here else None
    return SharedFile(
        id=SlackFileId(file["id"]),
        name=_plain_name(file.get("name") or file.get("title") or "") or file["id"],
        size_bytes=int(file.get("size") or 0),
        url=url,
        permalink=_quote(file.get("permalink")),
    )


def _quote(link: str | None) -> str | None:
    """Give an address without characters that would end a link of Slack's or of Markdown in its middle."""
    return None if link is None else quote(link, safe="%/:?#@!$&'*+,;=~")


def _plain_name(name: str) -> str:
    """Give a file's name without what nobody sees, and without a mention: our sentences name files, and mention."""
    return MENTION.sub("", drop_unseen(name))
