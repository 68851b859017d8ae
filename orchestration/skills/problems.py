"""What can be wrong with content, in sentences an agent can act upon, and the errors that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from orchestration.skills.content import Deck
from orchestration.skills.content_texts import Content
from recipes.errors import UserFixableError

# More sentences than this help nobody to mend a deck; the rest shows on the next attempt.
PROBLEMS_SHOWN: Final = 20

_NOUNS: Final = {
    "slides": "slide", "bullets": "bullet", "sub": "sub-bullet", "items": "item", "points": "point", "kpis": "kpi",
    "takeaways": "takeaway", "rows": "row", "columns": "column", "milestones": "milestone", "steps": "step",
    "series": "series", "sources": "source", "source_ids": "source id", "categories": "category", "values": "value",
    "total": "total, cell", "sections": "section", "blocks": "block", "numbered": "entry", "sheets": "sheet",
    "tables": "table", "figures": "figure", "charts": "chart", "where": "filter", "cites": "cited id",
}  # fmt: skip
# Lists whose entries are of several kinds, told apart by their field `kind`.
_OF_KINDS: Final = {"slides", "blocks"}
_FORMS: Final = {
    "number_format": '#,##0.0 or 0% or "$"0',
    "id": "S12",
    "source_ids": "S12 or S12.4",
    "language": "en-US",
    "currency": "EUR",
    "cites": "S12 or S12.4",
    "passage": "S12.4",
}


_Whole = TypeVar("_Whole", bound=Content)


@dataclass(eq=False)
class ContentRefused(UserFixableError):
    """The content does not follow the schema."""

    problems: list[str]

    def advice(self) -> str:
        """Give the first problems as one sentence."""
        return f"The document could not be built: {_first(self.problems)}."


@dataclass(eq=False)
class ContentTooLong(UserFixableError):
    """A text does not fit its place at a readable size."""

    problems: list[str]

    def advice(self) -> str:
        """Give the first problems as one sentence."""
        return (
            f"The document has too much text in one place: {_first(self.problems)}. Shorten it or give it more slides."
        )


def parse_deck(raw: object) -> Deck:
    """Give the deck that this JSON value describes.

    Raises:
        ContentRefused: with one sentence for each thing to mend.
    """
    return parse_content(Deck, raw, "the deck")


def parse_content(model: type[_Whole], raw: object, name: str) -> _Whole:
    """Give the content of this kind that a JSON value describes.

    Args:
        model: What it is to be.
        raw: The JSON value.
        name: What to call the whole in a sentence: "the deck".

    Raises:
        ContentRefused: with one sentence for each thing to mend.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise ContentRefused(_sentences(error, raw, name)) from error


def _first(problems: Sequence[str]) -> str:
    shown = "; ".join(problems[:3])
    return shown if len(problems) <= 3 else f"{shown}; and {len(problems) - 3} more"  # noqa: PLR2004 - said twice in one line


def _sentences(error: ValidationError, raw: object, name: str) -> list[str]:
    details = error.errors(include_url=False)
    found = [
        sentence
        for detail in details
        if not _follows(detail, details)
        for sentence in _detail_sentences(dict(detail), raw, name)
    ]
    sentences = list(dict.fromkeys(found))
    left = len(sentences) - PROBLEMS_SHOWN
    return (
        sentences if left <= 0 else [*sentences[:PROBLEMS_SHOWN], f"{left} more problems follow once these are mended"]
    )


def _follows(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """True for a tuple called too short only because its entries were refused, each with its own sentence."""
    loc = detail["loc"]
    inner = (other["loc"] for other in details if len(other["loc"]) > len(loc))
    return detail["type"] == "too_short" and any(other[: len(loc)] == loc for other in inner)


def _detail_sentences(detail: Mapping[str, Any], raw: object, name: str) -> list[str]:
    place = _place(detail["loc"], raw)
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if detail["type"] == "content":
        return [f"{place}: {problem}" if place else problem for problem in context["problems"]]
    return [_sentence(detail, context, place or name)]


def _sentence(detail: Mapping[str, Any], context: Mapping[str, Any], place: str) -> str:
    given = detail.get("input")
    kind: str = detail["type"]
    if kind == "missing":
        return f"{place} is missing"
    if kind == "extra_forbidden":
        return f"{place} is not a field here; leave it out"
    if kind == "string_too_long":
        return f"{place} has {len(str(given))} characters; at most {context['max_length']}"
    if kind in {"too_long", "too_short"}:
        wanted = f"at most {context['max_length']}" if kind == "too_long" else f"at least {context['min_length']}"
        return f"{place} has {context['actual_length']} entries; {wanted}"
    if kind == "string_too_short":
        return f"{place} is empty"
    return _other_sentence(detail, context, place)


def _other_sentence(detail: Mapping[str, Any], context: Mapping[str, Any], place: str) -> str:
    kind: str = detail["type"]
    if kind == "union_tag_invalid":
        return (
            f"{place} has the unknown kind '{context['tag']}'; kinds: {context['expected_tags'].replace(chr(39), '')}"
        )
    if kind == "union_tag_not_found":
        return f"{place} has no 'kind'"
    if kind == "literal_error":
        return f"{place} is {_shown(detail.get('input'))}; allowed: {context['expected']}"
    if kind == "string_pattern_mismatch":
        field = next((step for step in reversed(detail["loc"]) if isinstance(step, str)), "")
        return f"{place} is {_shown(detail.get('input'))}; write it like {_FORMS.get(field, context['pattern'])}"
    message: str = detail["msg"]
    return f"{place} is {_shown(detail.get('input'))}: {message[:1].lower()}{message[1:]}"


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - enough to recognise it


def _place(loc: Sequence[int | str], raw: object) -> str:
    """Give `slide 4 (bullets), bullet 2, text` for pydantic's path, which also holds the kind of a slide or block."""
    names: list[str] = []
    value, is_kind = raw, False
    for before, step in zip([None, *loc], loc, strict=False):
        if is_kind:
            is_kind = False
            continue
        value = _inside(value, step)
        if isinstance(step, int):
            if isinstance(before, int):
                names.append(f"cell {step + 1}")
                continue
            name = f"{_NOUNS.get(str(before), str(before))} {step + 1}" if names else f"entry {step + 1}"
            kind = _inside(value, "kind") if before in _OF_KINDS else None
            is_kind = isinstance(kind, str)
            names[-1:] = [f"{name} ({kind})" if is_kind else name]
        else:
            names.append(step)
    return ", ".join(names)


def _inside(value: object, step: int | str) -> object:
    try:
        return value[step]  # type: ignore[index]  # pyright: ignore[reportIndexIssue, reportUnknownVariableType]: JSON of unknown shape
    except (KeyError, IndexError, TypeError):
        return None
