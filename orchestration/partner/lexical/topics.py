"""Topics: the free text of a request, from behind "about" up to where something else begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.partner.lexical.calendar import PATTERNS
from orchestration.partner.lexical.choices import FILLERS, names_choice
from orchestration.partner.lexical.dates import find_date
from orchestration.partner.lexical.message import BREAK, OPAQUE, Message, Span
from orchestration.partner.lexical.phrases import singular
from orchestration.partner.lexical.scene import NOUN, Rule, Scene, list_nouns, mark_nouns
from recipes.parameters import BoundedSpec, DateParameter, MultitextParameter, Parameter, SelectParameter

STRONG: Final = r"(?:about|covering|regarding|concerning|on the (?:topic|subject) of)"
WEAK: Final = r"(?P<lead>on|of|for|:|between)"
SKIPPED: Final = (
    r"(?:(?:instead|please|,|now|then|needed|draft|with \d+ [a-z@]+|of \d+ [a-z@]+|in \d+ [a-z@]+|by tomorrow|"
    r"tomorrow|today|"
    r"for me|for us|for my boss|for ⟨[^ ]*⟩) )*"
)
VERBS: Final = frozenset({"summarise", "summarize", "compare", "research", "review", "recap", "analyse", "analyze"})
ASIDE: Final = re.compile(
    r"(?:it|its|we|i|im|ill|id|ive|they|you|youre|but|so|because|please|thanks|not|no|nothing|this|thats|these|make|use|using|add|"
    r"should|could|can|would|asap|from|based|due|post|posted|publish|published|lol|ok|okay|cheers|por|if|maybe|preferably|ideally|"
    r"and (?:it|its|make|please|add|use|post|dont|with|i|we|can|then|also|no|keep|let|leave)|also|just|keep|"
    r"let|leave|then|nicht|mit|"
    r"for (?:the )?(?:\S+ )?(?:meeting|call|workshop)|for (?:me|us|my|our|the|⟨)|as soon|like|any|all|before|"
    r"until|by|needed|want|need|see|with|"
    r"without|in (?:\S+ )?style|which|who|where|when|btw|fyi|urgent|quick|short|today|tomorrow|tonight|monday|"
    r"thank|happy|sorry|audience|"
    r"points?|haha|and not|only|at|everything|everyone|there|hope|let|what|how|the (?:rest|files?|data|"
    r"numbers are)|:\S+:|⟨@\S+)(?: |$)"
)
HARD: Final = frozenset({".", "!", "?", ";", BREAK})
DETERMINERS: Final = frozenset(
    ["the", "a", "an", "our", "my", "your", "their", "this", "that", "these", "those", "top", "last", "first", "next"]
)
DANGLING: Final = frozenset(
    ["of", "for", "on", "in", "at", "by", "with", "the", "a", "an", "to", "from", "and", "de", "da"]
)
CLOSERS: Final = frozenset({"please", "asap", "lol", "thanks", "instead"})
LEADS: Final = ("with", "using", "in", "without", "as", "and", "but", "due", "by", "until", "at")
DEADLINE: Final = re.compile(r"^\S+ (?:tomorrow|today|tonight|\S+day|next|end|\d|noon|eod|the end)")
ON_DAY: Final = re.compile(r"on (?:the )?(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.|\d{1,2} [a-z]+$|\S+day$)")
QUALIFIERS: Final = r"(?:about|around|the|a|an|at most|roughly|some|not|in|no|only|up to)"
LEADING_TOKENS: Final = 4
PRONOUNS: Final = frozenset({"it", "this", "that", "them", "these", "those"})
CLAUSE: Final = re.compile(
    r"(?:our|my|the|their|his|her|this|that|there|everyone|all)(?: \S+){0,3} (?:is|are|was|were|has|have|will|"
    r"needs?|must|should) "
)
CLOSING: Final = " \t\r\n,:;.!?-–"
QUOTES: Final = "\"“”„«»'`"
POINTING: Final = r"(?:from|using|based on|with) (?:this|these|those|the (?:thread|files?|attached|basket)|what|⟨)"


@dataclass(frozen=True)
class Topic:
    """A free text, and its tokens."""

    said: str
    span: Span


def find_start(message: Message, parameter: Parameter, naming: Span | None) -> int | None:
    """Give the token at which the text for a parameter starts, if the message leads over to one."""
    names = "|".join({re.escape(word) for word in (parameter.label.lower(), parameter.name.replace("_", " ")) if word})
    label = message.find(rf"(?:the )?(?:{names}|topic|subject) (?:(?:is|:|=|to|should be|will be|-) )+(?:about |on )?")
    label = label or _find_led(
        message, rf"(?:the )?(?:{names}|topic|subject) (?:is|:|=|to|should be|will be)(?: about| on)?"
    )
    led = _find_led(message, rf"(?:make it|its|it is|it should be|should be|to be|be|thats|make that) {STRONG}")
    if led is not None:
        return led[1].end
    if label is not None and not re.match(
        r"(?:wrong|fine|ok|okay|good|right|not|clear|missing|too|still)\b", _rest(message, label[1].end)
    ):
        return label[1].end
    if naming is None:
        return 1 if re.match(rf" {STRONG} (?!\d+\??(?: [a-z]+)? $)", message.forms) else None
    return _find_behind(message, naming)


def _find_led(message: Message, pattern: str) -> tuple[re.Match[str], Span] | None:
    return message.find(rf"{pattern}(?: :)?(?= \S)")


def _find_behind(message: Message, naming: Span) -> int | None:
    """Give the start behind the name of a recipe."""
    behind = message.cut(Span(naming.end, len(message.tokens)))
    weak = re.match(rf" {SKIPPED}{WEAK} (?:(?:on|about|the topic of|:) )?(?=\S)", behind.forms)
    strong = next(
        (
            span
            for match, span in behind.find_all(STRONG)
            if not re.match(r" \d+ (?:[a-z]+ )?(?:slide|word|page|source)", match.string[match.end() :])
        ),
        None,
    )
    first = message.tokens[naming.first].form
    if weak is not None:
        at = len(weak[0].split())
        if _is_subject(message, naming.end + at, lead=weak["lead"]):
            return naming.end + at
    if strong is not None:
        return naming.end + strong.end
    if naming.end < len(message.tokens) and message.tokens[naming.end].kind in {"version", "decimal"}:
        return naming.end
    if (
        first in VERBS
        and naming.end - naming.first == 1
        and naming.end < len(message.tokens)
        and _is_subject(message, naming.end)
    ):
        return naming.end if message.tokens[naming.end].form not in HARD else None
    counted = next((span for _, span in behind.find_all(r"\d+ [a-z]+ on") if _is_subject(behind, span.end)), None)
    return naming.end + counted.end if counted else None


def _rest(message: Message, at: int) -> str:
    return message.form_of(Span(at, min(at + 4, len(message.tokens))))


def _is_subject(message: Message, at: int, *, lead: str = "for") -> bool:
    """Tell whether a subject may start here: no person, no day, no number of something."""
    rest = _rest(message, at)
    if lead == "for" and re.match(
        r"the (?:board|management|team|boss|client|customer|meeting|\S+ meeting)(?: |$)|leadership|management|everyone",
        rest,
    ):
        return False
    return not re.match(
        r"(?:(?:i|we|me|us|my|him|her|them|it|this|that|you|your|today|tomorrow|tonight|monday|tuesday|"
        r"wednesday|thursday|friday|next)(?: |$)|⟨|"
        r"\d+ [a-z]+ (?:about|on|of) |\d+$|\d+ (?:of|slide|word|page|row|source|sheet|minutes|,|please)|"
        r"(?:now|later|when|one|ones|with|instead)(?: |$)|,|$)",
        rest,
    )


def cut_topic(scene: Scene, start: int, rules: Sequence[Rule], *, skip: Parameter) -> Topic | None:
    """Give the text from this token up to where another answer, an aside or a courtesy begins."""
    message = scene.message
    end = start
    while end < len(message.tokens) and not _ends(scene, end, start, rules, skip):
        end += 1
    if end < len(message.tokens) and message.tokens[end].form not in HARD | {","}:
        end = _drop_dangling(message, start, end)
    span = Span(start, end)
    said = message.quote(span).strip(CLOSING).strip()
    is_quoted = len(said) > 1 and said[0] in QUOTES and said[-1] in QUOTES and not re.search(r"[\"“”„«»]", said[1:-1])
    said = said[1:-1].strip() if is_quoted else said
    said = said.strip(CLOSING) if not is_quoted else said
    return Topic(said, span) if said and said.casefold() not in PRONOUNS else None


def _drop_dangling(message: Message, start: int, end: int) -> int:
    """Give the end of a text without the small words that led over to what was cut off."""
    while end > start and message.tokens[end - 1].form in DANGLING:
        end -= 1
        if message.form_of(Span(max(start, end - 3), end)) == "for the week":
            end -= 3
    return end


def _ends(scene: Scene, at: int, start: int, rules: Sequence[Rule], skip: Parameter) -> bool:
    message = scene.message
    token = message.tokens[at]
    if token.form in HARD:
        following = message.text[token.end : token.end + 1]
        return token.form in {BREAK, ";"} or not following or following.isspace() or following in "\"'”)."
    if at == start:
        return False
    if token.form == "," or (token.form in {"-", "("} and message.text[token.start - 1 : token.start].isspace()):
        return _is_other(scene, _until_comma(message, at + 1), rules, skip)
    return token.form != OPAQUE and _turns(scene, at, rules, skip)


def _until_comma(message: Message, first: int) -> Span:
    for at in range(first, len(message.tokens)):
        if message.tokens[at].form in {",", *HARD}:
            return Span(first, at)
    return Span(first, len(message.tokens))


def _is_other(scene: Scene, span: Span, rules: Sequence[Rule], skip: Parameter) -> bool:
    part = scene.message.form_of(span)
    if not part or ASIDE.match(f"{part} ") or CLAUSE.match(f"{part} "):
        return True
    return _is_read(scene, span, rules, skip)


def _is_read(scene: Scene, span: Span, rules: Sequence[Rule], skip: Parameter) -> bool:
    """Tell whether another parameter is answered near the start of these tokens."""
    part = scene.within(span)
    for parameter in scene.recipe.parameters:
        found = None if parameter == skip else next((each for rule in rules if (each := rule(part, parameter))), None)
        if found is not None and _is_led(part.message, found.quote, parameter):
            return True
    return False


def _is_led(part: Message, quote: str, parameter: Parameter) -> bool:
    """Tell whether what stands before a quote only leads over to it: "uptime in Asia" is one thought."""
    start = part.text.find(quote, part.tokens[0].start) if quote else part.tokens[0].start
    before = [token for token in part.tokens if token.end <= start]
    if isinstance(parameter, SelectParameter):
        return all(token.form in FILLERS or singular(token.form) in list_nouns(parameter) for token in before)
    return len(before) <= LEADING_TOKENS


def _turns(scene: Scene, at: int, rules: Sequence[Rule], skip: Parameter) -> bool:
    """Tell whether another answer begins here without a comma."""
    span = _until_comma(scene.message, at)
    rest = scene.message.form_of(span)
    word = scene.message.tokens[at].form
    if word in CLOSERS or re.match(POINTING, rest) or (word in {"by", "due", "until"} and DEADLINE.search(rest)):
        return True
    if _is_day(scene, span, word):
        return True
    if word in {"for", "in"} and (rest.startswith("for ⟨@") or _names_any(scene, Span(at + 1, span.end))):
        return True
    if word.isdigit():
        is_free = scene.message.tokens[at - 1].form not in DETERMINERS
        return is_free and _begins(scene, span, rules, skip, lead="")
    return word in LEADS and _begins(scene, span, rules, skip, lead=rf"(?:{'|'.join(LEADS)})(?: {QUALIFIERS})*")


def _is_day(scene: Scene, span: Span, word: str) -> bool:
    """Tell whether a day of the work begins here, which is no part of the topic where the recipe asks for one."""
    days = [each for each in scene.recipe.parameters if isinstance(each, DateParameter)]
    if not days:
        return False
    rest = scene.message.form_of(span)
    if ON_DAY.match(rest) or any(re.fullmatch(f"(?:{pattern})", rest) for pattern in PATTERNS.values()):
        return True
    return word == "for" and any(find_date(scene.within(span), each) for each in days)


def _names_any(scene: Scene, span: Span) -> bool:
    return any(names_choice(scene.message.cut(span), each) for each in scene.recipe.parameters)


def _list_starts(message: Message, span: Span) -> list[int]:
    """Give where a choice may start behind a preposition: at once, or behind an article."""
    has_article = message.form_of(Span(span.first + 1, span.first + 2)) in {"a", "an", "the", "about", "some"}
    return [span.first + 1, *([span.first + 2] if has_article else [])]


def _begins(scene: Scene, span: Span, rules: Sequence[Rule], skip: Parameter, *, lead: str) -> bool:
    """Tell whether another parameter's number, choice or thing stands right here."""
    for parameter in scene.recipe.parameters:
        if parameter == skip:
            continue
        marked = mark_nouns(scene.message.cut(span), list_nouns(parameter)).forms
        if isinstance(parameter, BoundedSpec):
            if re.match(rf" {lead}{' ' if lead else ''}\d+\??(?: (?:-|to) \d+)?(?: [a-z]+)? {NOUN} ", marked):
                return True
        elif lead and not isinstance(parameter, MultitextParameter):
            short = Span(span.first, min(span.end, span.first + 5))
            is_near = any(rule(scene.within(short), parameter) is not None for rule in rules)
            if is_near and (
                re.match(rf" {lead} (?:\S+ )?{NOUN} ", marked)
                or re.match(rf" {lead} \S+ (?:and \S+ \S+ )?{NOUN} ", marked)
            ):
                return True
            if is_near and any(
                names_choice(scene.message.cut(Span(first, span.end)), parameter)
                for first in _list_starts(scene.message, span)
            ):
                return True
        elif lead and re.match(rf" {lead} (?:the )?{NOUN} (?:: )?", marked):
            return True
    return False
