"""A message in tokens: each with its place in the text, and its form, in which the rules read it.

Forms are English, folded, numbers in digits; what nobody may read into (quotations, what was taken already) is opaque.
Rules are regular expressions over the forms, joined by spaces.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from orchestration.partner.lexical.lexicon import ANY, fold, gloss, list_phrases, tell_languages

OPAQUE: Final = "¤"
BREAK: Final = "|"
"""The form of a line's end."""
TOKEN: Final = re.compile(
    r"""(?P<mention>⟨[@#][^⟨⟩]*⟩) | (?P<link>https?://\S+) | (?P<emoji>:[a-z0-9_+-]+:)
      | (?P<iso>\d{4}-\d{2}-\d{2}\b)
      | (?P<version>\d+(?:\.\d+){2,}(?:\.)?(?!\d)(?<!\.)|v\d+(?:\.\d+)*)
      | (?P<time>\d+:\d\d?\b)
      | (?P<day>\d{1,2}\.\s?\d{1,2}\.(?!\d)|\d{1,2}/\d{1,2}(?:/\d{2,4})?\b)
      | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
      | (?P<thousands>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d.,]*\d))
      | (?P<decimal>\d+[.,]\d+k?\b)
      | (?P<number>\d+k?(?![^\W_])|\d+(?=(?:h|hrs?|m|mins?|ish)\b|h\d))
      | (?P<word>(?<=\d)h(?=\d)|n/a\b|w/o\b|(?:sull|dell|nell|dall)['’](?=\w\w)|[^\W_]+(?:['’][^\W_]+)*)
      | (?P<line>\n) | (?P<mark>[^\w\s])""",
    re.VERBOSE | re.IGNORECASE,
)
PHRASED: Final = frozenset({"word", "number"})
"""The kinds of token that a phrase is made of."""
JOINTS: Final = "-\u2010\u2011'\u2019"
"""What joins two words to one: hyphens and apostrophes."""
DOTTED: Final = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})")
QUOTATION: Final = re.compile(r"\"[^\"\n]+\"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|(?<!\w)'[^'\n]+'(?!\w)|`[^`]+`")
QUOTED_LINES: Final = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*|```[\s\S]*?```", re.MULTILINE)


@dataclass(frozen=True)
class Span:
    """Tokens of a message, from the first to before the last."""

    first: int
    end: int


@dataclass(frozen=True)
class Token:
    """A word, number, mark or mention, and where it stands."""

    start: int
    end: int
    form: str
    kind: str


@dataclass(frozen=True)
class Message:
    """A text and its tokens."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def forms(self) -> str:
        """Give all forms, with a space before and after each."""
        return " " + "".join(f"{token.form} " for token in self.tokens)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = list[int](), 1
        for token in self.tokens:
            starts.append(at)
            at += len(token.form) + 1
        return starts

    def find_all(self, pattern: str) -> Iterator[tuple[re.Match[str], Span]]:
        """Give each match over whole tokens, and its tokens."""
        for found in _compile(pattern).finditer(self.forms):
            yield found, self.span_of(found)

    def find(self, pattern: str) -> tuple[re.Match[str], Span] | None:
        """Give the first match."""
        return next(self.find_all(pattern), None)

    def has(self, pattern: str) -> bool:
        """Tell whether it stands anywhere."""
        return self.find(pattern) is not None

    def span_of(self, found: re.Match[str], group: int | str = 0) -> Span:
        """Give the tokens of a match or of one of its groups."""
        return Span(bisect_left(self._starts, found.start(group)), bisect_left(self._starts, found.end(group)))

    def quote(self, span: Span) -> str:
        """Give the words of the text for these tokens, as they were written."""
        tokens = self.tokens[span.first : span.end]
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def form_of(self, span: Span) -> str:
        """Give the forms of these tokens."""
        return " ".join(token.form for token in self.tokens[span.first : span.end])

    def cut(self, span: Span) -> "Message":
        """Give these tokens alone."""
        return Message(self.text, self.tokens[span.first : span.end])

    def without(self, spans: Iterable[Span]) -> "Message":
        """Give the message in which nothing can be read from these tokens."""
        taken = {number for span in spans for number in range(span.first, span.end)}
        tokens = (replace(t, form=OPAQUE) if n in taken else t for n, t in enumerate(self.tokens))
        return Message(self.text, tuple(tokens))

    def mapped(self, change: Callable[[Token], Token]) -> "Message":
        """Give the message with each token changed."""
        return Message(self.text, tuple(change(token) for token in self.tokens))

    def segments(self) -> tuple[Span, ...]:
        """Give the stretches between marks that end a thought."""
        spans, first = list[Span](), 0
        for number, token in enumerate((*self.tokens, Token(0, 0, BREAK, "line"))):
            if token.form in {",", ";", ".", "!", "?", BREAK, "(", ")"}:
                if number > first:
                    spans.append(Span(first, number))
                first = number + 1
        return tuple(spans)


def read_message(text: str) -> Message:
    """Give a text's tokens; quoted lines and quotations are opaque."""
    hidden = [*QUOTED_LINES.finditer(text), *QUOTATION.finditer(text)]
    ranges = [found.span() for found in hidden]
    tokens = list[Token]()
    for token in _split(text):
        is_hidden = any(start <= token.start and token.end <= end for start, end in ranges)
        tokens.append(replace(token, form=OPAQUE, kind="hidden") if is_hidden else token)
    return Message(text, tuple(_translate(tokens)))


