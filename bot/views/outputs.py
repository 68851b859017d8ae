"""What was delivered, in words beside the file."""

from typing import Final

from bot.views.limits import Block, clip, context, escape, section
from bot.views.message import Message
from recipes.output import Check
from recipes.reply import DeliverySummary

BODY_CHARS: Final = 2_500


def render_summary(summary: DeliverySummary) -> Message:
    """Give the message that ends a piece of work."""
    output = summary.output
    lead = f"<@{summary.requester}> *{escape(output.title)}* is in this thread."
    blocks: list[Block] = [section(f"{lead}\n{escape(clip(output.body, BODY_CHARS))}")]
    blocks.append(context(" · ".join(_facts(summary))))
    return Message(
        text=f"<@{summary.requester}> {clip(escape(output.title), 200)} is in this thread.", blocks=tuple(blocks)
    )


def _facts(summary: DeliverySummary) -> list[str]:
    output = summary.output
    facts = [] if summary.uses_language_model else ["no language model was used"]
    sources = {passage.partition(".")[0] for claim in output.claims for passage in claim.passages}
    facts.append(f"{len(output.claims)} claims, from {len(sources)} sources")
    if output.checks:
        facts.append(_checks(output.checks))
    facts.append(f"SHA-256 `{output.digest[:12]}`")
    return facts


def _checks(checks: tuple[Check, ...]) -> str:
    failed = [check for check in checks if not check.passed]
    passed = f"{len(checks) - len(failed)} of {len(checks)} checks passed"
    return f"{passed}; {escape(failed[0].said)}" if failed else passed
