"""Phrases: where a few words stand in a message, slips of the keyboard included."""

from functools import lru_cache
from typing import Final

from orchestration.partner.lexical.likeness import is_slip
from orchestration.partner.lexical.message import Message, Span, read_message

PAIR: Final = 2
SHORT_CHARS: Final = 3
"""Words up to here keep their s."""


def find_phrase(message: Message, phrase: str, *, with_slips: bool = True) -> list[Span]:
    """Give each place at which the message has this phrase, in one number or the other."""
    words = _split(phrase)
    forms = [token.form for token in message.tokens]
    count = len(words)
    if not words:
        return []
    found = [
        Span(at, at + count)
        for at in range(len(forms) - count + 1)
        # A slip is never in the first letter, so most places are told by it.
        if forms[at][:1] == words[0][:1]
        and all(
            _is_same(said, word, with_slips=with_slips)
            for said, word in zip(forms[at : at + count], words, strict=True)
        )
    ]
    if count == 1:
        found += [
            Span(at, at + 2)
            for at in range(len(forms) - 1)
            if f"{forms[at]}{forms[at + 1]}" == words[0] and forms[at].isalpha()
        ]
    if count == PAIR:
        # "Étude de cas" is a case study: where one noun stands for the other's kind, "of" leads over to it.
        found += [
            Span(at, at + 3)
            for at in range(len(forms) - 2)
            if forms[at + 1] == "of"
            and _is_same(forms[at], words[1], with_slips=False)
            and _is_same(forms[at + 2], words[0], with_slips=False)
        ]
    if count > 1:
        joined = "".join(words)
        found += [
            Span(at, at + 1)
            for at, said in enumerate(forms)
            if said[:1] == joined[:1] and _is_same(said, joined, with_slips=with_slips)
        ]
    return found


def singular(form: str) -> str:
    """Give a noun without the s of its plural."""
    return (
        form[:-1] if len(form) > SHORT_CHARS and form.endswith("s") and not form.endswith(("ss", "us", "is")) else form
    )


@lru_cache(maxsize=4096)
def _split(phrase: str) -> tuple[str, ...]:
    return tuple(token.form for token in read_message(phrase).tokens)


@lru_cache(maxsize=65536)
def _is_same(said: str, word: str, *, with_slips: bool) -> bool:
    if said in {word, f"{word}s"} or (said == f"{word}es" and len(word) > SHORT_CHARS):
        return True
    return with_slips and said[:1] == word[:1] and said.isalpha() and (is_slip(said, word) or is_slip(said, f"{word}s"))
