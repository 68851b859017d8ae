"""Server tools: what the model's provider does for an agent beyond its bundle, where a recipe and a person allow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from recipes.errors import UserFixableError


class ServerTool(StrEnum):
    """A tool that the model's provider runs itself."""

    WEB_SEARCH = "web_search"
    CODE_EXECUTION = "code_execution"


# As people read them, in a sentence
NAMES: Final[Mapping[str, str]] = {
    ServerTool.WEB_SEARCH: "web search",
    ServerTool.CODE_EXECUTION: "running code at the provider",
}
# The most searches of one turn: the provider counts them for each request.
SEARCHES_A_TURN: Final = 5


@dataclass(eq=False)
class ServerToolForbidden(UserFixableError):
    """Work was approved with a server tool that the settings forbid by now."""

    tool: str

    def advice(self) -> str:
        """Say what to do."""
        return (
            f"This was approved with {NAMES.get(self.tool, self.tool)}, which this server's settings no longer allow. "
            "Ask for it again without that; or whoever runs me sets THREADWORK_SERVER_TOOLS."
        )


@dataclass(eq=False)
class ServerToolNotOffered(UserFixableError):
    """Somebody ticked what the newest brief does not offer."""

    draft_id: str

    def advice(self) -> str:
        """Say where to look."""
        return "The newest brief does not offer that. Please look at the newest brief below."
