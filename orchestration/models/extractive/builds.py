"""What came of building a file: whether a smaller plan would mend it, and which build is handed in."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.models.port import ToolCall, ToolResult
from recipes.output import Check

ATTEMPTS: Final = 2
# What less content does not change: whether a question is answered, and what the frame of a file says.
_OUTSIDE: Final = frozenset({"sections", "language", "page numbers"})
_LENGTH: Final = re.compile(r"has (?P<found>\d+) (?:pages?|slides?)\b.*?(?P<most>\d+) were asked for")


@dataclass(frozen=True)
class Built:
    """One call of the skill that made a file, or was refused."""

    content: dict[str, Any]
    """What the skill was given."""
    result: ToolResult

    @property
    def is_file(self) -> bool:
        """True where a file was made."""
        return not self.result.is_error

    @property
    def answer(self) -> dict[str, Any]:
        """What the skill said of the file."""
        return json.loads(self.result.content)

    def list_failed(self) -> list[Check]:
        """Give the checks that the file did not pass."""
        checks = (Check.model_validate(each) for each in self.answer.get("checks", ())) if self.is_file else ()
        return [check for check in checks if not check.passed]

    def list_faults(self) -> list[Check]:
        """Give those of them that are more than a file shorter than was asked for, which sources leave short."""
        return [check for check in self.list_failed() if not _is_short(check)]

    def may_be_mended(self) -> bool:
        """Tell whether less content may do better: it was refused, or something in it is not as it should be."""
        return not self.is_file or any(check.name not in _OUTSIDE for check in self.list_faults())

    def say_why(self) -> str:
        """Give what was wrong with it."""
        return "; ".join(check.said for check in self.list_failed()) if self.is_file else self.result.content

    def find_length(self) -> int:
        """Give how many slides or pages it has, as far as a check says that these are not those asked for; else 0."""
        lengths = (_LENGTH.search(check.said) for check in self.list_failed())
        return next((int(length["found"]) for length in lengths if length), 0)


def list_built(results: Sequence[tuple[ToolCall, ToolResult]]) -> list[Built]:
    """Give the builds in their order."""
    return [Built(call.input["content"], result) for call, result in results]


def needs_another(builds: Sequence[Built]) -> bool:
    """Tell whether another attempt is due."""
    return len(builds) < ATTEMPTS and (not builds or builds[-1].may_be_mended())


def find_best(builds: Sequence[Built]) -> int | None:
    """Give the place of the build to hand in, that with the fewest failed checks; None where there is no file."""
    files = [at for at, build in enumerate(builds) if build.is_file]
    return min(files, key=lambda at: len(builds[at].list_failed()), default=None)


def _is_short(check: Check) -> bool:
    length = _LENGTH.search(check.said)
    return length is not None and int(length["found"]) <= int(length["most"])
