"""People and channels: whose part a message says, by mention."""

import re
from typing import Final

from orchestration.partner.lexical.message import Message, Span
from orchestration.partner.lexical.scene import Found, Scene
from recipes.parameters import ChannelParameter, Parameter, UserParameter

PERSON: Final = r"⟨@(?P<id>[UW][A-Z0-9]+)⟩"
CHANNEL: Final = r"⟨#(?P<id>[CG][A-Z0-9]+)⟩"
SELF: Final = r"(?:me|myself|i|ill|im|id|ich|moi|yo|я|mich)"
NOT_BEFORE: Final = re.compile(r" (?:not|instead of|rather than|but not|no|except|nicht) $")
SAYING: Final = (
    r"(?:says?|said|wants?|wanted|thinks?|asked|asks|suggests?|suggested|told|wrote|mentioned|prefers?|shared|sent)"
)
POSTING: Final = r"(?:post\w*|publish\w*|share\w*|send|goes|go|put|destination|drop|deliver\w*|announce\w*|belongs?)"
SUFFIX: Final = re.compile(r"(?:er|or|r)$")
STEM_CHARS: Final = 3


def mask_quoted_people(message: Message) -> Message:
    """Give the message without what it says that others said or want."""
    found = [
        span
        for _, span in message.find_all(rf"(?:as )?⟨@[UW][^ ]*⟩ {SAYING}(?: (?!but |so |, so|, but|, i |\. |\|)\S+)*")
    ]
    return message.without(found)


def find_person(scene: Scene, parameter: Parameter) -> Found | None:
    """Give the person whose part this is."""
    if not isinstance(parameter, UserParameter):
        return None
    message = scene.message
    mentions = [(each["id"], span) for each, span in message.find_all(PERSON)]
    meant = [each for each in mentions if not _is_denied(message, each[1])]
    if scene.asked != parameter.name:
        meant = [each for each in meant if _has_part(message, each[1], parameter, mentions)]
        return _settle(message, parameter, meant) or _find_self(scene, parameter)
    if not mentions and (own := message.find(SELF)):
        return Found(raw=scene.heard.author, quote=message.quote(own[1]))
    if not mentions and len(message.tokens) <= 3:  # noqa: PLR2004 (a name and little else)
        quote = message.text.strip()
        return Found(
            quote=quote, doubt=f"{parameter.label}: please mention the person with @, so that I know who it is."
        )
    return _settle(message, parameter, meant)


def find_channel(scene: Scene, parameter: Parameter) -> Found | None:
    """Give the channel that this goes to; one that is read from is none."""
    if not isinstance(parameter, ChannelParameter):
        return None
    message = scene.message
    is_asked = scene.asked == parameter.name
    meant = list[tuple[str, Span]]()
    for match, span in message.find_all(CHANNEL):
        before = f" {message.form_of(Span(max(0, span.first - 6), span.first))} "
        is_source = re.search(r" (?:from|basket of|basket in|basket|read|reading|said in|shared in|files in) $", before)
        is_goal = is_asked or re.search(rf" {POSTING} (?:\S+ ){{0,4}}$", before) or _names_goal(message, span)
        if is_goal and not is_source and not _is_denied(message, span):
            meant.append((match["id"], span))
    if not meant and is_asked and not message.has(CHANNEL) and len(message.tokens) <= 3:  # noqa: PLR2004
        quote = message.text.strip()
        return Found(
            quote=quote, doubt=f"{parameter.label}: please pick the channel with #, so that I know which it is."
        )
    return _settle(message, parameter, meant)


