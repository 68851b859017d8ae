"""files.*: asking for an upload address, completing the upload, and what became of a file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.conversations import Conversation
from bot.sandbox.files import StoredFile
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.pages import page
from bot.sandbox.web_api.places import find_thread, get_joined_place
from bot.sandbox.wire import Json, SlackError, is_object_list, missing
from bot.sandbox.workspace import Workspace

Later = Callable[[Callable[[], None], timedelta], None]


def get_upload_url(workspace: Workspace, args: Arguments) -> Json:
    """files.getUploadURLExternal."""
    name, size_bytes = args.text("filename"), args.number("length", 0)
    if not name or size_bytes <= 0:
        field = "length" if name else "filename"
        raise SlackError("missing_argument", [f"missing required field: {field}"])
    file = workspace.files.reserve(
        name,
        size_bytes=size_bytes,
        user=workspace.identity.bot_user_id,
        created=int(workspace.now()),
        alt_text=args.text("alt_txt"),
    )
    return {"ok": True, "upload_url": f"{workspace.origin}/upload/v1/{file.secret}", "file_id": file.id}


def complete_upload(workspace: Workspace, args: Arguments, later: Later) -> Json:
    """files.completeUploadExternal: the answer comes at once, the message that shows the files a little later."""
    files = [_titled(workspace, entry) for entry in _entries(args)]
    places = _targets(workspace, args)
    thread_ts = find_thread(workspace, args, places[0]) if len(places) == 1 else None
    if args.has("thread_ts") and thread_ts is None:
        raise SlackError("invalid_arguments", ["thread_ts needs exactly one channel"])
    comment = args.text("initial_comment")
    features = workspace.rules.agent_features
    blocks = () if comment else check_message_blocks(args.value("blocks"), has_agent_features=features)
    for file in files:
        workspace.files.save(file)
    wait = _find_wait(workspace, files)
    if wait is not None:
        for place in places:
            later(lambda place=place: _share(workspace, place, files, comment, blocks, thread_ts), wait)
    shown = [workspace.file_json(file.id, with_shares=True) for file in files]
    return {"ok": True, "files": shown}


def file_info(workspace: Workspace, args: Arguments) -> Json:
    """files.info."""
    file = _known_file(workspace, args.required("file"))
    comments, more = page((), args, default=100)
    shown = workspace.file_json(file.id, with_shares=True)
    return {"ok": True, "file": shown, "comments": list(comments), "response_metadata": more}


def delete_file(workspace: Workspace, args: Arguments) -> Json:
    """files.delete."""
    file = _known_file(workspace, args.required("file"))
    if file.user != workspace.identity.bot_user_id:
        raise SlackError("cant_delete_file")
    workspace.files.remove(file.id)
    workspace.changes.add("file_changed", file=workspace.file_json(file.id))
    return {"ok": True}


def _entries(args: Arguments) -> list[Json]:
    given: Any = args.value("files")
    if not given:
        raise missing("files")
    if not is_object_list(given) or not all(entry.get("id") for entry in given):
        raise SlackError("invalid_arguments", ["must be a list of objects with an id [json-pointer:/files]"])
    return given


def _titled(workspace: Workspace, entry: Json) -> StoredFile:
    file = _known_file(workspace, entry["id"])
    if file.content is None:
        raise SlackError("file_not_found")
    return replace(file, title=str(entry.get("title") or file.name), is_complete=True)


def _targets(workspace: Workspace, args: Arguments) -> list[Conversation]:
    names = args.names("channels") or args.names("channel_id")
    return [get_joined_place(workspace, Arguments({"channel": name})) for name in names]


def _find_wait(workspace: Workspace, files: list[StoredFile]) -> timedelta | None:
    """Give how long it takes until the files are seen; None where they never are."""
    if workspace.faults.take("never_shared") or not all(file.is_shareable for file in files):
        return None
    late = workspace.faults.take("lost_share_race")
    return workspace.rules.share_delay + (late.wait if late else timedelta(0))


def _share(
    workspace: Workspace,
    place: Conversation,
    files: list[StoredFile],
    comment: str,
    blocks: tuple[Json, ...],
    thread_ts: str | None,
) -> None:
    living = tuple(file.id for file in files if workspace.files.find(file.id))
    if not living:
        return
    message = workspace.post(
        place,
        workspace.identity.bot_user_id,
        comment,
        subtype="file_share",
        file_ids=living,
        blocks=blocks,
        thread_ts=thread_ts,
    )
    workspace.show_file(place, message)
    workspace.statuses.clear(place.id, thread_ts or message.ts)


def _known_file(workspace: Workspace, file_id: str) -> StoredFile:
    file = workspace.files.find(file_id)
    if file is None:
        raise SlackError("file_not_found")
    return file
