"""What was delivered: the words beside a file, or the text itself."""

import re
from textwrap import wrap
from typing import Final

from slackify_markdown import slackify_markdown  # pyright: ignore[reportMissingTypeStubs] (it ships none)

from bot.views.limits import SECTION_CHARS, Block, actions, button, clip, context, escape, section
from bot.views.message import Message
from bot.views.provenance_words import say_provenance
from bot.views.revision_form import REVISE
from bot.views.spend_words import say_raises, say_spent
from recipes.output import Check, GenerationMethod
from recipes.reply import DeliverySummary

BODY_CHARS: Final = 2_500
# slackapi/bolt-js#2509: the blocks of one message hold some 13,000 characters
TEXT_CHARS: Final = 8_000
LEFT_CHARS: Final = 300


def render_summary(summary: DeliverySummary) -> Message:
    """Give the message that ends a piece of work."""
    output = summary.output
    state = f"is in this thread{_limit(summary)}."
    version = f", version {output.version}," if summary.is_revision else ""
    lead = f"<@{summary.requester}> *{escape(output.title)}*{version} {state}"
    text = f"<@{summary.requester}> {clip(escape(output.title), 200)}{version} {state}"
    tail = (context(" · ".join(_facts(summary))), _buttons(output.id))
    if output.generation_method is not GenerationMethod.TEXT:
        return Message(text=text, blocks=(section(f"{lead}\n{escape(clip(output.body, BODY_CHARS))}"), *tail))
    shown = clip(output.body, TEXT_CHARS)
    whole = [section("The whole text is in the file above.")] if output.file_id is not None else []
    upper: list[Block] = [section(lead), {"type": "markdown", "text": shown}, *whole, *tail]
    lower: list[Block] = [section(lead), *(section(each) for each in _cut(_to_mrkdwn(shown))), *whole, *tail]
    return Message(text=text, blocks=tuple(upper), lower=tuple(lower))


def _buttons(output_id: str) -> Block:
    return actions(button("Change…", REVISE, output_id), button("Sources", "output.sources", output_id))


def _limit(summary: DeliverySummary) -> str:
    """Say of what is not whole why it is not."""
    if summary.cut_short is not None:
        return f", as far as it was when it had to end: {summary.cut_short.describe()}"
    return ", as far as it was when the work was stopped" if summary.partial else ""


def _to_mrkdwn(markdown: str) -> str:
    """Give Markdown as Slack's own, in which nothing mentions anybody: what looks like it was somebody's words."""
    return re.sub(r"<([@!#])", r"&lt;\1", slackify_markdown(markdown))


def _cut(mrkdwn: str) -> list[str]:
    """Give the text in pieces that fit a section each, cut between paragraphs where there are any."""
    pieces: list[str] = []
    for paragraph in mrkdwn.strip().split("\n\n"):
        if pieces and len(pieces[-1]) + len(paragraph) + 2 <= SECTION_CHARS:
            pieces[-1] += f"\n\n{paragraph}"
        else:
            pieces.extend(wrap(paragraph, SECTION_CHARS, replace_whitespace=False, drop_whitespace=False))
    return pieces


def _facts(summary: DeliverySummary) -> list[str]:
    output = summary.output
    without = "no language model was used for this version" if summary.is_revision else "no language model was used"
    facts = [] if summary.uses_language_model else [without]
    if output.provenance is not None:
        facts.append(say_provenance(output.provenance))
    if output.checks:
        facts.append(_checks(output.checks))
    if summary.left_files:
        facts.append(escape(clip(f"left aside, made by code: {', '.join(summary.left_files)}", LEFT_CHARS)))
    if summary.spent is not None:
        facts.append(say_spent(summary.spent, summary.estimate))
    by_kind = ([each for each in summary.raises if each.kind == kind] for kind in ("usd", "tokens"))
    facts += [say_raises(raises) for raises in by_kind if raises]
    facts.append(f"SHA-256 `{output.digest[:12]}`")
    return facts


def _checks(checks: tuple[Check, ...]) -> str:
    failed = [check for check in checks if not check.passed]
    passed = f"{len(checks) - len(failed)} of {len(checks)} checks passed"
    return f"{passed}; {escape(failed[0].said)}" if failed else passed
