"""Intents: what a message is for, where it gives no value and names no recipe."""

import re
from dataclasses import replace
from typing import Final

from orchestration.partner.interpreter import Intent
from orchestration.partner.lexical.likeness import find_like
from orchestration.partner.lexical.message import Message, Span, Token

WHO_CAN_SEE: Final = (
    r"(?:who|whom|anyone|anybody|everyone|everybody|people|others|somebody|someone|colleagues|boss|team|he|"
    r"she|they|public|whole \w+|is (?:it|this|that))"
    r"(?: \S+){0,6} (?:see|sees|seen|read|reads|view|access|visible|shown|private|public|confidential|secret|"
    r"find out|look at|open)"
)
WHO_FIRST: Final = (
    r"(?:is|will|stays?|are|keep) (?:\S+ ){0,4}(?:visible|private|public|confidential|secret|shared with)"
    r"|(?:visible|visibility|confidential|privacy|access rights)"
)
ABOUT_BOT: Final = (
    r"(?:what (?:all )?(?:can|do|are|could|else can) (?:you|u)|what (?:is|are) (?:you|this bot|threadwork)|"
    r"who are you|who (?:made|built) you"
    r"|what (?:can|should|may) i|are you|how (?:do|does|can|long|much|fast|good|are you built|many)"
    r"(?: \S+){0,4} (?:you|this|it|work|use|cost|take|need)|which (?:file |files|formats?|recipes?|languages?|"
    r"models?)|what (?:file |formats?|recipes?|kinds?|sort|languages?|model)"
    r"|(?:can|do|will|could) you (?:read|speak|understand|open|search|remember|learn|store|keep|also|see|"
    r"handle|access|work|use|really|hear|do)"
    r"|how (?:do|does|can|should) (?:i|we|this|it|one)|help|what does it cost|what s possible|whats possible|"
    r"tell me about yourself|your name|how it works)"
)
THANKS: Final = (
    r"(?:thanks|thank you|cheers|ta|much appreciated|appreciate(?:d| it)|grateful|great (?:job|work|help)|"
    r"well done|you rock|perfect|awesome|"
    r"youre the best|lifesaver|:pray:|:bow:|nice work|good job|kudos|:heart:|merci|gracias|danke|brilliant)"
)
SMALL_TALK: Final = (
    r"(?:hello|hey|good (?:morning|afternoon|evening|night|day)|morning|howdy|how are (?:you|things)|"
    r"hows it going|how is it going|hows (?:your|life)|"
    r"whats up|sup|happy \S+|merry|nice to meet|welcome|bye|goodbye|see you|have a (?:nice|good|great)|"
    r"youre (?:funny|cute|nice|sweet|so|great|"
    r"smart|clever|amazing|cool|fast|slow)|tell me a joke|joke|lol|haha|:wave:|:tada:|congrat\w*|yo|"
    r"how was your|"
    r"good bot|i love you|sorry for|are you (?:ok|well|tired|happy|bored)|:\w+:|what a (?:day|week)|"
    r"i m bored|guten (?:tag|morgen|abend))"
)
SKIP: Final = (
    r"(?:skip(?: (?:it|this|that|this one|that one))?|leave (?:it|that|this)(?: \w+)? (?:empty|blank|open|"
    r"out)|n/a|na|not applicable|pass|next(?: question)?|"
    r"no answer|nothing|move on|doesnt matter|not (?:important|needed|relevant)|leave (?:blank|empty)|"
    r"no preference|i (?:dont|do not) (?:know|care)|"
    r"dont (?:know|care)|ignore (?:it|that|this)|none|not this one|lets skip|go on|later|no idea|empty|blank|-)"
)
USE_DEFAULT: Final = (
    r"(?:default\w*|the usual(?: one)?|as usual|(?:the )?standard (?:value|one|setting|option)|"
    r"whatever is (?:the )?(?:default|standard|usual)|"
    r"(?:the )?normal (?:value|one)|(?<=^ )standard|whatevers (?:standard|usual|normal)|(?:use|take|keep|"
    r"go with) the (?:usual|standard|preset|suggested|proposed)\w*(?: \w+)?|preset|suggested (?:value|one))"
)
YOU_DECIDE: Final = (
    r"(?:(?:you|u) (?:decide|choose|pick|can decide|can choose|may decide|tell me|know best|know better|"
    r"should decide)|your (?:call|choice|pick|decision)|"
    r"up to you|whatever(?: you (?:think|like|want|prefer|feel|say))?|as you (?:like|wish|please|think|"
    r"see fit)|(?:i )?trust (?:your|you)|"
    r"surprise me|i leave (?:it|that|this) to you|leave (?:it|that|this) to you|dealers choice|choose for me|"
    r"pick (?:one|something|any)|any(?: one)?(?: is fine| will do| works)|"
    r"dont mind|either is fine|(?:you|use your) (?:best )?(?:judgement|judgment)|"
    r"what(?:ever)? (?:do )?you (?:suggest|recommend|think)|decide (?:for|yourself)|"
    r"(?:du|of|ihr|sie) entscheide\w*|entscheide\w* (?:du|of|ihr|sie)|wie du|tu decides?|"
    r"cest toi qui decides?|comme tu veux|"
    r"a toi de voir|vous decidez|tu decide\w*|decide tu|como quieras|decidi tu|come vuoi|jij beslist|kies maar|"
    r"voce decide)"
)
START_OVER: Final = (
    r"(?:(?:start|begin|restart|do) (?:\w+ )?(?:over|again|anew|afresh|from scratch|from the (?:beginning|"
    r"start|top))|restart|reset|from scratch|"
    r"(?:forget|scrap|discard|delete|cancel|clear|drop) (?:all|everything)(?: (?:that|this|of it|of that))?|"
    r"scratch (?:all|everything)|clean slate|start fresh|"
    r"new start|back to (?:the start|square|the beginning|zero)|lets start (?:over|again|anew)|all over again|wipe)"
)
SOMETHING_ELSE: Final = (
    r"(?:something (?:else|different|other)|anything else|none of (?:these|those|them|that|the above|both)|"
    r"neither(?: of)?(?: \w+)?|"
    r"(?:the )?wrong (?:kind|type|thing|recipe|one)(?: of \w+)?|what else (?:is there|can you|do you|have)|"
    r"other (?:options?|recipes?|kinds?|things?)|"
    r"show me (?:the )?(?:others?|all|more|list)|not (?:what|that|this|the) (?:i|kind|one|sort|type|"
    r"at all)(?: \w+)*|a different (?:kind|type|recipe|one|thing|format)|"
    r"another (?:kind|type|recipe|sort|format)|different recipe|not (?:these|those|any of))"
)
TAKEN_BACK: Final = r"scratch (?:that|this|it)"
"""By itself it takes back everything, before other words only what was said last."""
STEERING_WORDS: Final = frozenset(
    {"default", "skip", "decide", "choose", "something", "whatever", "again", "start", "else"}
)
AROUND: Final = (
    r"(?:please|ok|okay|just|lets|well|sorry|no|i|think|we|can|for now|now|this|that|one|it|then|and|question|"
    r"the|you|could|to|"
    r"thanks|really|hmm|:\S+:|,|\.|!|-)"
)
FOR_US: Final = (
    r"(?:make|use|keep|put|add|show|change|set|take|need|want|should|dont need|drop|remove|include|consider|"
    r"mind|read|basket|leave|"
    r"write|mention|replace|move|let|create|focus|post|could you|can you|please|as it is)"
)
ELSEWHERE: Final = (
    r"(?:wrong (?:thread|channel|chat|window)|ignore (?:me|that message)|not for you|never ?mind me|brb|"
    r"oops|any(?:one|body) (?:up|for|here|in|free|want|know)|who wants|who s in)"
)


