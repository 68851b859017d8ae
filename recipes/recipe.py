"""A recipe: the template of a kind of work, and the contract of what it delivers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from recipes.answers import list_asked, list_defaults, show_value
from recipes.conditions import check_conditions
from recipes.errors import UserFixableError
from recipes.ids import RecipeSlug
from recipes.parameters import MultitextParameter, NumberParameter, Parameter, SelectParameter, Value
from recipes.server_tool import ServerTool
from recipes.templates import interpolate, list_placeholders
from recipes.ticket import NO_LANGUAGE_MODEL

# docs.slack.dev, option object: description
DESCRIPTION_CHARS: Final = 200


def is_none(value: object) -> bool:
    """Tell whether a field says nothing: it is then left out, so that bundles of earlier releases keep their digest."""
    return value is None


class AgentType(StrEnum):
    """Who works on a bundle."""

    RESEARCH = "research"
    CONTENT = "content"
    REPORTING = "reporting"


class OutputFormat(StrEnum):
    """The kind of file that a recipe delivers."""

    PPTX = "pptx"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    MARKDOWN = "md"


class OutputContract(BaseModel):
    """What the delivered file must be; read back from the real file after the work."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: OutputFormat
    """Where `format_from` is given: the one that is made unless the answer says otherwise."""
    output_type: Literal["report_draft", "research_brief", "content_draft", "data_workbook", "annex"]
    slides_from: str | None = None
    """The number parameter that says how many slides the file has, all of them counted."""
    format_from: str | None = Field(default=None, exclude_if=is_none)
    """The select parameter, its values formats, by which the person says which kind of file it is to be."""
    pages_from: str | None = Field(default=None, exclude_if=is_none)
    """The select parameter whose value says how many pages a document has: `2-4`."""
    sections_from: str | None = Field(default=None, exclude_if=is_none)
    """The parameter of several texts each of which has a section of its own."""
    template_from: str | None = Field(default=None, exclude_if=is_none)
    """The parameter of files whose first one is the template that a presentation is built on, and no source."""

    def chosen(self, parameters: Mapping[str, Value]) -> "OutputContract":
        """Give the contract in the format that these answers ask for."""
        said = parameters.get(self.format_from) if self.format_from else None
        return self.model_copy(update={"format": OutputFormat(said)}) if isinstance(said, str) else self

    def find_pages(self, parameters: Mapping[str, Value]) -> range | None:
        """Give how many pages these answers ask for; None where it is left open."""
        said = parameters.get(self.pages_from) if self.pages_from else None
        return read_pages(said) if isinstance(said, str) else None

    def find_template(self, parameters: Mapping[str, Value]) -> str | None:
        """Give the name of the file that these answers name as the template."""
        said = parameters.get(self.template_from) if self.template_from else None
        return said[0] if isinstance(said, tuple) and said else None

    def list_sections(self, parameters: Mapping[str, Value]) -> tuple[str, ...]:
        """Give the headings that these answers ask for."""
        said = parameters.get(self.sections_from) if self.sections_from else None
        return said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()


