"""Claims: each quotation as its passage holds it, each figure as it is shown."""

from collections.abc import Iterable
from typing import Any, Final

from orchestration.models.extractive.figures import Figure
from orchestration.models.extractive.statements import Statement

# each figure has its claim: six series of 24 points on each of a dozen slides
CLAIMS: Final = 2_000


def make_claims(statements: Iterable[Statement], figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Give what an output states, each thing once: its quotations, then its figures."""
    quotes = {(each.raw, each.passage_id): "quote" for each in statements}
    shown = {(each.text, each.passage_id): "figure" for each in figures}
    claims = [{"kind": kind, "text": text, "passages": [passage]} for (text, passage), kind in (quotes | shown).items()]
    return claims[:CLAIMS]
