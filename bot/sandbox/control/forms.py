"""What people fill in: modals submitted, refused with errors, changed, stacked and closed."""

from dataclasses import replace

from aiohttp import web

from bot.sandbox.control.desk import Desk
from bot.sandbox.control.requests import Body, ControlError, get_person, read_body
from bot.sandbox.elements import find_block, walk_inputs
from bot.sandbox.inputs import BadInput, entered_value, find_complaint
from bot.sandbox.payloads import Payloads
from bot.sandbox.people import User
from bot.sandbox.views import State, View
from bot.sandbox.web_api.views import checked_modal
from bot.sandbox.wire import Json, SlackError, is_object, is_object_list
from bot.sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


class Forms:
    """The routes for open modals."""

    def __init__(self, workspace: Workspace, payloads: Payloads, desk: Desk) -> None:
        self._workspace = workspace
        self._payloads = payloads
        self._desk = desk

    async def submit(self, request: web.Request) -> web.Response:
        """POST /control/views/{view_id}/submit {user, values} -> {response_action, errors?, code?}."""
        body = await read_body(request)
        user, view = self._open_view(request, body)
        view = self._workspace.views.save(replace(view, state=_filled(view, body.values.get("values") or {})))
        complaints = _complaints(view)
        if complaints:
            self._workspace.log_view("view_errors", view, errors=complaints)
            refused = {"response_action": "errors", "errors": complaints, "code": "client_validation"}
            return web.json_response(refused)
        answer = await self._desk.ask(user, self._payloads.view_submission(user, view), failed=TROUBLE)
        try:
            return web.json_response(self._follow(view, answer))
        except SlackError as error:
            raise self._desk.refuse(user, error) from error

    async def close(self, request: web.Request) -> web.Response:
        """POST /control/views/{view_id}/close {user, clear?}: closes this modal, or with `clear` the whole stack."""
        body = await read_body(request)
        user, view = self._open_view(request, body)
        is_cleared = bool(body.values.get("clear") or view.content.get("clear_on_close"))
        stack = self._workspace.views.list_stack(user.id)
        if is_cleared:
            self._workspace.views.clear(user.id)
        else:
            stack = stack[stack.index(view) :]
            self._workspace.views.close(view)
        for closed in reversed(stack):
            self._workspace.log_view("view_closed", closed)
        for closed in reversed(stack):
            if closed.content.get("notify_on_close"):
                payload = self._payloads.view_closed(user, closed, is_cleared=is_cleared)
                await self._desk.ask(user, payload, failed=TROUBLE)
        return web.json_response({})

    def _open_view(self, request: web.Request, body: Body) -> tuple[User, View]:
        user = get_person(self._workspace, body.text("user"))
        view = self._workspace.views.find(request.match_info["view_id"])
        if view is None or view.user != user.id or view.is_home:
            raise ControlError(404, "view_not_found", f"{user.real_name} has no such form open.")
        return user, view

    def _follow(self, view: View, answer: Json) -> Json:
        what = answer.get("response_action")
        current = self._workspace.views.find(view.id)
        if what == "errors":
            return self._refused(view, answer.get("errors"))
        if what not in (None, "update", "push", "clear"):
            raise SlackError("invalid_response_action")
        if current is not None and what in ("update", "push"):
            content = checked_modal(
                self._workspace, answer.get("view"), replacing=current if what == "update" else None
            )
            self._show(current, content, is_new=what == "push")
        elif current is not None:
            self._leave(current, is_all=what == "clear")
        return {"response_action": what}

    def _refused(self, view: View, errors: object) -> Json:
        held = {block_id: find_block(view.content["blocks"], block_id) for block_id in view.state}
        inputs = {block_id for block_id, block in held.items() if block and block["type"] == "input"}
        if not is_object(errors) or not errors or not set(errors) <= inputs:
            raise SlackError("invalid_errors", ["errors must name input blocks of the view"])
        self._workspace.log_view("view_errors", view, errors=errors)
        return {"response_action": "errors", "errors": errors}

    def _show(self, view: View, content: Json, *, is_new: bool) -> None:
        shelf = self._workspace.views
        shown = shelf.push(view, content) if is_new else shelf.update(view, content)
        self._workspace.log_view("view_opened" if is_new else "view_updated", shown)

    def _leave(self, view: View, *, is_all: bool) -> None:
        stack = self._workspace.views.list_stack(view.user)
        left = stack if is_all else stack[[one.id for one in stack].index(view.id) :]
        if is_all:
            self._workspace.views.clear(view.user)
        else:
            self._workspace.views.close(view)
        for closed in reversed(left):
            self._workspace.log_view("view_closed", closed)


def _filled(view: View, values: object) -> State:
    if not is_object(values) or not is_object_list(list(values.values())):
        raise ControlError(400, "invalid_argument", "`values` is {block_id: {action_id: value}}.")
    elements = {(block_id, one["action_id"]): one for block_id, one in walk_inputs(view.content["blocks"])}
    state = {block_id: dict(actions) for block_id, actions in view.state.items()}
    for block_id, actions in values.items():
        for action_id, raw in actions.items():
            if (block_id, action_id) not in elements:
                raise ControlError(400, "unknown_input", f"The form has no `{action_id}` in `{block_id}`.")
            try:
                state[block_id][action_id] = entered_value(elements[block_id, action_id], raw)
            except BadInput as error:
                raise ControlError(400, "invalid_value", f"{error}.") from error
    return state


def _complaints(view: View) -> dict[str, str]:
    complaints: dict[str, str] = {}
    for block_id, element in walk_inputs(view.content["blocks"]):
        block = find_block(view.content["blocks"], block_id)
        is_optional = block is None or block["type"] != "input" or bool(block.get("optional"))
        found = find_complaint(element, view.state[block_id][element["action_id"]], is_optional=is_optional)
        if found:
            complaints[block_id] = found
    return complaints