class AgentSpec(BaseModel):
    """Which agent works, with which tools, how far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: AgentType
    effort: Literal["low", "medium", "high"] = "medium"
    tools: tuple[str, ...]
    server_tools: tuple[ServerTool, ...] = ()
    """What the person may tick in the brief, of the research agent alone: all of it is off until they do."""
    max_turns: Annotated[int, Field(ge=1, le=200)] = 30
    max_tokens: Annotated[int, Field(ge=10_000, le=10_000_000)] = 400_000
    """Of a language model; what it reads again each turn counts once."""
    model: str | None = None
    """Another language model than the usual one."""

    @model_validator(mode="after")
    def _check_server_tools(self) -> Self:
        if self.server_tools and self.type is not AgentType.RESEARCH:
            raise ValueError(f"server_tools are for the research agent, and this is the {self.type} agent")
        if misplaced := sorted(set(self.tools) & set(ServerTool)):
            raise ValueError(f"{misplaced[0]} belongs under server_tools, where people tick it")
        return self

    def choose_model(self, usual: str) -> str:
        """Give the model that works, where this is the usual one; without a language model there is no choice."""
        return usual if usual == NO_LANGUAGE_MODEL or self.model is None else self.model

    def list_caps(self, model: str) -> dict[str, int]:
        """Give how far this model may go."""
        caps = {"turns": self.max_turns}
        return caps if model == NO_LANGUAGE_MODEL else {**caps, "tokens": self.max_tokens}


class Recipe(BaseModel):
    """A template of work with typed parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Annotated[RecipeSlug, Field(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
    version: Annotated[int, Field(ge=1)]
    name: Annotated[str, Field(min_length=1, max_length=75)]
    description: Annotated[str, Field(min_length=1, max_length=DESCRIPTION_CHARS)]
    phrases: tuple[str, ...] = ()
    """Words by which people mean this recipe."""
    task: str
    """One sentence with placeholders: what the brief shows."""
    instructions: str
    """What the agent is told, with placeholders."""
    agent: AgentSpec
    output: OutputContract
    parameters: tuple[Parameter, ...]

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        names = [parameter.name for parameter in self.parameters]
        if len(names) != len(set(names)):
            raise ValueError("two parameters have the same name")
        used = {*list_placeholders(self.task), *list_placeholders(self.instructions)}
        if unknown := sorted(used - set(names)):
            raise ValueError(f"the template names {{{unknown[0]}}}, which is not a parameter")
        if missing := [name for name in names if name not in used]:
            raise ValueError(f"the parameter {missing[0]} stands in no template, so its answer would be lost")
        check_conditions(self.parameters)
        counted = self.output.slides_from
        if counted and not isinstance(self.find_parameter(counted), NumberParameter):
            raise ValueError(f"output.slides_from names {counted}, which is not a number parameter")
        self._check_choices()
        return self

    def find_parameter(self, name: str) -> Parameter | None:
        """Give the parameter of this name, if there is one."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def fill(self, answers: Mapping[str, Value]) -> "FilledRecipe":
        """Give task, instructions and parameters with these answers and the defaults in place."""
        asked = list_asked(self.parameters, answers)
        values = {**list_defaults(asked), **{p.name: answers[p.name] for p in asked if p.name in answers}}
        shown = {p.name: show_value(p, values[p.name]) for p in self.parameters if p.name in values}
        return FilledRecipe(
            task=interpolate(self.task, shown), instructions=interpolate(self.instructions, shown), parameters=values
        )

    def _check_choices(self) -> None:
        """Refuse an output that is chosen by an answer which cannot say it."""
        named = self.output.sections_from
        if named and not isinstance(self.find_parameter(named), MultitextParameter):
            raise ValueError(f"output.sections_from names {named}, which is not a parameter of several texts")
        by_answer = (("format_from", set(OutputFormat).__contains__), ("pages_from", read_pages))
        for field, reads in by_answer:
            named = cast("str | None", getattr(self.output, field))
            parameter = self.find_parameter(named) if named else None
            if named and not isinstance(parameter, SelectParameter):
                raise ValueError(f"output.{field} names {named}, which is not a select parameter")
            if isinstance(parameter, SelectParameter):
                wrong = [choice.value for choice in parameter.choices if not reads(choice.value)]
                if wrong:
                    raise ValueError(f"output.{field} cannot be {wrong[0]!r}, a choice of {named}")

    def card(self) -> "RecipeCard":
        """Give what a gallery shows and the thinking partner matches against."""
        return RecipeCard(
            slug=self.slug,
            name=self.name,
            description=self.description,
            phrases=self.phrases,
            agent_type=self.agent.type,
            format=self.output.format,
        )


class FilledRecipe(BaseModel):
    """A recipe's templates after interpolation."""

    model_config = ConfigDict(frozen=True)

    task: str
    instructions: str
    parameters: dict[str, Value]


class RecipeCard(BaseModel):
    """What a recipe says of itself before it is chosen."""

    model_config = ConfigDict(frozen=True)

    slug: RecipeSlug
    name: str
    description: str
    phrases: tuple[str, ...]
    agent_type: AgentType
    format: OutputFormat


@dataclass(eq=False)
class RecipeNotFound(UserFixableError):
    """No active recipe has this slug."""

    slug: str

    def advice(self) -> str:
        """Point to the list."""
        return f"I don't know the recipe `{self.slug[:60]}`. `/work list` shows what I can do."


@dataclass(eq=False)
class RecipeRefused(UserFixableError):
    """A recipe file does not make a recipe."""

    name: str
    problem: str

    def advice(self) -> str:
        """Name the file and its first problem."""
        return f"The recipe {self.name} cannot be used: {self.problem}."


def read_pages(said: str) -> range | None:
    """Give the numbers of pages that `2-4` stands for; None of what says none."""
    first, _, last = said.partition("-")
    return range(int(first), int(last) + 1) if first.isdecimal() and last.isdecimal() else None


def read_recipe(name: str, toml: str) -> Recipe:
    """Give the recipe that a TOML text describes.

    Args:
        name: What to call the text in an error: its file name.
        toml: The whole text.

    Raises:
        RecipeRefused: it is not TOML, a field is missing or wrong, or a placeholder names no parameter.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(toml)
        return Recipe.model_validate(raw)
    except tomllib.TOMLDecodeError as error:
        raise RecipeRefused(name, f"it is not TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise RecipeRefused(name, f"{place}: {said}" if place else said) from error
