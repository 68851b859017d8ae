"""What `threadwork doctor` found, as a story asks for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """What a doctor said, by subject."""

    marks: Mapping[str, str]
    said: Mapping[str, str]
    advice: Mapping[str, str]
    words: str

    @property
    def amiss(self) -> dict[str, str]:
        """What is not well, and how bad it is."""
        return {subject: mark for subject, mark in self.marks.items() if mark != "ok"}


def read_told(report: Mapping[str, Any]) -> Told:
    findings = report["findings"]
    for each in findings:
        assert (each["mark"] == "ok") == (each["advice"] is None), each
    columns = ({each["subject"]: each[part] for each in findings} for part in ("mark", "said", "advice"))
    return Told(*columns, json.dumps(report))
