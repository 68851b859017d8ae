"""Where the bot may post and read."""
# slack_sdk leaves the type of its **kwargs open, so each of its methods counts as unknown:
# pyright: reportUnknownMemberType=false

from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.payload import Json, part
from bot.slack_errors import ChannelShut, translating


async def is_member(client: AsyncWebClient, channel_id: str) -> bool:
    """Tell whether the bot may post here; where Slack does not even show us the channel, it may not."""
    try:
        async with translating("conversations.info"):
            answer = await client.conversations_info(channel=channel_id)
    except ChannelShut:
        return False
    channel = part(cast("Json", answer.data), "channel")
    return bool(channel.get("is_member") or channel.get("is_im"))
