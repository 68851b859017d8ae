"""Who may read which basket: the only place where a `BasketAccess` is made."""

from collections.abc import Iterable

from orchestration.ports import Clock, ThreadPort
from recipes.audience import ACCESS_AGE, Audience, BasketAccess, BasketClosed
from recipes.errors import UserFixableError
from recipes.ids import ChannelId, TeamId, UserId


async def open_basket(
    threads: ThreadPort, clock: Clock, *, team_id: TeamId, channel_id: ChannelId, user_id: UserId
) -> BasketAccess:
    """Give the proof that this person is in this conversation now.

    Raises:
        BasketClosed: the person is not, or no longer, in it, or we cannot see it: the same words for each, since they
            tell nobody whether there is such a conversation.
        TransientError: it cannot be checked at the moment, so it is denied.
    """
    try:
        members = await threads.members(team_id, channel_id)
    except UserFixableError as error:
        raise BasketClosed(channel_id) from error
    if user_id not in members:
        raise BasketClosed(channel_id)
    return BasketAccess(channel_id=channel_id, user_id=user_id, checked_at=clock.now())


async def check_members(
    threads: ThreadPort, clock: Clock, *, team_id: TeamId, channel_ids: Iterable[ChannelId], user_id: UserId
) -> None:
    """Refuse a person who is not, now, in each of these conversations.

    Raises:
        BasketClosed, TransientError: as `open_basket` says.
    """
    for channel_id in channel_ids:
        await open_basket(threads, clock, team_id=team_id, channel_id=channel_id, user_id=user_id)


async def list_closed(
    threads: ThreadPort, audience: Audience, others: Iterable[Audience], *, team_id: TeamId
) -> tuple[ChannelId, ...]:
    """Give those of the other channels that not everybody in an audience can read.

    Raises:
        TransientError: Slack cannot say at the moment.
    """
    return tuple(
        [each.channel_id for each in others if not await _is_open_to(threads, audience, each, team_id=team_id)]
    )


async def _is_open_to(threads: ThreadPort, audience: Audience, other: Audience, *, team_id: TeamId) -> bool:
    if "public" in {audience.kind, other.kind}:
        # Whoever is not in a public channel can open it.
        return other.kind == "public"
    return {*await threads.members(team_id, audience.channel_id)} <= {*await threads.members(team_id, other.channel_id)}


async def renew(threads: ThreadPort, clock: Clock, access: BasketAccess, *, team_id: TeamId) -> BasketAccess:
    """Give this proof while it is fresh, else a new one: work on many files takes its time.

    Raises:
        BasketClosed, TransientError: as `open_basket` says.
    """
    if _is_fresh(access, clock):
        return access
    return await open_basket(threads, clock, team_id=team_id, channel_id=access.channel_id, user_id=access.user_id)


def check_fresh(access: BasketAccess, clock: Clock) -> None:
    """Refuse a proof that is too old.

    Raises:
        BasketClosed: it was made more than five minutes ago.
    """
    if not _is_fresh(access, clock):
        raise BasketClosed(access.channel_id)


def _is_fresh(access: BasketAccess, clock: Clock) -> bool:
    return clock.now() - access.checked_at <= ACCESS_AGE
