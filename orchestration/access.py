"""Who may read which basket: the only place where a `BasketAccess` is made."""

from orchestration.ports import Clock, ThreadPort
from recipes.audience import ACCESS_AGE, BasketAccess, BasketClosed
from recipes.ids import ChannelId, TeamId, UserId


async def open_basket(
    threads: ThreadPort, clock: Clock, *, team_id: TeamId, channel_id: ChannelId, user_id: UserId
) -> BasketAccess:
    """Give the proof that this person is in this conversation now.

    Raises:
        BasketClosed: the person is not, or no longer, in it.
        TransientError: it cannot be checked at the moment, so it is denied.
    """
    if user_id not in await threads.members(team_id, channel_id):
        raise BasketClosed(channel_id)
    return BasketAccess(channel_id=channel_id, user_id=user_id, checked_at=clock.now())


def check_fresh(access: BasketAccess, clock: Clock) -> None:
    """Refuse a proof that is too old.

    Raises:
        BasketClosed: it was made more than five minutes ago.
    """
    if clock.now() - access.checked_at > ACCESS_AGE:
        raise BasketClosed(access.channel_id)
