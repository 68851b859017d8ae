"""The roster: each agent's prompt, and what it is given for one bundle."""

from functools import cache
from importlib import resources
from typing import Final

from orchestration.agents.tools import list_tools
from orchestration.models.port import Prompt
from recipes.bundle import WorkBundle
from recipes.recipe import OutputFormat

# what an agent is told of the content that a skill takes
CONTENT_PROMPTS: Final = {
    OutputFormat.PPTX: "deck",
    OutputFormat.DOCX: "document",
    OutputFormat.PDF: "document",
    OutputFormat.XLSX: "workbook",
}


def make_prompt(bundle: WorkBundle) -> Prompt:
    """Give the unchanging part of every turn on this bundle: the agent's own prompt, its tools, the bundle."""
    agent = bundle.agent
    system = read_system_prompt(agent.type, builds=bundle.recipe.contract.format if "Skill" in agent.tools else None)
    return Prompt(bundle=bundle, system=system, tools=list_tools(agent.tools))


@cache
def read_system_prompt(agent: str, *, builds: OutputFormat | None) -> str:
    """Give the agent's prompt: who it is, how all agents work, and what it builds files from, if it does."""
    names = [agent, "rules", *([CONTENT_PROMPTS[builds]] if builds and builds in CONTENT_PROMPTS else [])]
    folder = resources.files("orchestration.agents") / "prompts"
    return "\n".join((folder / f"{name}.md").read_text(encoding="utf-8") for name in names)
