"""Which listener answers what; everything that Slack can send has an answer."""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.boundary import Ack, Boundary
from bot.chat import Workspace
from bot.inbox import Inbox
from bot.listeners.actions import Actions
from bot.listeners.baskets import BasketDesk
from bot.listeners.choices import BriefChoices
from bot.listeners.commands import Commands
from bot.listeners.forms import FormDesk
from bot.listeners.gallery import GalleryDesk
from bot.listeners.opening import Opening
from bot.listeners.outputs import OutputButtons
from bot.listeners.prompts import Prompts
from bot.listeners.revisions import RevisionDesk
from bot.listeners.shortcuts import Shortcuts
from bot.listeners.suggestions import SuggestionButtons
from bot.listeners.tickets import TicketButtons
from bot.payload import Json
from bot.views import gallery as gallery_view
from bot.views.basket import CALLBACK
from bot.views.brief_choices import REMOVE, RESTORE
from bot.views.brief_tools import TICK
from bot.views.cap_question import RAISE
from bot.views.fields import VALUE
from bot.views.form import BACK
from bot.views.gallery import PICK, PICK_RECENT, SEARCH
from bot.views.revision_form import CALLBACK as REVISION_FORM
from bot.views.revision_form import REVISE
from orchestration.baskets.baskets import Baskets
from orchestration.conversation.suggestions import Suggestions
from orchestration.drafting.catalogue import Catalogue
from orchestration.drafting.choices import Choices
from orchestration.drafting.forms import Forms
from orchestration.drafting.gallery import Gallery
from orchestration.drafting.requests import Requests
from orchestration.tickets.cap_raises import CapRaises
from orchestration.tickets.outputs import Outputs
from orchestration.tickets.revision_forms import RevisionForms
from orchestration.tickets.revisions import Revisions
from orchestration.tickets.tickets import Tickets

COMMAND = "/work"
ANYTHING = re.compile(".*")


def register(
    app: AsyncApp,
    *,
    inbox: Inbox,
    requests: Requests,
    forms: Forms,
    catalogue: Catalogue,
    gallery: Gallery,
    choices: Choices,
    suggestions: Suggestions,
    tickets: Tickets,
    cap_raises: CapRaises,
    baskets: Baskets,
    outputs: Outputs,
    revisions: Revisions,
    revision_forms: RevisionForms,
    boundary: Boundary,
    workspace: Workspace,
) -> None:
    """Register the middleware and all listeners; those that fit best come first, the catch-alls last."""
    listening: Any = app  # Bolt's decorators are untyped
    listening.middleware(inbox.keep)
    team_id = workspace.team_id
    desk = BasketDesk(baskets, boundary, workspace)
    opening = Opening(boundary)
    galleries = GalleryDesk(gallery, forms, opening, boundary, team_id)
    commands = Commands(
        requests, forms, gallery, baskets=desk, galleries=galleries, opening=opening, boundary=boundary, team_id=team_id
    )
    shortcuts = Shortcuts(forms, gallery, galleries=galleries, opening=opening, boundary=boundary, workspace=workspace)
    actions = Actions(requests, boundary, team_id)
    buttons = TicketButtons(tickets, cap_raises, boundary, team_id)
    listening.command(COMMAND)(commands.work)
    listening.action("draft.stage")(actions.stage)
    listening.action(re.compile(r"draft\.choice(\.\d+)?"))(SuggestionButtons(suggestions, boundary, team_id).choose)
    listening.action("draft.withdraw")(actions.withdraw)
    listening.action("brief.approve")(actions.approve)
    listening.action("ticket.stop")(buttons.stop)
    listening.action("ticket.retry")(buttons.go_on)
    listening.action(RAISE)(buttons.raise_cap)
    listening.action("ticket.answer")(buttons.answer)
    _register_desk(listening, desk)
    _register_choices(listening, BriefChoices(choices, boundary, team_id))
    _register_outputs(
        listening,
        OutputButtons(outputs, revisions, boundary, team_id),
        RevisionDesk(revision_forms, opening, boundary, team_id),
    )
    _register_forms(listening, FormDesk(forms, catalogue, opening, boundary, team_id))
    listening.view("answer_form")(buttons.submit_answer)
    listening.shortcut("start_work")(shortcuts.start_work)
    listening.shortcut("start_from_message")(shortcuts.start_from_message)
    _register_gallery(listening, galleries, Prompts(gallery, team_id))
    listening.event(ANYTHING)(_hear)
    listening.action(ANYTHING)(actions.refuse_unknown)
    listening.view(ANYTHING)(_acknowledge)
    listening.view_closed(ANYTHING)(_acknowledge)
    listening.shortcut(ANYTHING)(_acknowledge)
    listening.options(ANYTHING)(_offer_nothing)