def mask_questions(message: Message) -> Message:
    """Give the message without its questions about itself: what they name is not asked for."""
    masked = list[Span]()
    for span in _list_sentences(message):
        part = message.cut(span)
        ends_asking = span.end < len(message.tokens) and message.tokens[span.end].form == "?"
        is_question = ends_asking or re.match(r" (?:who|will|is|which|what|how|are|does) ", part.forms)
        if is_question and _is_question(part):
            masked.append(_cut_question(message, span))
    return message.without(masked)


def _cut_question(message: Message, span: Span) -> Span:
    """Give the part of a sentence from the comma on behind which it asks: what stands before is an order."""
    thoughts = [each for each in message.segments() if span.first <= each.first and each.end <= span.end]
    asking = next((each.first for each in thoughts if _is_question(message.cut(each))), span.first)
    return Span(asking, span.end)


def find_steering(message: Message, *, is_asked: bool, has_offer: bool) -> Intent | None:
    """Give what the message does to the talk as a whole, or to the question, where it does that and little else."""
    text = message.mapped(_mend)
    if text.has(START_OVER) or re.fullmatch(rf" (?:{AROUND} )*{TAKEN_BACK} (?:{AROUND} )*", text.forms):
        return Intent.START_OVER
    if text.has(SOMETHING_ELSE) and (has_offer or not is_asked or not text.has(r"none|neither")):
        return Intent.SOMETHING_ELSE
    if not is_asked:
        # Of what was offered, the likeliest may be left to us.
        return Intent.YOU_DECIDE if has_offer and text.has(YOU_DECIDE) else None
    for intent, pattern in ((Intent.YOU_DECIDE, YOU_DECIDE), (Intent.USE_DEFAULT, USE_DEFAULT)):
        if text.has(pattern):
            return intent
    return Intent.SKIP if re.fullmatch(rf" (?:{AROUND} )*{SKIP} (?:{AROUND} )*", text.forms) else None


