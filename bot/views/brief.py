"""The brief as a card: what will be read, what it costs, when it is done, who can see it, how to stop it."""

from typing import Final

from bot.views.brief_choices import closed_blocks, menu_blocks
from bot.views.brief_tools import tool_blocks
from bot.views.limits import Block, actions, button, clip, context, escape, escape_words, header, section
from bot.views.message import Message
from bot.views.spend_words import say_estimate
from recipes.answers import show_value
from recipes.brief import Brief, BriefAnswer, BriefSource, RemovedSource, show_duration
from recipes.reply import BriefCard, BriefFate
from recipes.source import SourceKind

SOURCE_LINES: Final = 12
LEFT_OUT_LINES: Final = 6
LINE_CHARS: Final = 160
# A section holds 3,000 characters; the heading and the line about the rest take some.
LIST_CHARS: Final = 2_800
DIGEST_CHARS: Final = 12

MENTIONED: Final = {"user": "<@{}>", "channel": "<#{}>"}
ORIGINS: Final = {
    "message": "from your message",
    "button": "as you chose",
    "form": "from the form",
    "command": "from your command",
    "shortcut": "from the message you chose",
}
FATES: Final = {
    BriefFate.APPROVED: ":white_check_mark: Approved by <@{requester}>. I am on it: progress follows below.",
    BriefFate.REPLACED: "Replaced by the newer brief below.",
    BriefFate.WITHDRAWN: "Withdrawn by <@{requester}>. Nothing was started.",
}
APPROVED_PRIVATE: Final = (
    ":white_check_mark: Approved by <@{requester}>. I am on it: progress and result go to them alone, in direct "
    "messages."
)


def render_brief(card: BriefCard) -> Message:
    """Give the card, with buttons while it can be approved."""
    brief = card.brief
    text = clip(f"Brief: {escape(brief.task)}", 300)
    if card.fate is not BriefFate.SHOWN:
        is_private = card.fate is BriefFate.APPROVED and brief.is_private()
        fate = (APPROVED_PRIVATE if is_private else FATES[card.fate]).format(requester=brief.requester)
        return Message(text=text, blocks=(section(f"*Brief* · {escape(brief.task)}\n{fate}"), _fine_print(brief)))
    blocks = (
        header("Brief"),
        *([section(_tell_changed(brief))] if brief.changed else []),
        section(f"*{escape(brief.task)}*\n{_list_answers(brief)}"),
        section(f"*What I will read*\n{_list_sources(brief.sources)}"),
        *([section(f"*What I leave out*\n{_list_left_out(brief)}")] if brief.removed or brief.left_out else []),
        *menu_blocks(brief),
        *tool_blocks(brief),
        section(_truths(brief)),
        *closed_blocks(brief),
        _buttons(brief),
        _fine_print(brief),
    )
    return Message(text=text, blocks=blocks)


def _tell_changed(brief: Brief) -> str:
    heading = "*What changed*\n" if brief.brief_no > 1 else ""
    return heading + escape_words(brief.changed or "")


def _list_answers(brief: Brief) -> str:
    return " · ".join(_show_answer(each) for each in brief.answers)


def _show_answer(each: BriefAnswer) -> str:
    value = escape(clip(show_value(each.parameter, each.value), LINE_CHARS))
    if each.parameter.kind in MENTIONED:
        value = MENTIONED[each.parameter.kind].format(each.value)
    said = ORIGINS[each.answer.origin.door] if each.answer else "default"
    return f"{escape(each.parameter.label)}: {value} _({said})_"


def _list_sources(sources: tuple[BriefSource, ...]) -> str:
    files = [source for source in sources if source.kind is not SourceKind.MESSAGE]
    messages = [source for source in sources if source.kind is SourceKind.MESSAGE]
    return _fit([_show_source(source) for source in (*files, *messages)], most=SOURCE_LINES)


def _show_source(source: BriefSource) -> str:
    name = escape(clip(source.locator, LINE_CHARS))
    linked = f"<{source.permalink}|{name}>" if source.permalink else name
    author = f" by {escape(source.author)}" if source.author else ""
    origin = f" from <#{source.origin}>" if source.origin else ""
    return f"• `{source.id}` {linked}{author}{origin}, {source.extent}"


def _list_left_out(brief: Brief) -> str:
    removed = [f"• {_show_removed(each)}: you left it out" for each in brief.removed]
    others = [f"• {escape(clip(each.source, LINE_CHARS))}: {escape(each.reason)}" for each in brief.left_out]
    return _fit([*removed, *others], most=LEFT_OUT_LINES)


def _show_removed(each: RemovedSource) -> str:
    gist = f", “{escape(each.gist)}”" if each.gist and each.origin is None else ""
    return escape(clip(each.name, LINE_CHARS)) + gist


def _fit(lines: list[str], *, most: int) -> str:
    """Give as many whole lines as a section takes, and how many more there are: half a link is no link."""
    taken: list[str] = []
    for line in lines[:most]:
        if sum(len(each) + 1 for each in taken) + len(line) > LIST_CHARS:
            break
        taken.append(line)
    more = [f"… and {len(lines) - len(taken)} more"] if len(taken) < len(lines) else []
    return "\n".join([*taken, *more])


def _truths(brief: Brief) -> str:
    place = "our direct messages" if brief.is_private() else "this thread"
    return "\n".join(
        [
            f"*What you get*  a {brief.output_format.upper()} file in {place}",
            f"*What it costs*  {_cost(brief)}",
            f"*When it is done*  {show_duration(brief.estimate.duration)}, {_basis(brief)}",
            f"*Who can see it*  {_audience(brief)}",
        ]
    )


def _cost(brief: Brief) -> str:
    if not brief.uses_language_model:
        return "nothing: no language model is used, sentences are quoted from the sources"
    return f"{say_estimate(brief.estimate)}, {_basis(brief)}"


def _basis(brief: Brief) -> str:
    if brief.estimate.basis == "history":
        return f"from the last {brief.estimate.runs} runs"
    return "guessed from the size of what I read"


def _audience(brief: Brief) -> str:
    audience = brief.audience
    if audience.kind == "direct" or brief.is_private():
        return "only you"
    reach = "everybody who can open" if audience.kind == "public" else f"the {audience.members} members of"
    return f"{reach} <#{audience.channel_id}>"


def _buttons(brief: Brief) -> Block:
    approve = [] if brief.is_undecided() else [button("Approve", "brief.approve", brief.value, style="primary")]
    return actions(
        *approve,
        button("Edit", "brief.edit", brief.draft_id),
        button("Read again", "draft.stage", brief.value),
        button("Withdraw", "draft.withdraw", brief.draft_id),
    )


def _fine_print(brief: Brief) -> Block:
    return context(f"brief {brief.brief_no} · bundle `{brief.digest[:DIGEST_CHARS]}` · asked by <@{brief.requester}>")
