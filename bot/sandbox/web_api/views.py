"""views.*: modals opened by a trigger, changed and stacked, and each person's App Home."""

from bot.sandbox.elements import with_ids
from bot.sandbox.view_rules import check_view
from bot.sandbox.views import View
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.places import get_user
from bot.sandbox.wire import Json, SlackError, missing
from bot.sandbox.workspace import Workspace


def open_view(workspace: Workspace, args: Arguments) -> Json:
    """views.open."""
    content = checked_modal(workspace, args.value("view"))
    trigger = workspace.triggers.check(args.required("trigger_id"))
    workspace.triggers.spend(args.text("trigger_id"))
    return _shown(workspace, "view_opened", workspace.views.open(trigger.user, content))


def push_view(workspace: Workspace, args: Arguments) -> Json:
    """views.push: only a trigger that came from a modal can put another on top of it."""
    content = checked_modal(workspace, args.value("view"))
    trigger = workspace.triggers.check(args.required("trigger_id"))
    onto = workspace.views.find(trigger.view_id or "")
    if onto is None or onto.is_home:
        raise SlackError("not_found")
    view = workspace.views.push(onto, content)
    workspace.triggers.spend(args.text("trigger_id"))
    return _shown(workspace, "view_opened", view)


def update_view(workspace: Workspace, args: Arguments) -> Json:
    """views.update."""
    if not args.text("view_id") and not args.text("external_id"):
        raise missing("view_id")
    by_id, by_name = args.text("view_id"), args.text("external_id")
    view = workspace.views.find(by_id) if by_id else workspace.views.find_external(by_name)
    if view is None:
        raise SlackError("not_found")
    content = checked_modal(workspace, args.value("view"), replacing=view)
    if args.text("hash") not in ("", view.hash):
        raise SlackError("hash_conflict")
    return _shown(workspace, "view_updated", workspace.views.update(view, content))


def publish_view(workspace: Workspace, args: Arguments) -> Json:
    """views.publish."""
    user = get_user(workspace, args, "user_id")
    features = workspace.rules.agent_features
    content = check_view(args.value("view"), "home", has_agent_features=features)
    home = workspace.views.find_home(user.id)
    if home is not None and args.text("hash") not in ("", home.hash):
        raise SlackError("hash_conflict")
    view = workspace.views.publish(user.id, _named(workspace, content))
    return _shown(workspace, "home_published", view)


def checked_modal(workspace: Workspace, view: object, *, replacing: View | None = None) -> Json:
    """Give the modal with all ids in place, if Slack would take it.

    Raises:
        SlackError: `invalid_arguments`, `view_too_large` or `duplicate_external_id`.
    """
    content = check_view(view, "modal", has_agent_features=workspace.rules.agent_features)
    twin = workspace.views.find_external(content.get("external_id") or "-")
    if twin is not None and (replacing is None or twin.id != replacing.id):
        raise SlackError("duplicate_external_id")
    return _named(workspace, content)


def _named(workspace: Workspace, content: Json) -> Json:
    return content | {"blocks": with_ids(content["blocks"], workspace.new_block_id)}


def _shown(workspace: Workspace, kind: str, view: View) -> Json:
    workspace.log_view(kind, view)
    return {"ok": True, "view": workspace.view_json(view)}
