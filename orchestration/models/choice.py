"""Which model works: the one that a bundle was approved for, to the end."""

from orchestration.models.claude.errors import KeyMissing
from orchestration.models.port import ModelPort, Prompt, TurnDelta
from recipes.ticket import NO_LANGUAGE_MODEL


class ModelChoice:
    """All models there are; fits `ModelPort`. A bundle keeps its own, also when a key comes or goes."""

    def __init__(self, *, extractive: ModelPort, claude: ModelPort | None) -> None:
        """Take the models; new bundles are for Claude where there is a key."""
        self._extractive = extractive
        self._claude = claude
        self.name = (claude or extractive).name

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """See `ModelPort.turn`.

        Raises:
            KeyMissing: the bundle was approved for a model that needs a key.
        """
        if prompt.bundle.agent.model == NO_LANGUAGE_MODEL:
            return await self._extractive.turn(prompt, history)
        if self._claude is None:
            raise KeyMissing(prompt.bundle.agent.model)
        return await self._claude.turn(prompt, history)
