"""The roster: each agent's prompt, and what it is given for one bundle."""

from functools import cache
from importlib import resources

from orchestration.agents.tools import list_tools
from orchestration.models.port import Prompt
from recipes.bundle import WorkBundle


def make_prompt(bundle: WorkBundle) -> Prompt:
    """Give the unchanging part of every turn on this bundle: the agent's own prompt, its tools, the bundle."""
    return Prompt(bundle=bundle, system=read_system_prompt(bundle.agent.type), tools=list_tools(bundle.agent.tools))


@cache
def read_system_prompt(agent: str) -> str:
    """Give the agent's prompt, as its Markdown file has it."""
    file = resources.files("orchestration.agents") / "prompts" / f"{agent}.md"
    return file.read_text(encoding="utf-8")
