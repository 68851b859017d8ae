"""Durations: hours and minutes, told in the minutes that a parameter counts."""

from typing import Final

from orchestration.partner.lexical.message import Message, Span, Token

MINUTES_AN_HOUR: Final = 60
UNIT: Final = "minutes"
PATTERNS: Final = (
    r"(?P<hours>\d+|a|an|one) hour (?:and )?(?P<minutes>\d+) (?:minutes|minute|min)",
    r"(?P<hours>\d+|a|an|one) (?P<half>and a half) hour",
    r"(?P<hours>\d+|a|an|one) hour (?P<half>and a half)",
    r"(?P<half>half) (?:(?:a|an) )?hour",
    r"(?P<hours>\d+) hour (?P<minutes>\d+)(?! [a-z])",
    r"(?P<tenths>\d+\.\d+)\? hour",
    r"(?P<hours>\d+|a|an|one) hour",
    r"(?P<minutes>\d+) (?:minutes|minute|min|m)",
)


def read_durations(message: Message, unit: str) -> Message:
    """Give the message with each duration as a number and the unit, where a parameter counts minutes."""
    if unit != UNIT:
        return message
    for pattern in PATTERNS:
        while found := message.find(rf"(?<!\bin )(?<!every )(?<!within )(?<!another ){pattern}(?! ago| later)"):
            match, span = found
            groups = match.groupdict()
            said = groups.get("hours")
            hours = float(groups.get("tenths") or (said if said and said.isdigit() else 1 if said else 0))
            hours += 0.5 if groups.get("half") else 0
            total = int(groups.get("minutes") or 0) + hours * MINUTES_AN_HOUR
            message = _replace(message, span, f"{int(total)}" if total.is_integer() else f"{total:g}?")
    return message.mapped(
        lambda token: token if token.form != "duration" else Token(token.start, token.end, UNIT, "word")
    )


def _replace(message: Message, span: Span, form: str) -> Message:
    first, last = message.tokens[span.first], message.tokens[span.end - 1]
    put = (Token(first.start, last.end, form, "number"), Token(last.end, last.end, "duration", "duration"))
    return Message(message.text, (*message.tokens[: span.first], *put, *message.tokens[span.end :]))
