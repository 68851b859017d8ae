"""What still stands: the claims of earlier work that the file of a revision still makes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from orchestration.provenance.evidence import Cells, Evidence, gather_evidence
from orchestration.provenance.numerals import list_numerals
from orchestration.skills.marks import plain_text
from recipes.output import Claim
from recipes.revision import EarlierWork


def list_standing(earlier: EarlierWork, content: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Give the claims of earlier work that are still made: words and figures go with the part that held them.

    What neither content holds, as a workbook's sums, which are worked out of tables, is not known to be gone and stays.

    Args:
        earlier: With its claims, and the content that they were made of.
        content: What the file is built from now.
    """
    if not earlier.claims:
        return ()
    was, now = _read(earlier.content or {}), _read(content)
    return tuple(each for each in earlier.claims if _stands(each, was, now))


def _stands(claim: Claim, was: Evidence, now: Evidence) -> bool:
    # A computed figure is tested as it is shown: what it is computed from need not stand in the file.
    numerals = [] if claim.kind == "quote" else list_numerals(claim.text)
    if not numerals:
        return now.quotes(claim.text) or not was.quotes(claim.text)
    return all(now.holds(each) or not was.holds(each) for each in numerals)


def _read(content: Mapping[str, Any]) -> Evidence:
    """Give what stands in a content, in any field."""
    leaves = list(_list_leaves(content))
    numbers = [each for each in leaves if isinstance(each, int | float) and not isinstance(each, bool)]
    # A share of one may be shown in percent.
    cells = (Cells.of(numbers, is_fraction=True),)
    return gather_evidence((plain_text(each) for each in leaves if isinstance(each, str)), cells)


def _list_leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for each in cast("Mapping[str, object]", value).values():
            yield from _list_leaves(each)
    elif isinstance(value, list | tuple):
        for each in cast("Sequence[object]", value):
            yield from _list_leaves(each)
    else:
        yield value
