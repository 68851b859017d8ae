"""What can be chosen in a brief: sources to leave out or to put back, and who may read the result."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.views.limits import (
    OPTION_CHARS,
    OPTIONS,
    PLACEHOLDER_CHARS,
    Block,
    actions,
    button,
    clip,
    escape,
    plain,
    section,
)
from recipes.audience import Sharing
from recipes.brief import Brief, BriefSource, RemovedSource

REMOVE: Final = "brief.source_remove"
RESTORE: Final = "brief.source_restore"
CLOSED_LINES: Final = 5
NAME_CHARS: Final = 80

BUTTONS: Final = {
    "brief.drop": "Leave them out",
    "brief.go_on": "Go on all the same",
    "brief.private": "Only to me",
}
CHOSEN: Final = {Sharing.EVERYBODY: "brief.go_on", Sharing.REQUESTER: "brief.private"}
SAID: Final = {
    Sharing.UNSAID: "Say what I should do about that; then you can approve.",
    Sharing.EVERYBODY: "You go on all the same: the result stands in this thread.",
    Sharing.REQUESTER: "The result goes to you alone, in direct messages. This thread is told no more than that.",
}


def menu_blocks(brief: Brief) -> list[Block]:
    """Give the menus: one however many sources there are, since their names are asked for when one is opened."""
    menus = [_menu(REMOVE, "Leave out a source…")] if _list_known(brief.sources) else []
    if brief.removed:
        menus.append(_menu(RESTORE, "Put back…"))
    return [{**actions(*menus), "block_id": f"sources:{brief.value}"}] if menus else []


def read_block_id(block_id: str) -> str:
    """Give the draft and the number of the brief whose menus these are, as its buttons carry them."""
    return block_id.partition(":")[2]


def render_options(brief: Brief, action_id: str, typed: str) -> list[Block]:
    """Give what a menu offers of a brief where this much was typed into it."""
    named = _name_removed(brief.removed) if action_id == RESTORE else _name_sources(brief.sources)
    words = typed.casefold().split()
    fitting = [(key, name) for key, name in named if all(word in name.casefold() for word in words)]
    return [{"text": plain(name, OPTION_CHARS), "value": key} for key, name in fitting[:OPTIONS]]


def closed_blocks(brief: Brief) -> list[Block]:
    """Give the sources that not everybody in the conversation can read, and what can be done about them."""
    if not brief.closed:
        return []
    names = [f"• `{each.id}` {escape(clip(each.locator, NAME_CHARS))}" for each in brief.list_closed()]
    more = [f"… and {len(names) - CLOSED_LINES} more"] if len(names) > CLOSED_LINES else []
    where = " and ".join(f"<#{each}>" for each in brief.closed)
    lead = f"*Not everybody here can read all of it*\nFrom {where}:"
    chosen = CHOSEN.get(brief.sharing)
    buttons = [button(words, action, brief.value) for action, words in BUTTONS.items() if action != chosen]
    return [section("\n".join([lead, *names[:CLOSED_LINES], *more, SAID[brief.sharing]])), actions(*buttons)]


def _menu(action_id: str, words: str) -> Block:
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(words, PLACEHOLDER_CHARS),
        "min_query_length": 0,
    }


def _list_known(sources: Iterable[BriefSource]) -> list[BriefSource]:
    """Give the sources that can be left out: a brief of before that was possible knows of none."""
    return [source for source in sources if source.key is not None]


def _name_sources(sources: Sequence[BriefSource]) -> list[tuple[str, str]]:
    """Give each source under its number; the same file shared twice is one, since it is left out as one."""
    named: dict[str, str] = {}
    for source in _list_known(sources):
        author = f" by {source.author}" if source.author and source.gist else ""
        named.setdefault(source.key or "", _name(f"{source.id} {source.locator}{author}", source.gist))
    return list(named.items())


def _name_removed(removed: Iterable[RemovedSource]) -> list[tuple[str, str]]:
    return [(each.key, _name(each.name, each.gist)) for each in removed]


def _name(name: str, gist: str) -> str:
    return " ".join((f"{name}: {gist}" if gist else name).split())
