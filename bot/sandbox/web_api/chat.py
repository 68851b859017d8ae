"""chat.*: what the app says, changes and takes back."""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.sandbox.blocks import MARKDOWN_CHARS, check_message_blocks
from bot.sandbox.identity import TIMESTAMP
from bot.sandbox.messages import Message
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.places import find_thread, get_place, get_postable_place
from bot.sandbox.wire import Json, SlackError, is_object, is_object_list
from bot.sandbox.workspace import Workspace

# docs.slack.dev, chat.postMessage: "Slack will truncate messages containing more than 40,000 characters"
POST_CHARS: Final = 40_000
# docs.slack.dev, chat.update: `msg_too_long`, "cannot exceed 4,000 characters"
UPDATE_CHARS: Final = 4_000
# docs.slack.dev, chat.postMessage: `too_many_attachments`
ATTACHMENTS: Final = 100
# The size behind `metadata_too_large` is not documented; this is generous.
METADATA_CHARS: Final = 16_000
# What Slack writes where an app sent blocks and no text.
NO_TEXT: Final = "This content can't be displayed."


@dataclass(frozen=True)
class Content:
    """What a message shows, once it is known to be right."""

    text: str
    blocks: tuple[Json, ...]
    attachments: tuple[Json, ...]


def post_message(workspace: Workspace, args: Arguments) -> Json:
    """chat.postMessage."""
    place = get_postable_place(workspace, args)
    content = _content(workspace, args)
    thread_ts = find_thread(workspace, args, place)
    message = workspace.post(
        place,
        workspace.identity.bot_user_id,
        content.text[:POST_CHARS],
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=thread_ts,
        subtype="thread_broadcast" if thread_ts and args.flag("reply_broadcast") else None,
        metadata=metadata_of(args),
    )
    workspace.statuses.clear(place.id, thread_ts or message.ts)
    answer: Json = {"ok": True, "channel": place.id, "ts": message.ts}
    answer["message"] = workspace.message_json(message, with_metadata=True)
    return answer | ({"warning": "message_truncated"} if len(content.text) > POST_CHARS else {})


def post_ephemeral(workspace: Workspace, args: Arguments) -> Json:
    """chat.postEphemeral."""
    place = get_postable_place(workspace, args)
    user = args.required("user")
    if user not in place.members:
        raise SlackError("user_not_in_channel")
    content = _content(workspace, args)
    if len(content.text) > POST_CHARS:
        raise SlackError("msg_too_long")
    message = workspace.post(
        place,
        workspace.identity.bot_user_id,
        content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=find_thread(workspace, args, place),
        only_for=user,
    )
    return {"ok": True, "message_ts": message.ts}


def update(workspace: Workspace, args: Arguments) -> Json:
    """chat.update."""
    message = _own_message(workspace, args, "cant_update_message")
    if workspace.streams.is_open(message.channel, message.ts):
        raise SlackError("streaming_state_conflict")
    if len(args.text("text")) > UPDATE_CHARS:
        raise SlackError("msg_too_long")
    has_content = any(args.value(name) for name in ("text", "blocks", "attachments", "markdown_text"))
    metadata = metadata_of(args) if args.has("metadata") else message.metadata
    if not has_content and not args.has("metadata") and not args.has("file_ids"):
        raise SlackError("no_text")
    changed = replace(_updated(workspace, args, message) if has_content else message, metadata=metadata)
    if args.has("file_ids"):
        changed = replace(changed, file_ids=_attached(workspace, args))
    saved = workspace.edit(message, changed)
    shown = workspace.message_json(saved, with_metadata=True)
    return {"ok": True, "channel": saved.channel, "ts": saved.ts, "text": saved.text, "message": shown}


def delete(workspace: Workspace, args: Arguments) -> Json:
    """chat.delete."""
    message = _own_message(workspace, args, "cant_delete_message")
    workspace.messages.remove(message)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def get_permalink(workspace: Workspace, args: Arguments) -> Json:
    """chat.getPermalink."""
    place = get_place(workspace, args)
    message = workspace.messages.find(place.id, args.required("message_ts"))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    link = f"{workspace.origin}/archives/{place.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={place.id}"
    return {"ok": True, "channel": place.id, "permalink": link}


def metadata_of(args: Arguments) -> Json | None:
    """Give the metadata a call sends along, if it sends any.

    Raises:
        SlackError: `invalid_metadata_format` or `metadata_too_large`.
    """
    given = args.value("metadata")
    if not given:
        return None
    if not is_object(given):
        raise SlackError("invalid_metadata_format")
    if "entities" not in given and not (given.get("event_type") and is_object(given.get("event_payload"))):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(given)) > METADATA_CHARS:
        raise SlackError("metadata_too_large")
    return given


def _content(workspace: Workspace, args: Arguments) -> Content:
    text, marked = args.text("text"), args.text("markdown_text")
    if marked and (text or args.value("blocks")):
        raise SlackError("markdown_text_conflict")
    if len(marked) > MARKDOWN_CHARS:
        raise SlackError("msg_too_long")
    has_agent_features = workspace.rules.agent_features
    blocks = check_message_blocks(args.value("blocks"), has_agent_features=has_agent_features)
    attachments = _attachments(args, has_agent_features=has_agent_features)
    if not (text.strip() or blocks or attachments or marked):
        raise SlackError("no_text")
    if marked:
        return Content(marked, ({"type": "markdown", "text": marked},), attachments)
    return Content(text or (NO_TEXT if blocks else ""), blocks, attachments)


def _attachments(args: Arguments, *, has_agent_features: bool) -> tuple[Json, ...]:
    given: Any = args.value("attachments") or []
    if not is_object_list(given):
        raise SlackError("invalid_attachments")
    if len(given) > ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for one in given:
        check_message_blocks(one.get("blocks"), has_agent_features=has_agent_features)
    return tuple(given)


def _own_message(workspace: Workspace, args: Arguments, refusal: str) -> Message:
    place = get_place(workspace, args)
    ts = args.required("ts")
    message = workspace.messages.find(place.id, ts)
    if not TIMESTAMP.match(ts) or message is None or message.only_for or message.is_gone:
        raise SlackError("message_not_found")
    if not message.is_bot:
        raise SlackError(refusal)
    return message


def _updated(workspace: Workspace, args: Arguments, message: Message) -> Message:
    content = _content(workspace, args)
    if args.value("blocks"):
        return replace(message, text=content.text, blocks=content.blocks, attachments=content.attachments)
    edited_ts = workspace.stamps.next()
    return replace(
        message, text=content.text, blocks=content.blocks, attachments=content.attachments, edited_ts=edited_ts
    )


def _attached(workspace: Workspace, args: Arguments) -> tuple[str, ...]:
    file_ids = args.names("file_ids")
    if any(workspace.files.find(file_id) is None for file_id in file_ids):
        raise SlackError("file_not_found")
    return tuple(file_ids)
