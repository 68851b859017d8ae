"""Usage: what a model call consumed."""

from pydantic import BaseModel, ConfigDict


class Usage(BaseModel):
    """What one turn took, as the provider counts it; all zero where no language model was called."""

    model_config = ConfigDict(frozen=True)

    input_tokens: int = 0
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0
    output_tokens: int = 0
    web_searches: int = 0

    @property
    def prompt_tokens(self) -> int:
        """Give the size of the prompt, whichever way it was read."""
        return self.input_tokens + self.cache_write_tokens + self.cache_read_tokens

    @property
    def tokens(self) -> int:
        """Give the tokens of all kinds."""
        return self.prompt_tokens + self.output_tokens

    def __add__(self, other: "Usage") -> "Usage":
        """Give the sum, kind by kind."""
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
            cache_read_tokens=self.cache_read_tokens + other.cache_read_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            web_searches=self.web_searches + other.web_searches,
        )

    def count_new(self) -> int:
        """Count the tokens without those that the provider had kept: what is read again each turn counts once."""
        return self.input_tokens + self.cache_write_tokens + self.output_tokens
