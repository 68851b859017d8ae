"""What an agent can do to the world: its tools, as the loop calls them."""

from collections.abc import Sequence
from typing import Any, Protocol

from orchestration.agents.tools import AskUser, EmitWorkOutput, ReadSource, Skill, TodoWrite
from orchestration.models.port import ToolResult, TurnDelta
from recipes.annex import Annex, AnnexEntry


class ToolRefused(Exception):
    """A tool says no; the text is for the model, which can mend its call."""


class AnswerAwaited(Exception):
    """The agent asked somebody; the call is answered later, perhaps much later."""


class ToolHost(Protocol):
    """The tools. Each answers with plain JSON; each may be called twice with the same input and then does it once.

    Raises, all of them: `ToolRefused` for what the model can mend.
    """

    async def write_todos(self, call: TodoWrite) -> dict[str, Any]:
        """Take the todo list, which is kept, and then shown, with the call's result (`TurnLog.save_result`)."""
        ...

    async def build_file(self, call: Skill) -> dict[str, Any]:
        """Build a file into the vault; answers as `BuiltFile`."""
        ...

    async def emit(self, call: EmitWorkOutput) -> dict[str, Any]:
        """Keep a finished output, which is delivered after the last turn."""
        ...

    async def ask(self, call: AskUser, tool_use_id: str) -> dict[str, Any]:
        """Give the answer to a question.

        Raises:
            AnswerAwaited: it was asked, and nobody has answered yet.
        """
        ...

    async def fetch_files(self, turn: int, file_ids: Sequence[str]) -> None:
        """Fetch what the code of a turn left with the provider, look at it, and record what became of it."""
        ...

    async def read_source(self, call: ReadSource) -> dict[str, Any]:
        """Give a page of a source of the bundle."""
        ...


class TurnLog(Protocol):
    """The turns that are finished. What is kept is never asked for again."""

    async def history(self) -> tuple[TurnDelta, ...]:
        """Give the finished turns with the results of their tools, in order."""
        ...

    async def annex(self) -> Annex:
        """Give what these turns found outside the bundle."""
        ...

    async def save_turn(self, number: int, delta: TurnDelta, entry: AnnexEntry | None = None) -> None:
        """Keep a turn, and what it found outside, unless one of this number is kept, which then stands.

        Its tools have not run yet.
        """
        ...

    async def save_result(self, result: ToolResult) -> None:
        """Keep what a tool answered, and what it made, unless an answer to this call is kept, which then stands."""
        ...
