"""Numbers in words: twelve, zwölf, douze, doce, двенадцать, a dozen, as digits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, cast

from text_to_num import (  # pyright: ignore[reportMissingTypeStubs]: text2num ships no types
    find_numbers,  # pyright: ignore[reportUnknownVariableType]: as above
)

from orchestration.partner.lexical.lexicon import fold, tell_languages
from orchestration.partner.lexical.likeness import find_like
from orchestration.partner.lexical.message import Message, Token

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt")  # text2num knows no Russian: the lexicon does
# Numbers of one language that are words of another one, in which the message may be written.
MIXED_UP: Final = frozenset(
    {"once", "seize", "dos", "cent", "mil", "un", "une", "uno", "una", "ein", "eine", "einen", "einer", "eins", "sept"}
)
# Numbers that are words of another language: they count where the message tells that it is in theirs.
BESIDE: Final = {
    "it": frozenset({"sei", "otto", "nove", "mille", "cento"}),
    "nl": frozenset({"elf", "acht", "vier"}),
    "pt": frozenset({"dez", "sete", "nove", "cem", "onze", "doze", "seis"}),
}
NEVER: Final = frozenset({"due", "non", "second"})
"""Italian for two, and when something is to be there; "ninth" to the library, and a plain no; French, and a place."""
ENGLISH: Final = [
    "three",
    "four",
    "five",
    "seven",
    "eight",
    "nine",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
]
ALONE_TOKENS: Final = 2
"""A number and a mark."""
DOZEN: Final = 12
ROUND: Final = frozenset({"100", "1000", "1000000"})


class _Number(Protocol):
    """What text2num finds: a number, from which part to before which."""

    start: int
    end: int
    value: float
    is_ordinal: bool


@dataclass
class _Part:
    word: str

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: "_Part") -> bool:  # noqa: ARG002 (text2num asks so)
        return False

    def not_a_number_part(self) -> bool:
        return False


def read_numerals(message: Message) -> Message:
    """Give the message with its number words as digits."""
    tokens = _mend(message)
    told = tell_languages(fold(message.text[token.start : token.end]) for token in tokens if token.kind == "word")
    is_alone = len(tokens) <= ALONE_TOKENS
    # "Vinte e cinco" is one number in Portuguese; in Spanish a five stands in it.
    for language in sorted(LANGUAGES, key=lambda each: -_measure(message.text, tokens, each, is_told=each in told)):
        tokens = _merge(message.text, tokens, language, is_alone=is_alone, is_told=language in told)
    return Message(message.text, tuple(_merge_digits(message.text, tokens)))


def _mend(message: Message) -> list[Token]:
    """Give the tokens, with slips in number words mended in their forms."""
    return [
        replace(token, form=like)
        if token.kind == "word" and token.form not in ENGLISH and (like := find_like(token.form, ENGLISH))
        else token
        for token in message.tokens
    ]


def _measure(text: str, tokens: Sequence[Token], language: str, *, is_told: bool) -> int:
    """Give how many words the longest number of this language has, from two on."""
    parts = [_Part(_spell(text, token, language, is_alone=False, is_told=is_told)) for token in tokens]
    longest = max(
        (found.end - found.start for found in cast("list[_Number]", find_numbers(parts, language, 0))), default=0
    )
    return longest if longest > 1 else 0


def _merge(text: str, tokens: Sequence[Token], language: str, *, is_alone: bool, is_told: bool) -> list[Token]:
    merged, at = list[Token](), 0
    parts = [_Part(_spell(text, token, language, is_alone=is_alone, is_told=is_told)) for token in tokens]
    for found in cast("list[_Number]", find_numbers(parts, language, 0)):
        value, first, end = found.value, found.start, found.end
        # "one" and its likes are articles and pronouns as often; what is in digits already stays.
        is_said = all(each.kind == "word" for each in tokens[first:end]) and not found.is_ordinal
        is_one = value == 1 and end - first == 1
        if not is_said or is_one or not value.is_integer() or value < 0:
            continue
        merged.extend(tokens[at:first])
        merged.append(Token(tokens[first].start, tokens[end - 1].end, str(int(value)), "number"))
        at = end
    merged.extend(tokens[at:])
    return merged


def _spell(text: str, token: Token, language: str, *, is_alone: bool, is_told: bool) -> str:
    if token.kind != "word":
        return "|"
    word = text[token.start : token.end].casefold()
    if word == "o":  # Italian, Portuguese and Spanish say "or" with it, English seldom zero
        return "|"
    if language == "en":
        return token.form if token.form in ENGLISH else word
    folded = fold(word)
    if folded in NEVER or (folded in BESIDE.get(language, ()) and not is_told):
        return "|"
    return "|" if folded in MIXED_UP and not is_alone and not (is_told and language in BESIDE) else word


def _merge_digits(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Give the tokens, with Russian numerals and dozens put together."""
    held: Token | None = None
    for token in tokens:
        if held is not None and token.form == "dozen" and held.form == "half":
            held = Token(held.start, token.end, str(DOZEN // 2), "number")
            continue
        if held is not None and held.form == "half" and token.form in {"a", "an"}:
            continue
        joined = _join(text, held, token) if held is not None else None
        if joined is not None:
            held = joined
            continue
        if held is not None:
            yield held
        held = replace(token, form=str(DOZEN), kind="number") if token.form == "dozen" else token
    if held is not None:
        yield held


def _join(text: str, held: Token, token: Token) -> Token | None:
    is_number = held.form.isdigit() and held.kind in {"word", "number"}
    if (
        is_number
        and held.kind == "number"
        and token.kind == "number"
        and token.form in ROUND
        and not text[token.start].isdigit()
    ):
        return Token(held.start, token.end, str(int(held.form) * int(token.form)), "number")
    if token.form == "dozen" and (is_number or held.form in {"a", "eine", "une", "una"}):
        return Token(held.start, token.end, str(DOZEN * (int(held.form) if is_number else 1)), "number")
    if not (is_number and held.kind == "word" and token.kind == "word" and token.form.isdigit()):
        return None
    large, small = int(held.form), int(token.form)
    if small == 1000:  # noqa: PLR2004 (a thousand is one)
        return Token(held.start, token.end, str(large * small), "word")
    return Token(held.start, token.end, str(large + small), "word") if large % 10 == 0 and small < large else None
