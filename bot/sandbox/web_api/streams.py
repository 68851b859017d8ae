"""chat.startStream, chat.appendStream, chat.stopStream: a message that is written while people watch."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.chunks import Display, add_chunks, check_chunks, end_tasks, text_of
from bot.sandbox.messages import Message
from bot.sandbox.streams import Kind, Stream
from bot.sandbox.web_api.agents import check_session_state
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.chat import metadata_of
from bot.sandbox.web_api.places import find_thread, get_joined_place, get_user
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

# reported: a streamed message with body text is refused above 10.6 to 11.3 kB, also when it is stopped
STREAM_BYTES: Final = 11_000
DISPLAYS: Final[dict[str, Display]] = {"": "timeline", "plan": "plan", "timeline": "timeline"}


def start_stream(workspace: Workspace, args: Arguments) -> Json:
    """chat.startStream."""
    _check_is_agent(workspace)
    place = get_joined_place(workspace, args)
    if place.kind != "im":
        _check_recipient(workspace, args)
    thread_ts = find_thread(workspace, args, place)
    display = _display(args)
    kind, chunks = _given(args)
    blocks = _checked(add_chunks((), chunks, display))
    message = workspace.post(place, workspace.identity.bot_user_id, text_of(blocks), blocks=blocks, thread_ts=thread_ts)
    workspace.streams.start(place.id, message.ts, thread_ts=thread_ts, display=display, kind=kind)
    workspace.statuses.set_session(place.id, message.root_ts, "processing", "")
    return {"ok": True, "channel": place.id, "ts": message.ts}


def append_stream(workspace: Workspace, args: Arguments) -> Json:
    """chat.appendStream."""
    _check_is_agent(workspace)
    message, stream = _open_stream(workspace, args)
    if stream.is_stopped_by_user:
        raise SlackError("stopped_by_user")
    kind, chunks = _given(args)
    if kind is None:
        raise SlackError("markdown_text_or_chunks_required")
    _check_kind(stream, kind)
    blocks = _checked(add_chunks(message.blocks, chunks, stream.display))
    workspace.streams.save(replace(stream, kind=kind))
    workspace.edit(message, replace(message, text=text_of(blocks), blocks=tuple(blocks)))
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def stop_stream(workspace: Workspace, args: Arguments) -> Json:
    """chat.stopStream: the message is whole now."""
    _check_is_agent(workspace)
    message, stream = _open_stream(workspace, args)
    kind, chunks = _given(args)
    _check_kind(stream, kind)
    last = check_message_blocks(args.value("blocks"), has_agent_features=True)
    state = check_session_state(args.text("session_status") or "active")
    blocks = end_tasks(_checked(add_chunks(message.blocks, chunks, stream.display)))
    metadata = metadata_of(args) if args.has("metadata") else message.metadata
    workspace.streams.save(replace(stream, is_stopped=True))
    whole = replace(message, text=text_of(blocks), blocks=(*blocks, *last), metadata=metadata)
    saved = workspace.edit(message, whole)
    workspace.statuses.set_session(message.channel, message.root_ts, state, "")
    shown = workspace.message_json(saved, with_metadata=True)
    return {"ok": True, "channel": saved.channel, "ts": saved.ts, "message": shown}


def _check_is_agent(workspace: Workspace) -> None:
    if not workspace.rules.agent_features:
        raise SlackError("unknown_method")


def _check_recipient(workspace: Workspace, args: Arguments) -> None:
    for name in ("recipient_user_id", "recipient_team_id"):
        if not args.text(name):
            raise SlackError(f"missing_{name}")
    get_user(workspace, args, "recipient_user_id")


def _display(args: Arguments) -> Display:
    display = DISPLAYS.get(args.text("task_display_mode"))
    if display is None:
        raise SlackError("invalid_arguments", ["must be one of plan, timeline [json-pointer:/task_display_mode]"])
    return display


def _given(args: Arguments) -> tuple[Kind | None, list[Json]]:
    text, chunks = args.text("markdown_text"), args.value("chunks")
    if text and chunks:
        raise SlackError("cannot_provide_both_markdown_text_and_chunks")
    if text:
        return "text", check_chunks([{"type": "markdown_text", "text": text}])
    return ("chunks", check_chunks(chunks)) if chunks else (None, [])


def _open_stream(workspace: Workspace, args: Arguments) -> tuple[Message, Stream]:
    place = get_joined_place(workspace, args)
    message = workspace.messages.find(place.id, args.required("ts"))
    if message is None or message.only_for or message.is_gone:
        raise SlackError("message_not_found")
    if not message.is_bot:
        raise SlackError("message_not_owned_by_app")
    stream = workspace.streams.find(place.id, message.ts)
    if stream is None or not workspace.streams.is_open(place.id, message.ts):
        raise SlackError("message_not_in_streaming_state")
    return message, stream


def _check_kind(stream: Stream, kind: Kind | None) -> None:
    if None not in (stream.kind, kind) and stream.kind != kind:
        raise SlackError("streaming_mode_mismatch")


def _checked(blocks: Sequence[Json]) -> Sequence[Json]:
    has_text = any(block["type"] == "markdown" for block in blocks)
    if has_text and len(json.dumps(blocks, ensure_ascii=False).encode()) > STREAM_BYTES:
        raise SlackError("msg_too_long")
    return blocks