def _register_outputs(listening: Any, buttons: OutputButtons, desk: RevisionDesk) -> None:  # noqa: ANN401 (Bolt's decorators are untyped)
    listening.action("output.sources")(buttons.list_sources)
    listening.action(re.compile(r"output\.version(\.\d+)?"))(buttons.restore)
    listening.action(REVISE)(desk.open)
    listening.view(REVISION_FORM)(desk.send)


def _register_gallery(listening: Any, desk: GalleryDesk, prompts: Prompts) -> None:  # noqa: ANN401 (Bolt's decorators are untyped)
    listening.action(PICK)(desk.pick)
    listening.action(re.compile(rf"{re.escape(PICK_RECENT)}\.\d+"))(desk.pick)
    listening.action(SEARCH)(desk.search)
    listening.action(re.compile(r"gallery\.(earlier|later)"))(desk.turn)
    listening.view(gallery_view.CALLBACK)(desk.submit)
    listening.event("app_home_opened", matchers=[_is_home])(desk.open_home)
    listening.event("app_home_opened")(prompts.offer)
    listening.event("assistant_thread_started")(prompts.offer_in_thread)


async def _is_home(event: Json) -> bool:
    return event.get("tab") == "home"


def _register_forms(listening: Any, desk: FormDesk) -> None:  # noqa: ANN401 (Bolt's decorators are untyped)
    listening.action("draft.form")(desk.open)
    listening.action("brief.edit")(desk.open)
    listening.action(VALUE)(desk.look)
    listening.action(BACK)(desk.turn_back)
    listening.options(VALUE)(desk.offer)
    listening.view("recipe_form")(desk.send)
    listening.view_closed("recipe_form")(desk.close)


def _register_desk(listening: Any, desk: BasketDesk) -> None:  # noqa: ANN401 (Bolt's decorators are untyped)
    listening.shortcut("add_to_basket")(desk.keep)
    listening.view(CALLBACK)(desk.submit)
    listening.action("basket.open")(desk.pick)
    listening.action("basket.search")(desk.search)
    listening.action(re.compile(r"basket\.(newer|older)"))(desk.turn)
    listening.action(re.compile(r"basket\.(active|archived)"))(desk.switch)
    listening.action("basket.archive")(desk.archive)
    listening.action("basket.restore")(desk.restore)


def _register_choices(listening: Any, choices: BriefChoices) -> None:  # noqa: ANN401 (Bolt's decorators are untyped)
    listening.options(REMOVE)(choices.offer)
    listening.options(RESTORE)(choices.offer)
    listening.action(REMOVE)(choices.leave_out)
    listening.action(RESTORE)(choices.put_back)
    listening.action("brief.drop")(choices.drop)
    listening.action("brief.go_on")(choices.go_on)
    listening.action("brief.private")(choices.keep_private)
    listening.action(TICK)(choices.tick)


async def _hear() -> None:
    """Nothing is left to do for an event: the middleware kept it, or it does not concern us."""


async def _acknowledge(ack: Ack) -> None:
    await ack()


async def _offer_nothing(ack: Ack) -> None:
    await ack(options=[])
