"""Dates: the day beside the words for what happens then, or the answer to a question."""

import re
from typing import Final

from orchestration.partner.lexical.calendar import PATTERNS, WEEKDAYS, Calendar
from orchestration.partner.lexical.message import OPAQUE, Message, Span
from orchestration.partner.lexical.scene import NOT, Found, Scene
from recipes.parameters import DateParameter, Parameter

PAST: Final = re.compile(r"\b(?:did|was|were|from|since|older|past|ago)\b", re.IGNORECASE)
WEEK: Final = re.compile(r"\bweek\b", re.IGNORECASE)
DUE: Final = re.compile(r"\bdue\b", re.IGNORECASE)
SINCE: Final = re.compile(r"\b(?:older|since)\b", re.IGNORECASE)
"""In the label of what is counted from a day: a day that only stands there is another one."""
SINCE_WORDS: Final = (
    r"(?:since|from|after|older|newer|than|starting|onwards?|as of|only|ab|depuis|desde|sinds|vanaf|dal|partire)"
)
DUE_WORDS: Final = r"(?:due|deadline|by|until|till|needed|need it|deliver\w*|hand in|no later than)"
VAGUE: Final = (
    r"(?:sometime|some time|around|early|late|mid|middle|beginning|start|next month|next year|next quarter|"
    r"(?:in )?q[1-4]"
    r"|soon|asap|later|spring|summer|autumn|winter|weekend|next week|this week|this month|last month)"
)
FILLERS: Final = frozenset(
    [
        "the",
        "a",
        "on",
        "by",
        "at",
        "am",
        "le",
        "el",
        "la",
        "to",
        "until",
        "till",
        "due",
        "from",
        "since",
        "it",
        "is",
        "its",
        "be",
        "was",
        "please",
        "ok",
        "okay",
        "for",
        "in",
        "of",
        "and",
        "maybe",
        "then",
        "out",
        "that",
        "date",
        "day",
        "that's",
        "thats",
        "should",
        "would",
        "will",
        "make",
        "i",
        "think",
        "happened",
        "morning",
        "afternoon",
        "evening",
        "noon",
        ",",
        ".",
        "!",
        "?",
        "|",
    ]
)
EMPTY: Final = frozenset(
    {"the", "date", "day", "week", "that", "nothing", "than", "when", "which", "on", "of", "be", "to"}
)
STEM_CHARS: Final = 4


def find_date(scene: Scene, parameter: Parameter) -> Found | None:
    """Give the day that the message gives for this parameter."""
    if not isinstance(parameter, DateParameter):
        return None
    said = f"{parameter.label} {parameter.question} {parameter.hint or ''}"
    is_week = bool(WEEK.search(f"{parameter.name} {parameter.label}"))
    calendar = Calendar(scene.heard.today, looks_back=bool(PAST.search(said)), is_week=is_week)
    found = _list_days(scene.message, calendar)
    is_asked = scene.asked == parameter.name
    meant = list[tuple[str | None, Span]]()
    for each in found:
        if is_asked or _is_meant(scene, parameter, each[1]) or (meant and _is_joined(scene.message, meant[-1], each)):
            meant.append(each)
    if not meant:
        return _find_vague(scene.message, parameter) if is_asked else None
    return _settle(scene.message, parameter, meant)


def _settle(message: Message, parameter: Parameter, meant: list[tuple[str | None, Span]]) -> Found:
    quote = message.quote(meant[-1][1])
    between = message.form_of(Span(meant[0][1].end, meant[-1][1].first))
    is_corrected = re.search(r"\b(?:no|rather|sorry|actually|not|instead|to)\b", between)
    if len({day for day, _ in meant}) > 1 and not is_corrected:
        first = message.quote(meant[0][1])
        return Found(quote=quote, doubt=f"{parameter.label}: “{first}” and “{quote}”, which of the two?")
    day = meant[-1][0]
    if day is None:
        return Found(quote=quote, doubt=f"{parameter.label}: which day is “{quote}”? Please write it like 2026-11-30.")
    return Found(raw=day, quote=quote)


