"""The one place that makes HTML: whole pages, and the same pieces of them for live changes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

from jinja2 import Environment, PackageLoader

from bot.sandbox.conversations import Conversation
from bot.sandbox.page.charts import draw_chart
from bot.sandbox.page.choices import dispatch_of, entry_of, list_groups, render_text, value_of
from bot.sandbox.page.dates import local_moment
from bot.sandbox.page.emoji import PICKER
from bot.sandbox.page.markdown import render_markdown
from bot.sandbox.page.mrkdwn import render_link, render_mrkdwn
from bot.sandbox.page.rich_text import render_rich_text
from bot.sandbox.page.scene import Line, Scene
from bot.sandbox.rich_text import plain_text_of
from bot.sandbox.views import View
from bot.sandbox.workspace import Workspace

# type of block: the partial that draws it
BLOCKS: Final = {
    **{name: name for name in ("actions", "context", "context_actions", "divider", "header", "image", "input")},
    **{name: name for name in ("markdown", "plan", "rich_text", "section", "table", "task_card")},
    **{name: name for name in ("alert", "card", "carousel", "container", "data_visualization", "video")},
    "data_table": "table",
}
# type of element: the partial that draws it
ELEMENTS: Final = {
    **{name: name for name in ("button", "feedback_buttons", "file_input", "icon_button", "overflow")},
    **dict.fromkeys(("workflow_button",), "button"),
    **dict.fromkeys(("static_select", "users_select", "channels_select", "conversations_select"), "select"),
    **dict.fromkeys(
        ("multi_static_select", "multi_users_select", "multi_channels_select", "multi_conversations_select"), "many"
    ),
    **dict.fromkeys(("external_select", "multi_external_select"), "external"),
    **dict.fromkeys(("checkboxes", "radio_buttons"), "checks"),
    **dict.fromkeys(
        ("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"), "text"
    ),
    **dict.fromkeys(("datepicker", "timepicker", "datetimepicker"), "moment"),
}


@dataclass(frozen=True)
class Opened:
    """Which place a page shows.

    Args:
        place: the conversation, if this person has any.
        thread_ts: the thread beside it.
        pane: which pane a narrow screen shows: `places`, `channel` or `thread`.
        is_whole: all messages are shown, however old.
        shows: what stands in the middle; `home` is the app's own, `channels` the list of those one may join.
    """

    place: Conversation | None
    thread_ts: str | None = None
    pane: str = "channel"
    is_whole: bool = False
    shows: Literal["conversation", "home", "channels"] = "conversation"


class Renderer:
    """Pages and pieces for one workspace."""

    def __init__(self, workspace: Workspace, is_connected: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._is_connected = is_connected
        self._templates = Environment(
            loader=PackageLoader("bot.sandbox.page"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def page(self, scene: Scene, opened: Opened) -> str:
        """Give the whole page."""
        place, thread_ts = opened.place, opened.thread_ts
        shown: dict[str, Any] = {"change_id": self._workspace.changes.last_id, "opened": opened, "place": None}
        if place is not None:
            lines = scene.list_lines(place, most=None) if opened.is_whole else scene.list_lines(place)
            shown |= {"place": scene.entry(place), "lines": lines, "prompts": self._prompts(place)}
            shown["home"] = self._workspace.views.find_home(scene.viewer.id)
            shown["earlier_count"] = scene.count_lines(place) - len(lines)
        if place is not None and thread_ts is not None:
            shown |= {"thread_lines": scene.list_lines(place, thread_ts), **self._status(place.id, thread_ts)}
        views = self._workspace.views.list_stack(scene.viewer.id)
        return self._render("page.html", scene, **shown, views=views, errors={})

    def line(self, scene: Scene, line: Line, *, in_thread: bool) -> str:
        """Give one message."""
        return self._render("line.html", scene, line=line, in_thread=in_thread)

    def modals(self, scene: Scene, errors: Mapping[str, Mapping[str, str]]) -> str:
        """Give this person's open forms; `errors` are by view and block."""
        views: list[View] = self._workspace.views.list_stack(scene.viewer.id)
        return self._render("modals.html", scene, views=views, errors=errors)

    def home(self, scene: Scene) -> str:
        """Give what the app has published as this person's home."""
        return self._render("home.html", scene, home=self._workspace.views.find_home(scene.viewer.id))

    def presence(self, scene: Scene) -> str:
        """Give whether the app is connected."""
        return self._render("presence.html", scene)

    def status(self, scene: Scene, channel: str, thread_ts: str) -> str:
        """Give what the app says it is doing in a thread."""
        status = self._status(channel, thread_ts)
        return self._render("status.html", scene, channel=channel, thread_ts=thread_ts, **status)

    def refusal(self, sentence: str) -> str:
        """Give a page that says why there is nothing to see."""
        return self._templates.get_template("refusal.html").render(sentence=sentence)

    def icon(self) -> str:
        """Give the page's own icon, as SVG."""
        return self._templates.get_template("icon.html").render()

    def _render(self, template: str, scene: Scene, **shown: object) -> str:
        frame = {
            "team": self._workspace.identity.team_name,
            "app": scene.app(),
            "is_connected": self._is_connected(),
            "scene": scene,
            "me": scene.author(scene.viewer.id),
            "shortcuts": self._workspace.shortcuts,
            "picker": PICKER,
        }
        return self._templates.get_template(template).render(**_tools(scene), **frame, **shown)

    def _status(self, channel: str, thread_ts: str) -> Mapping[str, object]:
        slots = self._workspace.statuses.to_json()
        held = next((one for one in slots if (one["channel"], one["thread_ts"]) == (channel, thread_ts)), None)
        is_working = held is not None and held["session"] in (None, "processing")
        words = (held["text"] or "is working…") if held and is_working else ""
        return {"status": words, "may_stop": is_working and self._workspace.statuses.may_stop(channel, thread_ts)}

    def _prompts(self, place: Conversation) -> object:
        return self._workspace.statuses.prompts_json().get(place.id)


def _tools(scene: Scene) -> dict[str, Callable[..., object]]:
    """Give what templates turn Slack's JSON into HTML with, for one reader."""
    return {
        "block_partial": _block_partial,
        "chart_of": draw_chart,
        "dispatch_of": dispatch_of,
        "element_partial": _element_partial,
        "entry_of": entry_of,
        "groups_of": partial(list_groups, scene=scene),
        "link": partial(render_link, reader=scene.reader),
        "local_moment": local_moment,
        "markdown": render_markdown,
        "plain_of": plain_text_of,
        "mrkdwn": partial(render_mrkdwn, reader=scene.reader),
        "rich_text": partial(render_rich_text, reader=scene.reader),
        "text_of": partial(render_text, scene=scene),
        "uid": _uid,
        "value_of": value_of,
    }


def _block_partial(kind: str) -> str:
    return f"blocks/{BLOCKS.get(kind, 'unknown')}.html"


def _element_partial(kind: str) -> str:
    return f"elements/{ELEMENTS.get(kind, 'unknown')}.html"


def _uid(*names: str) -> str:
    """Give an element id of these names; ids of blocks may hold spaces, ids of elements may not."""
    return re.sub(r"\s", "_", "-".join(names))
