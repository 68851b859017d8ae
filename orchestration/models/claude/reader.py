"""The thinking partner's model: one text in, one value that fits a schema out."""

from typing import Final

from pydantic import ValidationError

from orchestration.models.claude.door import ClaudeDoor, Reply, make_strict
from orchestration.models.claude.rendering import MARK, render_effort
from orchestration.models.port import M, Read, ReadingRefused

EFFORT: Final = "low"


class ClaudeReader:
    """Claude, as it reads what people say; fits `StructuredReader`."""

    def __init__(self, door: ClaudeDoor, *, name: str) -> None:
        self._door = door
        self.name = name

    async def read(self, schema: type[M], *, instructions: str, text: str, most_output_tokens: int) -> Read[M]:
        """See `StructuredReader.read`."""
        shape = {"format": {"type": "json_schema", "schema": make_strict(schema.model_json_schema())}}
        reply = await self._door.send(
            {
                "model": self.name,
                "max_tokens": most_output_tokens,
                "system": [{"type": "text", "text": instructions, **MARK}],
                "messages": [{"role": "user", "content": [{"type": "text", "text": text}]}],
                **render_effort(self.name, EFFORT, output=shape),
            }
        )
        if reply.stop_reason not in {"end_turn", "stop_sequence"}:
            raise _refuse(reply, f"it stopped by {reply.stop_reason}")
        said = "".join(str(block["text"]) for block in reply.blocks if block["type"] == "text")
        try:
            return Read(value=schema.model_validate_json(said), usage=reply.usage)
        except ValidationError as error:
            raise _refuse(reply, f"{error.error_count()} fields do not fit") from error


def _refuse(reply: Reply, reason: str) -> ReadingRefused:
    return ReadingRefused(reason, **reply.usage.model_dump(exclude={"web_searches"}))