def _find_vague(message: Message, parameter: Parameter) -> Found | None:
    vague = message.find(VAGUE)
    if vague is None:
        return None
    quote = message.quote(vague[1])
    return Found(quote=quote, doubt=f"{parameter.label}: “{quote}” is no certain day. Please write it like 2026-11-30.")


def _list_days(message: Message, calendar: Calendar) -> list[tuple[str | None, Span]]:
    """Give each day that is said outright, in the order of the message; None where it is not certain which."""
    found, rest = list[tuple[str | None, Span]](), message
    for name, pattern in PATTERNS.items():
        spans = list[Span]()
        for match, span in rest.find_all(pattern):
            before = f" {message.form_of(Span(max(0, span.first - 3), span.first))} "
            if re.search(rf" {NOT} (?:on |by |the )*$", before):
                continue
            spans.append(span)
            day = calendar.read(match, name)
            is_vague = re.search(r" (?:sometime|around|early|late|after|before|mid) $", before) and name != "ago_first"
            found.append((None if day is None or is_vague else day.isoformat(), span))
        rest = rest.without(spans)
    found.sort(key=lambda each: each[1].first)
    # "Friday, 27 November" and "tomorrow (Tuesday)" are one day.
    kept = list[tuple[str | None, Span]]()
    for day, span in found:
        is_near = bool(kept) and span.first - kept[-1][1].end <= 1
        if (
            is_near
            and message.tokens[kept[-1][1].end - 1].form in WEEKDAYS
            and message.tokens[span.first].form not in WEEKDAYS
        ):
            kept.pop()
        if not kept or day is None or day != kept[-1][0]:
            kept.append((day, span))
    return kept


def _is_meant(scene: Scene, parameter: DateParameter, span: Span) -> bool:
    """Tell whether this day is this parameter's: its words stand before it, or nothing else stands beside it."""
    message = scene.message
    home = _find_home(message, span)
    before = message.form_of(Span(home.first, span.first))
    words = {token.form for token in message.tokens[home.first : home.end]}
    if SINCE.search(parameter.label) and not re.search(rf"\b{SINCE_WORDS}\b(?: \S+){{0,3}}$", before):
        return False
    if DUE.search(parameter.label) and re.search(rf"\b{DUE_WORDS}\b(?: \S+){{0,3}}$", before):
        return True
    if words & _list_stems(parameter) or any(word[:STEM_CHARS] in _list_stems(parameter) for word in words):
        return True
    left = words - FILLERS - {token.form for token in message.tokens[span.first : span.end]}
    return not left and sum(isinstance(each, DateParameter) for each in scene.recipe.parameters) == 1


def _is_joined(message: Message, before: tuple[str | None, Span], day: tuple[str | None, Span]) -> bool:
    """Tell whether a day stands beside another one as good: "on 3 December or 4 December"."""
    between = message.form_of(Span(before[1].end, day[1].first))
    return between in {"or", "and", "/", ", or"}


def _find_home(message: Message, span: Span) -> Span:
    """Give the thought in which a day stands; what was taken already parts thoughts too."""
    home = next((each for each in message.segments() if each.first <= span.first < each.end), span)
    taken = [at for at in range(home.first, home.end) if message.tokens[at].form == OPAQUE]
    first = max((at + 1 for at in taken if at < span.first), default=home.first)
    return Span(first, min((at for at in taken if at >= span.end), default=home.end))


def _list_stems(parameter: DateParameter) -> set[str]:
    words = set(re.findall(r"[a-z]{3,}", f"{parameter.name} {parameter.label} {parameter.question}".lower()))
    return {word[:STEM_CHARS] for word in words - EMPTY if len(word) >= STEM_CHARS} - QUESTION_STEMS


QUESTION_STEMS: Final = frozenset({"when", "whic", "shou", "thre", "read", "date", "from", "does", "abou", "week"})
