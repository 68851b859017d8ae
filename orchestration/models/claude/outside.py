"""What a reply got from outside the bundle: the provider's blocks of searches and runs of code, as our values.

The words of a page come encrypted, for the model alone; what people may see of it is its title, and the words that the
model quotes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from recipes.outside import CodeRun, Outside, WebPage, WebQuote, WebSearch

Json = Mapping[str, Any]

CALL: Final = "server_tool_use"
SEARCH_RESULT: Final = "web_search_tool_result"
# Of code, of a shell, of an editor of files.
RUN_RESULTS: Final = frozenset(
    {"code_execution_tool_result", "bash_code_execution_tool_result", "text_editor_code_execution_tool_result"}
)


def read_outside(blocks: Sequence[Json], earlier: Iterable[Json]) -> Outside:
    """Give what a reply got.

    Args:
        blocks: The reply's.
        earlier: Those of the turns before: a result may come a turn after its call.
    """
    inputs: dict[str, Json] = {
        str(each["id"]): each.get("input") or {} for each in [*earlier, *blocks] if each.get("type") == CALL
    }
    return Outside(
        searches=tuple(_read_search(each, inputs) for each in blocks if each.get("type") == SEARCH_RESULT),
        quotes=tuple(_read_quotes(blocks)),
        runs=tuple(_read_run(each, inputs) for each in blocks if each.get("type") in RUN_RESULTS),
    )


def list_unanswered(blocks: Sequence[Json]) -> frozenset[str]:
    """Give the calls of the provider's own tools that have no result in the same reply."""
    answered = {each.get("tool_use_id") for each in blocks}
    return frozenset(str(each["id"]) for each in blocks if each.get("type") == CALL and each["id"] not in answered)


def _read_search(block: Json, inputs: Mapping[str, Json]) -> WebSearch:
    query = str(inputs.get(block["tool_use_id"], {}).get("query", ""))
    found = block["content"]
    if not isinstance(found, list):
        return WebSearch(query=query, problem=_read_problem(found))
    return WebSearch(query=query, pages=tuple(_read_page(each) for each in found))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] (JSON)


def _read_page(result: Json) -> WebPage:
    age = result.get("page_age")
    return WebPage(url=str(result["url"]), title=str(result.get("title") or ""), age=None if age is None else str(age))


def _read_quotes(blocks: Sequence[Json]) -> Iterator[WebQuote]:
    for block in blocks:
        for cited in block.get("citations") or ():
            if cited.get("type") == "web_search_result_location":
                yield WebQuote(
                    url=str(cited["url"]), title=str(cited.get("title") or ""), text=str(cited["cited_text"])
                )


def _read_run(block: Json, inputs: Mapping[str, Json]) -> CodeRun:
    given, found = inputs.get(block["tool_use_id"], {}), block["content"]
    code = str(given.get("code") or given.get("command") or "")
    if str(found.get("type", "")).endswith("_error"):
        return CodeRun(code=code, problem=_read_problem(found))
    printed = "\n".join(str(found[name]) for name in ("stdout", "stderr") if found.get(name))
    left = found.get("content")
    files = [each for each in left if "file_id" in each] if isinstance(left, list) else []  # pyright: ignore[reportUnknownVariableType] (JSON)
    return CodeRun(
        code=code,
        printed=printed,
        return_code=found.get("return_code"),
        file_ids=tuple(str(each["file_id"]) for each in files),  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] (JSON)
    )


def _read_problem(error: Json) -> str:
    return str(error.get("error_code") or "unknown")