def find_talk(message: Message) -> Intent | None:
    """Give what else a message may be: a question about the bot or the work, thanks, a greeting."""
    if message.has(WHO_CAN_SEE) or message.has(WHO_FIRST):
        return Intent.WHO_CAN_SEE
    if re.search(
        r" (?:how are (?:you|things)|hows it going|are you (?:ok|well|tired|happy|bored)|whats up) ", message.forms
    ):
        return Intent.SMALL_TALK
    if message.has(ABOUT_BOT):
        return Intent.ABOUT_BOT
    if message.has(THANKS):
        return Intent.THANKS
    return Intent.SMALL_TALK if message.has(SMALL_TALK) else None


def is_for_us(message: Message) -> bool:
    """Tell whether words that give no value still say what is wanted of the work."""
    return message.has(FOR_US) and not message.has(ELSEWHERE)


def is_nod(message: Message) -> bool:
    """Tell whether the message only says that it was heard."""
    return bool(
        re.fullmatch(
            r" (?:(?:ok|okay|nice|cool|great|sorry|wow|hmm?|fine|alright|right|aha|oh|good|i see|got it|,|\.|!) )+",
            message.forms,
        )
    )


def is_elsewhere(message: Message) -> bool:
    """Tell whether the words say themselves that they are not meant for the bot."""
    return message.has(ELSEWHERE)


def _mend(token: Token) -> Token:
    """Give a token with a slip in a word of steering mended."""
    like = find_like(token.form, STEERING_WORDS) if token.kind == "word" and token.form not in STEERING_WORDS else None
    return replace(token, form=like) if like else token


def _is_question(part: Message) -> bool:
    return (
        part.has(WHO_CAN_SEE)
        or part.has(WHO_FIRST)
        or (part.has(ABOUT_BOT) and not part.has(r"(?:make|write|create|prepare|draft|do|build)"))
    )


def _list_sentences(message: Message) -> list[Span]:
    spans, first = list[Span](), 0
    for at, token in enumerate(message.tokens):
        if token.form in {".", "!", "?", "|"}:
            spans.append(Span(first, at))
            first = at + 1
    return [*spans, Span(first, len(message.tokens))]
