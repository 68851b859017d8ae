"""Every method that needs nothing but the workspace, by name."""

from collections.abc import Callable
from typing import Final

from bot.sandbox.web_api import agents, chat, directory, files, reactions, streams, views
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.wire import Json
from bot.sandbox.workspace import Workspace

Method = Callable[[Workspace, Arguments], Json]
METHODS: Final[dict[str, Method]] = {
    "agents.sessions.rename": agents.rename_session,
    "agents.sessions.setStatus": agents.set_session_status,
    "assistant.threads.setStatus": agents.set_status,
    "assistant.threads.setSuggestedPrompts": agents.set_suggested_prompts,
    "bots.info": directory.bot_info,
    "chat.appendStream": streams.append_stream,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.startStream": streams.start_stream,
    "chat.stopStream": streams.stop_stream,
    "chat.update": chat.update,
    "conversations.history": directory.history,
    "conversations.info": directory.conversation_info,
    "conversations.list": directory.list_conversations,
    "conversations.members": directory.members,
    "conversations.open": directory.open_conversation,
    "conversations.replies": directory.replies,
    "files.delete": files.delete_file,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.info": files.file_info,
    "reactions.add": reactions.add_reaction,
    "reactions.get": reactions.get_reactions,
    "reactions.remove": reactions.remove_reaction,
    "team.info": directory.team_info,
    "users.info": directory.user_info,
    "users.list": directory.list_users,
    "views.open": views.open_view,
    "views.publish": views.publish_view,
    "views.push": views.push_view,
    "views.update": views.update_view,
}
