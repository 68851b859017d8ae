"""What a brief offers beyond its sources: a tick for each server tool, and what it means to tick it."""

from collections.abc import Iterator
from typing import Final

from bot.views.limits import OPTION_CHARS, Block, actions, plain, section
from recipes.brief import Brief, OfferedTool
from recipes.price import SearchPrice, show_money
from recipes.server_tool import SEARCHES_A_TURN, ServerTool

TICK: Final = "brief.tools"
TICKS: Final = {ServerTool.WEB_SEARCH: "Search the web", ServerTool.CODE_EXECUTION: "Run code at the provider"}
SEARCHED: Final = (
    "*Search the web*: the words that are searched for leave this workspace, for the model's provider and a search"
    "The agent chooses them from what it reads. Each page that it finds is recorded, with its address and time, "
    "and what is cited from it is listed among the sources."
)
RUN: Final = (
    "*Run code*: what the agent writes into its code goes to a machine of the model's provider that has no network. "
    "Time on it may cost extra, which I have no price for."
)
NOT_PUBLIC: Final = "Some of what I read is not public: words of it could be searched for."


def tool_blocks(brief: Brief) -> list[Block]:
    """Give the ticks and what they mean; nothing where nothing is offered."""
    if not brief.offered:
        return []
    options = [_option(each) for each in brief.offered]
    ticked = [_option(each) for each in brief.offered if each.is_on]
    ticks: Block = {"type": "checkboxes", "action_id": TICK, "options": options}
    # Slack takes no empty list here.
    row = actions({**ticks, "initial_options": ticked} if ticked else ticks)
    return [section("\n".join(_list_lines(brief))), {**row, "block_id": f"tools:{brief.value}"}]


def _list_lines(brief: Brief) -> Iterator[str]:
    on = [each for each in brief.offered if each.is_on]
    yield f"*Beyond these sources*  {'as ticked below' if on else 'nothing, unless you tick it'}"
    tools = {each.tool for each in brief.offered}
    if ServerTool.WEB_SEARCH in tools:
        yield " ".join([SEARCHED, _say_price(brief.search_price), *([] if brief.is_all_public() else [NOT_PUBLIC])])
    if ServerTool.CODE_EXECUTION in tools:
        yield RUN


def _say_price(price: SearchPrice | None) -> str:
    if price is None:
        return "What a search costs is not in my table of prices."
    each = f"{show_money(price.price(1))} a search (price of {price.as_of:%d %B %Y})"
    return f"It costs {each}, besides the tokens that the pages take; at most {SEARCHES_A_TURN} searches a step."


def _option(offered: OfferedTool) -> Block:
    return {"text": plain(TICKS[offered.tool], OPTION_CHARS), "value": offered.tool.value}
