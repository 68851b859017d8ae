"""Sizes: how many tokens something is likely to take, from its characters, on the safe side."""

from collections.abc import Iterator, Sequence
from typing import Final

from orchestration.models.port import Prompt, TurnDelta
from recipes.bundle import WorkBundle
from recipes.server_tool import SEARCHES_A_TURN, ServerTool
from recipes.usage import Usage

# English text takes about 4 characters a token, tables and other languages fewer.
CHARS_PER_TOKEN: Final = 3
# The schema of a reply, and what the provider adds to it.
READ_OVERHEAD_TOKENS: Final = 1_500
TURN_OUTPUT_TOKENS: Final = 32_000
"""The most that one turn may say: what a long deck takes, and thinking before it."""
SEARCH_TOKENS: Final = 20_000
"""What the pages of one search take of a prompt, rather more than fewer: the provider gives up to ten."""
SOURCES_CHARS: Final = 160_000
"""So much of the sources stands in a prompt; the rest is read page by page."""


def count_tokens(text: str) -> int:
    """Give about how many tokens a text takes, rather more than fewer."""
    return -(-len(text) // CHARS_PER_TOKEN)


def measure_prompt(prompt: Prompt, history: Sequence[TurnDelta]) -> int:
    """Give about how many tokens the next request takes: what the last turn took in all, and what came since."""
    if not history:
        return measure_opening(prompt)
    last = history[-1]
    return (last.usage.tokens or measure_opening(prompt)) + sum(count_tokens(each.content) for each in last.results)


def measure_most(prompt: Prompt, history: Sequence[TurnDelta]) -> Usage:
    """Give the most that the next request is likely to take, what the provider looks up for it included."""
    searches = SEARCHES_A_TURN if ServerTool.WEB_SEARCH in prompt.server_tools else 0
    return Usage(
        input_tokens=measure_prompt(prompt, history) + searches * SEARCH_TOKENS,
        output_tokens=TURN_OUTPUT_TOKENS,
        web_searches=searches,
    )


def measure_opening(prompt: Prompt) -> int:
    """Give about how many tokens the unchanging part takes: the agent's own prompt, its tools, the bundle."""
    tools = sum(len(each.model_dump_json()) for each in prompt.tools)
    revised = prompt.revision.earlier.model_dump_json() if prompt.revision else ""
    return (
        count_tokens(prompt.system) + tools // CHARS_PER_TOKEN + measure_bundle(prompt.bundle) + count_tokens(revised)
    )


def measure_bundle(bundle: WorkBundle) -> int:
    """Give about how many tokens the bundle takes in a prompt, its sources cut as they are there."""
    told = (
        len(bundle.recipe.instructions) + len(bundle.task) + sum(len(str(each)) for each in bundle.parameters.items())
    )
    sources = 0
    for part in _list_parts(bundle):
        sources += len(part)
        if sources > SOURCES_CHARS:
            break
    return (told + min(sources, SOURCES_CHARS)) // CHARS_PER_TOKEN


def _list_parts(bundle: WorkBundle) -> Iterator[str]:
    """Give the texts and cells of the sources, one by one: there may be very many."""
    for passage in bundle.list_passages():
        if passage.table is None:
            yield passage.text or ""
            continue
        for row in passage.table.rows:
            yield " ".join(str(cell) for cell in row)