def _translate(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give the tokens with their words in English, several for several where they are a phrase."""
    languages = tell_languages(token.form for token in tokens if token.kind == "word")
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found = _find_phrase(tokens, at) if token.kind in PHRASED else None
        if found is not None:
            said, english = found
            yield from _place(tokens[at : at + len(said)], said, english, languages)
            at += len(said)
            continue
        yield _gloss(token, languages)
        at += 1


def _find_phrase(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    for said, english in list_phrases(tokens[at].form):
        here = tokens[at : at + len(said)]
        if len(here) == len(said) and all(
            token.kind in PHRASED and word in {token.form, ANY} for token, word in zip(here, said, strict=True)
        ):
            return said, english
    return None


def _place(
    tokens: Sequence[Token], said: Sequence[str], english: Sequence[str], languages: frozenset[str]
) -> Iterator[Token]:
    """Give the English words of a phrase over its tokens; what stays as it is parts them."""
    left, words = list[Token](), list(english)
    for token, word in (*zip(tokens, said, strict=True), (None, ANY)):
        if word != ANY and token is not None:
            left.append(token)
            continue
        count = words.index(ANY) if ANY in words else len(words)
        yield from _spread(left, words[:count], at=token.start if token is not None else tokens[-1].end)
        if token is not None:
            yield _gloss(token, languages)
        left, words = [], words[count + 1 :]


def _spread(tokens: Sequence[Token], words: Sequence[str], *, at: int) -> Iterator[Token]:
    """Give a token for each word: the last one reaches to the end, those too many are without a place."""
    end = tokens[-1].end if tokens else at
    for number, word in enumerate(words):
        if number >= len(tokens):
            yield Token(end, end, word, "phrase")
        else:
            until = end if number == len(words) - 1 else tokens[number].end
            kind = "number" if word.isdigit() else tokens[number].kind
            yield replace(tokens[number], end=until, form=word, kind=kind)


def _gloss(token: Token, languages: frozenset[str]) -> Token:
    return replace(token, form=gloss(token.form, languages)) if token.kind == "word" else token


@lru_cache(maxsize=8192)
def _compile(pattern: str) -> re.Pattern[str]:
    """Give the pattern over whole tokens; the rules make more of them than `re` remembers."""
    return re.compile(rf"(?<= )(?:{pattern})(?= )")


def _split(text: str) -> Iterator[Token]:
    at = 0
    while found := TOKEN.search(text, at):
        kind = found.lastgroup or "mark"
        start, end = found.span()
        if dotted := DOTTED.match(text, start):
            kind, end = "day", dotted.end()
        at = end
        written = text[start:end]
        is_joint = written in JOINTS and text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
        if is_joint and not (text[start - 1].isdigit() and text[end].isdigit()):
            continue
        yield Token(start, end, _form(kind, written), kind)


def _form(kind: str, written: str) -> str:
    match kind:
        case "word":
            form = fold(written)
        case "version" | "ordinal" | "emoji":
            form = written.casefold()
        case "thousands":
            form = re.sub(r"\D", "", written)
        case "number" | "decimal":
            form = _read_digits(written)
        case "line":
            form = BREAK
        case "link":
            form = OPAQUE
        case "mention":
            # Without the name: whose words they are is known by the id.
            form = re.sub(r"\|[^⟩]*", "", written)
        case "day":
            form = written.replace(" ", "")
        case _:
            form = {"–": "-", "—": "-", "…": "."}.get(written, written)
    return form


def _read_digits(written: str) -> str:
    factor = 1000 if written[-1] in "kK" else 1
    value = float(written.rstrip("kK").replace(",", ".")) * factor
    return str(int(value)) if value.is_integer() and (factor > 1 or written.isdigit()) else f"{value:g}?"
