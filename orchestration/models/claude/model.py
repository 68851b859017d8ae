"""The agents' model: each turn is one request, answered whole."""

from orchestration.models.claude.door import ClaudeDoor
from orchestration.models.claude.errors import RequestRefused
from orchestration.models.claude.rendering import render_turn
from orchestration.models.claude.replies import read_turn
from orchestration.models.port import ProducedFile, Prompt, TurnDelta


class ClaudeModel:
    """Claude, as agents work with it; fits `ModelPort` and `ProducedFiles`."""

    def __init__(self, door: ClaudeDoor, *, name: str) -> None:
        """Take the door, and which model new bundles are for; a bundle's own model works on it to its end."""
        self._door = door
        self.name = name

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """See `ModelPort.turn`."""
        request = render_turn(prompt, history)
        try:
            reply = await self._door.send(request)
        except RequestRefused as refused:
            # Where code ran is kept for some weeks at most; without it the provider makes a new place.
            if "container" not in request or "container" not in refused.reason:
                raise
            reply = await self._door.send({name: part for name, part in request.items() if name != "container"})
        return read_turn(reply, model=prompt.bundle.agent.model, history=history)

    async def open_produced(self, file_id: str, *, most_bytes: int) -> ProducedFile:
        """See `ProducedFiles.open_produced`."""
        return await self._door.open_file(file_id, most_bytes=most_bytes)
