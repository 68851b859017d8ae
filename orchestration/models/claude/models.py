"""Which models the provider has, and which it takes away, as of November 2026 (its pages of models and deprecations).

A name that is not here may well be newer than this file: it is used, and the provider says whether it exists.
"""

import re
from datetime import date
from typing import Final

DEFAULT_MODEL: Final = "claude-sonnet-5-5"
DEFAULT_PARTNER_MODEL: Final = "claude-haiku-5-5"

# Name and the day after which the provider may refuse it.
DEPRECATED: Final = {
    "claude-sonnet-4-5": date(2026, 11, 30),
    "claude-sonnet-4-5-20250929": date(2026, 11, 30),
    "claude-mythos-preview": date(2026, 6, 30),
    "claude-opus-4-0": date(2026, 6, 15),
    "claude-opus-4-20250514": date(2026, 6, 15),
    "claude-sonnet-4-0": date(2026, 6, 15),
    "claude-sonnet-4-20250514": date(2026, 6, 15),
    "claude-3-7-sonnet-latest": date(2026, 2, 19),
    "claude-3-7-sonnet-20250219": date(2026, 2, 19),
    "claude-3-5-haiku-latest": date(2026, 2, 19),
    "claude-3-5-haiku-20241022": date(2026, 2, 19),
    "claude-3-opus-20240229": date(2026, 1, 5),
    "claude-3-sonnet-20240229": date(2025, 7, 21),
}
_VERSION: Final = re.compile(r"-v\d+(:\d+)?$")
# They take neither adaptive thinking nor an effort.
_WITHOUT_EFFORT: Final = frozenset(
    {"claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-opus-4-5", "claude-opus-4-5-20251101"}
)


def find_last_day(model: str) -> date | None:
    """Find the last day of a model that goes away or went; None for one that stays."""
    return DEPRECATED.get(_name_plainly(model))


def takes_effort(model: str) -> bool:
    """Tell whether a model thinks as much as it finds right, and can be told how hard to try."""
    return _name_plainly(model) not in _WITHOUT_EFFORT


def _name_plainly(model: str) -> str:
    """Give the provider's own name of a model that a cloud names its own way: eu.anthropic.claude-x-20260901-v1:0."""
    return _VERSION.sub("", model.rpartition("anthropic.")[2]).replace("@", "-")
