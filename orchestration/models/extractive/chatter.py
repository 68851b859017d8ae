"""What in a thread is not a finding: small talk, and the request to the bot itself. Regular expressions only."""

import re
from typing import Final

from orchestration.models.extractive.figures import FIGURE

_I: Final = re.IGNORECASE
# shorter sentences say nothing by themselves, unless a figure is in them
_WORDS_LEAST: Final = 4
# a longer sentence says something after it agreed
_REPLY_WORDS: Final = 8

_GREETING: Final = re.compile(
    r"^(?:hi|hey|hello|good (?:morning|afternoon|evening)|morning|thanks?|thank you|thx|cheers|welcome|congrats"
    r"|congratulations|hope you|happy \w+day|hallo|guten (?:morgen|tag)|moin|danke|bonjour|salut|merci|hola"
    r"|buenos d[ií]as|gracias)\b",
    _I,
)
_REPLY: Final = re.compile(
    r"^(?:great|nice|cool|awesome|perfect|sure|ok(?:ay)?|yes|yep|yeah|no|nope|agreed|sounds good|lgtm|done|wow"
    r"|oh|ah|hm+"
    r"|brb|np|same|good point|makes sense|super|klar|genau|d'accord|ok(?:ay)?|vale|claro)\b",
    _I,
)
_LAUGHTER: Final = re.compile(
    r"\b(?:lo+l|rofl|lmao|(?:ha){2,}h?|(?:he){2,}|ja(?:ja)+|mdr|xd)\b|[\U0001f602\U0001f923]", _I
)
_SOCIAL: Final = re.compile(
    r"\b(?:lunch|coffee|weekend|birthday|pizza|beers?|cake|donuts?|memes?|gifs?|parking|weather|vacation|holiday plans"
    r"|football|(?:game|match|movie) (?:last|yesterday|tonight)|cat|dog|printer|mittagessen|kaffee|wochenende"
    r"|geburtstag"
    r"|kuchen|wetter|urlaub|d[ée]jeuner|caf[ée]|week-end|anniversaire|vacances|almuerzo|cumpleaños|fin de semana"
    r"|vacaciones)\b",
    _I,
)
_LOGISTICS: Final = re.compile(
    r"\b(?:can (?:everyone|you|people) (?:hear|see) (?:me|my)|you(?:'re| are) (?:on )?mute|be right back|running late"
    r"|5 min(?:utes)? late|has (?:joined|left) the (?:channel|group)|set the channel|have a look|take a look"
    r"|let me know|any (?:questions|thoughts)|who(?:'s| is) in|see you|talk (?:soon|later)|bis gleich|bis morgen"
    r"|[àa] bient[ôo]t|hasta luego)\b",
    _I,
)
_MAKE: Final = (
    r"(?:make|create|build|prepare|generate|produce|draft|turn|put together|give me|need|want|write"
    r"|erstell\w*|mach\w*|bau\w*|brauch\w*|prépare[rz]?|crée[rz]?|fais|faites|prepara|crea|haz|genera)"
)
_DELIVERABLE: Final = (
    r"(?:deck|slides?|slideshow|presentation|power ?point|pptx|report|summary|präsentation|folien|bericht|présentation"
    r"|diapositives|rapport|presentación|diapositivas|informe)"
)
_ASK: Final = (
    r"(?:(?:can|could|would|will) you (?:please )?|kannst du |k[öo]nntest du |peux-tu |puedes |let's |let us "
    r"|i(?:'d like| need| want) |we need |ich )?"
)
_OPENING: Final = (
    r"^(?:<@\w+(?:\|[^>]*)?>|@\w+)?[\s,:-]*(?:(?:please|pls|hey|hi|ok|bitte|s'il te plaît|por favor)[\s,]+)*"
)
_REQUEST: Final = re.compile(rf"{_OPENING}{_ASK}(?:to )?{_MAKE}\b.{{0,80}}\b{_DELIVERABLE}\b", _I)


_TEXT: Final = (
    r"(?:text|announcement|update|article|(?:blog ?)?post|newsletter|e-?mail|memo|write-?up|draft|ankündigung|artikel"
    r"|zusammenfassung|mitteilung|annonce|article|résumé|texte|anuncio|resumen|texto|artículo)"
)
# such texts are also work that people talk of, so it must be one about what was said here
_TEXT_REQUEST: Final = re.compile(
    rf"{_OPENING}{_ASK}(?:to )?(?:{_MAKE}\b.{{0,60}}\b{_TEXT}\b.{{0,40}}\b(?:about|of|from|on|aus|über|de|sobre) "
    r"(?:all )?(?:this|it|the (?:thread|discussion|above)|diese[rmn]?|ça|esto)\b"
    r"|summari[sz]e (?:this|it|the (?:thread|discussion|above))\b)",
    _I,
)


def is_chatter(text: str, words: int, *, on_topic: bool) -> bool:
    """Tell whether a sentence is small talk, laughter, logistics or nothing but a reply.

    Args:
        text: The sentence as people saw it.
        words: How many words it has.
        on_topic: It shares a word with the topic, so that words like pizza may be its matter.
    """
    has_figure = FIGURE.search(text) is not None
    if _LAUGHTER.search(text) or (_LOGISTICS.search(text) and not has_figure):
        return True
    if not on_topic and (_SOCIAL.search(text) or (_GREETING.match(text) and not has_figure)):
        return True
    if _REPLY.match(text) and words < _REPLY_WORDS and not has_figure:
        return True
    return words < _WORDS_LEAST and (not has_figure or words == 0)


def is_request(text: str) -> bool:
    """Tell whether a sentence asks somebody to make the deck or the text."""
    return _REQUEST.match(text) is not None or _TEXT_REQUEST.match(text) is not None