def is_told_to_others(message: Message) -> bool:
    """Tell whether the message is said to a person whom it mentions first."""
    told = (
        r"(?:, |: |- )?(?:you|your|are|did|do|does|can|could|see|thanks|thank|what|when|where|why|how|have|"
        r"will you|would|let me|let us"
        r"|lets|dont|hello|good|nice|no|yes|ok|sorry|i|ill|we|here|sure|great|any|shall|tell|look|fyi|\?|!|haha)"
    )
    starts = re.match(
        r" (?:(?:hello|hey|thanks|cc|ok|sorry) (?:, )?)?(?:⟨@[UW][^ ]*⟩ (?:and )?)+(?P<rest>.*)$", message.forms
    )
    if re.match(
        r" (?:see you|thanks|bye|good luck|have a|congrats|happy|well done|hello|welcome)(?: \S+){0,6}"
        r" ⟨@[UW][^ ]*⟩ (?:[!.] )*$",
        message.forms,
    ):
        return True
    return bool(starts and re.match(rf"{told}(?= |$)", starts["rest"]))


def _settle(message: Message, parameter: Parameter, meant: list[tuple[str, Span]]) -> Found | None:
    if not meant:
        return None
    quote = message.quote(Span(meant[0][1].first, meant[-1][1].end))
    if len({each[0] for each in meant}) > 1:
        first, last = (message.quote(meant[at][1]) for at in (0, -1))
        return Found(quote=quote, doubt=f"{parameter.label}: {first} and {last}, which of the two?")
    return Found(raw=meant[0][0], quote=quote)


def _find_self(scene: Scene, parameter: UserParameter) -> Found | None:
    stems = "|".join(_list_stems(parameter, with_question=False))
    message = scene.message
    found = (
        message.find(rf"(?:i|ill|ich) (?:\S+ )?(?:will |can |should |ll )?(?:{stems})\w*(?: the \w+| it)?")
        if stems
        else None
    )
    found = found or (
        message.find(rf"(?:{stems})\w*(?: (?:is|should|be|:|=|by|for))* (?:me|myself)") if stems else None
    )
    found = found or (message.find(rf"(?:im|i am) (?:the )?(?:{stems})\w*") if stems else None)
    return Found(raw=scene.heard.author, quote=message.quote(found[1])) if found else None


def _has_part(message: Message, span: Span, parameter: UserParameter, others: list[tuple[str, Span]]) -> bool:
    """Tell whether the words for a part stand nearer to this person than to another."""
    stops = {";", ".", "!", "?", "|", ","}
    first, end = span.first, span.end
    walls = {other.first for _, other in others if other != span}
    while first > 0 and message.tokens[first - 1].form not in stops and first - 1 not in walls:
        first -= 1
    while end < len(message.tokens) and message.tokens[end].form not in stops and end not in walls:
        end += 1
    before = message.form_of(Span(max(first, span.first - 6), span.first))
    after = message.form_of(Span(span.end, min(end, span.end + 6)))
    stems = "|".join(_list_stems(parameter, with_question=True))
    pattern = rf"(?:^| )(?:{stems})\w*"
    if parameter.label.lower().endswith(" for") and re.search(r"(?:^| )for$", before):
        return True
    if re.search(pattern, before):
        return not re.search(rf"\b{SAYING}\b", after)
    return bool(re.search(pattern, after)) and not re.match(SAYING, after) and " who " not in f" {before} "


def _list_stems(parameter: UserParameter, *, with_question: bool) -> list[str]:
    label = " ".join(re.findall(r"[a-z]+", parameter.label.lower()))
    words = [SUFFIX.sub("", word) for word in parameter.name.lower().split("_")]
    stems = [word for word in words if len(word) >= STEM_CHARS]
    if " " in label and with_question:
        stems.append(re.escape(label))
    return list(dict.fromkeys(stems))


def _names_goal(message: Message, span: Span) -> bool:
    before = f" {message.form_of(Span(max(0, span.first - 3), span.first))} "
    return bool(re.search(r" (?:to|into|in) $", before)) and message.has(r"instead")


def _is_denied(message: Message, span: Span) -> bool:
    return bool(NOT_BEFORE.search(f" {message.form_of(Span(max(0, span.first - 2), span.first))} "))
