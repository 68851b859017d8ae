"""The agent's tools: the one place with the schemas that the model fills and our code checks."""

from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from orchestration.models.port import ToolSpec
from recipes.output import Claim
from recipes.todo import Todo, count_in_progress

# One page of a source, as the tool contract has it
SOURCE_PAGE_CHARS: Final = 8_000
TODOS: Final = 30
BODY_CHARS: Final = 60_000
# docs.slack.dev, section block: 3,000 characters, and the question has company there
QUESTION_CHARS: Final = 2_000
# docs.slack.dev, button element: text
OPTION_CHARS: Final = 75


class TodoWrite(BaseModel):
    """Write the whole todo list anew: before any other work, then at each change. At most one is in progress."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    todos: Annotated[tuple[Todo, ...], Field(min_length=1, max_length=TODOS)]

    @field_validator("todos")
    @classmethod
    def _check_one_in_progress(cls, todos: tuple[Todo, ...]) -> tuple[Todo, ...]:
        if count_in_progress(todos) > 1:
            raise ValueError("at most one todo is in_progress")
        return todos


class Skill(BaseModel):
    """Build a file from structured content; answers file_id, file_format, size_bytes, generation_time_ms, checks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skill: Literal["pptx", "docx", "pdf", "xlsx"]
    content: dict[str, Any]


class EmitWorkOutput(BaseModel):
    """Hand in a finished output: the words for the thread and, where a file was built, its file_id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    output_type: Literal["report_draft", "research_brief", "content_draft", "data_workbook", "annex"]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    body: Annotated[str, Field(min_length=1, max_length=BODY_CHARS)]
    """The words beside a file; where no file is asked for, the text itself, in Markdown with marks."""
    file_id: str | None = None
    file_format: Literal["pptx", "docx", "pdf", "xlsx"] | None = None
    claims: tuple[Claim, ...] = ()


class ReadSource(BaseModel):
    """Read one page of a source of the bundle, from a character offset."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source_id: str
    offset: Annotated[int, Field(ge=0)] = 0


class AskUser(BaseModel):
    """Ask the requester one question that the work cannot go on without; the answer comes as this call's result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=QUESTION_CHARS)]
    options: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=OPTION_CHARS)], ...], Field(max_length=5)
    ] = ()


ToolInput = TodoWrite | Skill | EmitWorkOutput | ReadSource | AskUser

TOOLS: Final[dict[str, type[ToolInput]]] = {
    "TodoWrite": TodoWrite,
    "Skill": Skill,
    "emit_work_output": EmitWorkOutput,
    "read_source": ReadSource,
    "ask_user": AskUser,
}


# What a file holds depends on the skill: thirteen kinds of slides alone are more than a strict schema may hold. The
# prompt describes it, and the skill itself says what does not fit.
LOOSE: Final = frozenset({"Skill"})


@cache
def list_tools(names: tuple[str, ...]) -> tuple[ToolSpec, ...]:
    """Give the tools of these names as the model is told of them."""
    return tuple(
        ToolSpec(
            name=name,
            description=TOOLS[name].__doc__ or name,
            input_schema=TOOLS[name].model_json_schema(),
            is_strict=name not in LOOSE,
        )
        for name in names
    )


def read_tool_input(name: str, raw: dict[str, Any]) -> ToolInput:
    """Give the checked input of a tool call.

    Raises:
        ToolInputRefused: there is no such tool, or the input does not fit; the text says what would.
    """
    if name not in TOOLS:
        raise ToolInputRefused(f"There is no tool {name}. The tools are: {', '.join(TOOLS)}.")
    try:
        return TOOLS[name].model_validate(raw)
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors()]
        raise ToolInputRefused(f"{name} did not run: {'; '.join(lines[:5])}") from error


class ToolInputRefused(ValueError):
    """A tool call that cannot run: its text is answered to the model, so it stays inside the loop."""
