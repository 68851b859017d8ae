"""The brief as a card: what will be read, what it costs, when it is done, who can see it, how to stop it."""

from typing import Final

from bot.views.limits import Block, actions, button, clip, context, escape, header, section
from bot.views.message import Message
from recipes.brief import Brief, BriefAnswer, BriefSource, show_duration
from recipes.parameters import show_value
from recipes.reply import BriefCard, BriefFate
from recipes.source import LeftOut, SourceKind

SOURCE_LINES: Final = 12
LEFT_OUT_LINES: Final = 6
LINE_CHARS: Final = 160
DIGEST_CHARS: Final = 12

FATES: Final = {
    BriefFate.APPROVED: ":white_check_mark: Approved by <@{requester}>. I am on it: progress follows below.",
    BriefFate.REPLACED: "Replaced by the newer brief below.",
    BriefFate.WITHDRAWN: "Withdrawn by <@{requester}>. Nothing was started.",
}


def render_brief(card: BriefCard) -> Message:
    """Give the card, with buttons while it can be approved."""
    brief = card.brief
    text = f"Brief: {brief.task}"
    if card.fate is not BriefFate.SHOWN:
        fate = FATES[card.fate].format(requester=brief.requester)
        return Message(
            text=clip(text, 300), blocks=(section(f"*Brief* · {escape(brief.task)}\n{fate}"), _fine_print(brief))
        )
    blocks = (
        header("Brief"),
        section(f"*{escape(brief.task)}*\n{_list_answers(brief)}"),
        section(f"*What I will read*\n{_list_sources(brief.sources)}"),
        *([section(f"*What I leave out*\n{_list_left_out(brief.left_out)}")] if brief.left_out else []),
        section(_truths(brief)),
        _buttons(brief),
        _fine_print(brief),
    )
    return Message(text=clip(text, 300), blocks=blocks)


def _list_answers(brief: Brief) -> str:
    return " · ".join(_show_answer(each) for each in brief.answers)


def _show_answer(each: BriefAnswer) -> str:
    value = clip(show_value(each.parameter, each.value), LINE_CHARS)
    origin = {"message": "from your message", "form": "from the form", "command": "from your command"}
    said = origin[each.answer.origin.door] if each.answer else "default"
    return f"{escape(each.parameter.label)}: {escape(value)} _({said})_"


def _list_sources(sources: tuple[BriefSource, ...]) -> str:
    files = [source for source in sources if source.kind is not SourceKind.MESSAGE]
    messages = [source for source in sources if source.kind is SourceKind.MESSAGE]
    lines = [_show_source(source) for source in (*files, *messages)]
    more = [f"… and {len(lines) - SOURCE_LINES} more messages and files"] if len(lines) > SOURCE_LINES else []
    return "\n".join([*lines[:SOURCE_LINES], *more])


def _show_source(source: BriefSource) -> str:
    name = escape(clip(source.locator, LINE_CHARS))
    linked = f"<{source.permalink}|{name}>" if source.permalink else name
    author = f" by {escape(source.author)}" if source.author else ""
    return f"• `{source.id}` {linked}{author}, {source.extent}"


def _list_left_out(left_out: tuple[LeftOut, ...]) -> str:
    lines = [f"• {escape(clip(each.source, LINE_CHARS))}: {escape(each.reason)}" for each in left_out]
    more = [f"… and {len(lines) - LEFT_OUT_LINES} more"] if len(lines) > LEFT_OUT_LINES else []
    return "\n".join([*lines[:LEFT_OUT_LINES], *more])


def _truths(brief: Brief) -> str:
    return "\n".join(
        [
            f"*What you get*  a {brief.output_format.upper()} file in this thread",
            f"*What it costs*  {_cost(brief)}",
            f"*When it is done*  {show_duration(brief.estimate.duration)}, {_basis(brief)}",
            f"*Who can see it*  {_audience(brief)}",
        ]
    )


def _cost(brief: Brief) -> str:
    if not brief.uses_language_model:
        return "nothing: no language model is used, sentences are quoted from the sources"
    return f"about {brief.estimate.input_tokens:,} tokens"


def _basis(brief: Brief) -> str:
    if brief.estimate.basis == "history":
        return f"from the last {brief.estimate.runs} runs"
    return "guessed from the size of what I read"


def _audience(brief: Brief) -> str:
    audience = brief.audience
    if audience.kind == "direct":
        return "only you"
    reach = "everybody who can open" if audience.kind == "public" else f"the {audience.members} members of"
    return f"{reach} <#{audience.channel_id}>"


def _buttons(brief: Brief) -> Block:
    return actions(
        button("Approve", "brief.approve", brief.value, style="primary"),
        button("Edit", "brief.edit", brief.draft_id),
        button("Read again", "draft.stage", brief.value),
        button("Withdraw", "draft.withdraw", brief.draft_id),
    )


def _fine_print(brief: Brief) -> Block:
    return context(f"brief {brief.brief_no} · bundle `{brief.digest[:DIGEST_CHARS]}` · asked by <@{brief.requester}>")
