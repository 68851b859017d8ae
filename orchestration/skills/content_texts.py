"""The kinds of text content is made of, each with its length, and the way content refuses."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from orchestration.skills.characters import clean_line, clean_lines

Clean = BeforeValidator(clean_line)
Tiny = Annotated[str, StringConstraints(min_length=1, max_length=40), Clean]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120), Clean]
Headline = Annotated[str, StringConstraints(min_length=1, max_length=160), Clean]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400), Clean]
Brief = Annotated[str, StringConstraints(min_length=1, max_length=200), Clean]
Passage = Annotated[str, StringConstraints(min_length=1, max_length=1_000), Clean]
Cell = Annotated[str, StringConstraints(max_length=300), BeforeValidator(lambda value: clean_line(_cell_text(value)))]
Notes = Annotated[str, StringConstraints(max_length=6_000), BeforeValidator(clean_lines)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,31}$")]
CitedId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,31}(\.\d+)?$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Content(BaseModel):
    """A frozen piece of content; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def refuse(problems: list[str]) -> None:
    """Refuse the content being validated, with one sentence for each problem; pass when there is none."""
    if problems:
        raise PydanticCustomError("content", "{joined}", {"joined": "; ".join(problems), "problems": problems})


def _cell_text(value: object) -> object:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
