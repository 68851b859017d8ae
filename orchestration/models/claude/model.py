"""The agents' model: each turn is one request, answered whole."""

from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.rendering import render_turn
from orchestration.models.claude.replies import read_turn
from orchestration.models.port import Prompt, TurnDelta


class ClaudeModel:
    """Claude, as agents work with it; fits `ModelPort`."""

    def __init__(self, door: ClaudeDoor, *, name: str) -> None:
        """Take the door, and which model new bundles are for; a bundle's own model works on it to its end."""
        self._door = door
        self.name = name

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """See `ModelPort.turn`."""
        reply = await self._door.send(render_turn(prompt, history))
        return read_turn(reply, model=prompt.bundle.agent.model, history=history)
