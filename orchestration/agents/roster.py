"""The roster: each agent's prompt, and what it is given for one bundle."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from orchestration.agents.tools import list_tools
from orchestration.models.port import Prompt
from recipes.bundle import WorkBundle
from recipes.evaluation import PromptsRefused
from recipes.recipe import AgentType, OutputFormat
from recipes.revision import Revision
from recipes.server_tool import ServerTool
from recipes.ticket import NO_LANGUAGE_MODEL

SERVER_TOOLS: Final = frozenset(ServerTool)
# what an agent is told of the content that a skill takes
CONTENT_PROMPTS: Final = {
    OutputFormat.PPTX: "deck",
    OutputFormat.DOCX: "document",
    OutputFormat.PDF: "document",
    OutputFormat.XLSX: "workbook",
}


def make_prompt(bundle: WorkBundle, revision: Revision | None = None, *, instead: Path | None = None) -> Prompt:
    """Give the unchanging part of every turn on this bundle: the agent's own prompt, its tools, the bundle.

    Args:
        bundle: What is worked on.
        revision: What is to be changed of earlier work, if that is the work.
        instead: A folder; a prompt that lies there is taken instead of this release's of the same name.
    """
    agent = bundle.agent
    own = tuple(each for each in agent.tools if each not in SERVER_TOOLS)
    outside = list_server_tools(bundle)
    builds = bundle.recipe.contract.format if "Skill" in own else None
    system = read_system_prompt(agent.type, builds=builds, outside=outside, instead=instead)
    return Prompt(bundle=bundle, system=system, tools=list_tools(own), server_tools=outside, revision=revision)


def list_server_tools(bundle: WorkBundle) -> tuple[ServerTool, ...]:
    """Give what the provider may do itself for this bundle: what was approved, and for the research agent alone."""
    if bundle.agent.type is not AgentType.RESEARCH or bundle.agent.model == NO_LANGUAGE_MODEL:
        return ()
    return tuple(each for each in ServerTool if each in bundle.agent.tools)


@cache
def read_system_prompt(
    agent: str,
    *,
    builds: OutputFormat | None,
    outside: tuple[ServerTool, ...] = (),
    instead: Path | None = None,
) -> str:
    """Give the agent's prompt: who it is, how all agents work, how it looks outside, and what it builds files from."""
    names = [agent, "rules", *outside, *([CONTENT_PROMPTS[builds]] if builds and builds in CONTENT_PROMPTS else [])]
    texts = {**read_prompts(), **(read_folder(instead) if instead is not None else {})}
    return "\n".join(texts[name] for name in names)


@cache
def read_prompts() -> dict[str, str]:
    """Give this release's prompts by name."""
    folder = resources.files("orchestration.agents") / "prompts"
    files = (each for each in folder.iterdir() if each.name.endswith(".md"))
    return {each.name.removesuffix(".md"): each.read_text(encoding="utf-8") for each in files}


def read_folder(folder: Path) -> dict[str, str]:
    """Give the prompts that lie in a folder, by name.

    Raises:
        PromptsRefused: it is no folder of prompts.
    """
    try:
        names = sorted(each.name for each in folder.iterdir())
        known = sorted(f"{name}.md" for name in read_prompts())
        if unknown := [name for name in names if name not in known]:
            raise PromptsRefused(str(folder), f"holds {unknown[0]}, and the prompts are {', '.join(known)}")
        texts = {name.removesuffix(".md"): (folder / name).read_text(encoding="utf-8") for name in names}
    except UnicodeDecodeError as error:
        raise PromptsRefused(str(folder), "holds a file that is not text in UTF-8") from error
    except OSError as error:
        raise PromptsRefused(str(folder), f"cannot be read ({error.strerror})") from error
    if not texts:
        raise PromptsRefused(str(folder), f"holds no prompt: put a changed {known[0]} there, say")
    return texts
