"""A reply: what a model is asked to make of a message. It is a claim, and nothing in it is taken unlooked at."""

from pydantic import BaseModel, ConfigDict, Field

from orchestration.partner.interpreter import Intent


class ClaimedAnswer(BaseModel):
    """A value that the message is said to give, and the words that are said to give it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parameter: str = Field(description="The name of a parameter of the recipe in force.")
    raw: str = Field(description="The value, written as the parameter's `form` says.")
    quote: str = Field(description="The words of the message that give it, character by character.")


class ClaimedDoubt(BaseModel):
    """A parameter that the message speaks of without giving a value that can be used."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parameter: str = Field(description="The name of a parameter of the recipe in force.")
    quote: str = Field(description="The words of the message that speak of it, character by character.")


class Reply(BaseModel):
    """What a message says, as a model reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: Intent = Field(description="What the message is for.")
    recipe: str | None = Field(description="The slug of the recipe in force after the message, or null.")
    recipe_quote: str = Field(description="The words of the message that choose the recipe; empty if it stays.")
    candidates: list[str] = Field(description="Slugs of all recipes that may be meant, where one cannot tell which.")
    answers: list[ClaimedAnswer] = Field(description="What the message gives or changes.")
    doubts: list[ClaimedDoubt] = Field(description="What the message speaks of and gives no usable value for.")
