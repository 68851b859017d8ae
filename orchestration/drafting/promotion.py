"""Promotion: from an approved draft and the bundle that its brief showed to a request and its first ticket."""

from datetime import datetime

from orchestration.ports import Ids
from recipes.bundle import WorkBundle
from recipes.conversation import Thread
from recipes.draft import BriefOutdated, Draft
from recipes.ids import RequestId, TicketId
from recipes.request import WorkRequest
from recipes.ticket import TicketStatus, WorkTicket


def make_request(draft: Draft, bundle: WorkBundle, *, ids: Ids, now: datetime) -> WorkRequest:
    """Give what was approved.

    Raises:
        BriefOutdated: the draft has no thread, so nobody can have seen its brief.
    """
    if draft.thread_ts is None:
        raise BriefOutdated(draft.id)
    doors = {answer.origin.door for answer in draft.answers.values()}
    return WorkRequest(
        id=RequestId(ids.make("req")),
        team_id=draft.team_id,
        draft_id=draft.id,
        bundle_id=draft.shown_bundle(),
        priority=draft.priority,
        requester=draft.user_id,
        channel_id=draft.channel_id,
        thread_ts=draft.thread_ts,
        recipe_slug=bundle.recipe.slug,
        recipe_version=bundle.recipe.version,
        answers=draft.answers,
        entry_point="thread" if doors & {"message", "button"} else "form",
        created_at=now,
    )


def make_ticket(
    request: WorkRequest, bundle: WorkBundle, *, ids: Ids, now: datetime, thread: Thread | None = None
) -> WorkTicket:
    """Give the first run of what was approved.

    Args:
        request: What was approved.
        bundle: The parcel that its brief showed.
        ids: For the ticket.
        now: When.
        thread: Where it is worked and delivered, if not where it was asked for.
    """
    place = thread or request.thread
    return WorkTicket(
        id=TicketId(ids.make("tkt")),
        team_id=request.team_id,
        request_id=request.id,
        bundle_id=request.bundle_id,
        status=TicketStatus.PENDING,
        segment=1,
        channel_id=place.channel_id,
        thread_ts=place.thread_ts,
        requester=request.requester,
        priority=request.priority,
        recipe_slug=request.recipe_slug,
        recipe_parameters=bundle.parameters,
        task_description=bundle.task,
        output_format=bundle.recipe.contract.format,
        model=bundle.agent.model,
        progress_version=1,
        created_at=now,
    )
