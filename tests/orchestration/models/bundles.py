"""Work bundles for tests, small or large, built from what was said and from real files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.agents.tools import list_tools
from orchestration.models.port import ModelPort, Prompt, ToolCall, ToolResult, TurnDelta
from orchestration.readers.reading import read_file
from recipes.bundle import BundleAgent, BundleRecipe, WorkBundle, find_digest
from recipes.ids import BasketId, PassageId, RecipeSlug, SourceId
from recipes.parameters import Value
from recipes.recipe import AgentType, OutputContract, OutputFormat
from recipes.source import LeftOut, Passage, Source, SourceKind, Table
from storage.catalog import read_catalog

EXAMPLE = Path(__file__).parents[3] / "bot" / "example" / "iowa-electricity.csv"
# Tuesday, 17 November 2026, 09:00 UTC
FIRST_TS = 1_794_906_000
TOOLS = ("TodoWrite", "Skill", "emit_work_output", "read_source")
TEXT_TOOLS = ("TodoWrite", "emit_work_output", "read_source")


def make_message(source_id: str, author: str | None, text: str, *, place: int = 0, channel: str = "#reports") -> Source:
    return Source(
        id=SourceId(source_id),
        kind=SourceKind.MESSAGE,
        locator=channel,
        author=author,
        ts=f"{FIRST_TS + 240 * place}.000100",
        digest=find_digest(text.encode()),
        passages=(Passage(id=PassageId(f"{source_id}.1"), text=text),),
    )


def make_file(source_id: str, filename: str, content: bytes, *, author: str | None = "Maya") -> Source:
    return Source(
        id=SourceId(source_id),
        kind=SourceKind.ASSET,
        locator=filename,
        author=author,
        ts=f"{FIRST_TS}.000200",
        digest=find_digest(content),
        passages=tuple(
            Passage(
                id=PassageId(f"{source_id}.{number}"),
                locator=part.locator,
                **({"table": part.content} if isinstance(part.content, Table) else {"text": part.content}),
            )
            for number, part in enumerate(read_file(filename, content).passages, start=1)
        ),
    )


def make_bundle(
    *,
    topic: str,
    messages: Iterable[tuple[str | None, str]] = (),
    files: Mapping[str, bytes] | None = None,
    slides: int = 5,
    style: str = "slate",
    left_out: Sequence[LeftOut] = (),
    more_parameters: Mapping[str, Value] | None = None,
) -> WorkBundle:
    """Build the bundle of a thread: its messages in order, then its files."""
    said = [make_message(f"S{place + 1}", *each, place=place) for place, each in enumerate(messages)]
    shared = [
        make_file(f"S{len(said) + n}", name, content) for n, (name, content) in enumerate((files or {}).items(), 1)
    ]
    return WorkBundle(
        basket=BasketId("bsk_test"),
        task=f"A presentation of {slides} slides about {topic}, in the {style} style.",
        recipe=BundleRecipe(
            slug=RecipeSlug("powerpoint-report"),
            version=1,
            instructions=f"Make a presentation about: {topic}",
            contract=OutputContract(format=OutputFormat.PPTX, output_type="report_draft", slides_from="slides_count"),
        ),
        parameters={"topic": topic, "slides_count": slides, "template_style": style, **(more_parameters or {})},
        agent=BundleAgent(
            type=AgentType.REPORTING, model="extractive", effort="medium", tools=TOOLS, caps={"max_turns": 30}
        ),
        sources=(*said, *shared),
        left_out=tuple(left_out),
    )


def make_text_bundle(
    *,
    topic: str,
    messages: Iterable[tuple[str | None, str]] = (),
    files: Mapping[str, bytes] | None = None,
    **answers: Value,
) -> WorkBundle:
    """Build the bundle of a thread for a content draft of 300 words with names, unless the answers say otherwise."""
    bundle = make_bundle(topic=topic, messages=messages, files=files)
    parameters = {"topic": topic, "words": 300, "names": True, **answers}
    recipe = BundleRecipe(
        slug=RecipeSlug("content-draft"),
        version=1,
        instructions=f"Write a text in Markdown about: {topic}",
        contract=OutputContract(format=OutputFormat.MARKDOWN, output_type="content_draft"),
    )
    agent = bundle.agent.model_copy(update={"type": AgentType.CONTENT, "tools": TEXT_TOOLS})
    task = f"A text of about {parameters['words']} words about {topic}."
    return bundle.model_copy(update={"task": task, "recipe": recipe, "parameters": parameters, "agent": agent})


def make_paper_bundle(
    *,
    topic: str,
    messages: Iterable[tuple[str | None, str]] = (),
    files: Mapping[str, bytes] | None = None,
    **answers: Value,
) -> WorkBundle:
    """Build the bundle of a thread for a research brief in Word, unless the answers say otherwise."""
    bundle = make_bundle(topic=topic, messages=messages, files=files)
    recipe = next(each for each in read_catalog() if each.slug == "research-brief")
    filled = recipe.fill({"topic": topic, **answers})
    return bundle.model_copy(
        update={
            "task": filled.task,
            "recipe": BundleRecipe(
                slug=recipe.slug,
                version=recipe.version,
                instructions=filled.instructions,
                contract=recipe.output.chosen(filled.parameters),
            ),
            "parameters": filled.parameters,
            "agent": bundle.agent.model_copy(update={"type": AgentType.RESEARCH}),
        }
    )


def make_book_bundle(
    *,
    topic: str,
    messages: Iterable[tuple[str | None, str]] = (),
    files: Mapping[str, bytes] | None = None,
    left_out: Sequence[LeftOut] = (),
    **answers: Value,
) -> WorkBundle:
    """Build the bundle of a thread for a data workbook, with a summary unless the answers say otherwise."""
    bundle = make_bundle(topic=topic, messages=messages, files=files, left_out=left_out)
    recipe = BundleRecipe(
        slug=RecipeSlug("data-workbook"),
        version=1,
        instructions=f"Make an Excel workbook about: {topic}",
        contract=OutputContract(format=OutputFormat.XLSX, output_type="data_workbook"),
    )
    parameters = {"topic": topic, "summary": True, **answers}
    task = f"An Excel workbook of the data on {topic}."
    return bundle.model_copy(update={"task": task, "recipe": recipe, "parameters": parameters})


def make_prompt(bundle: WorkBundle) -> Prompt:
    return Prompt(bundle=bundle, system="", tools=list_tools(bundle.agent.tools))


BUILT = {"file_id": "f" * 64, "file_format": "pptx", "size_bytes": 1, "generation_time_ms": 1, "checks": []}


class ScriptedHost:
    """A tool host that answers well, but for the calls of Skill and emit that a script answers instead."""

    def __init__(self, *, skill: Sequence[ToolResult | Mapping[str, Any]] = (), emit: Sequence[str] = ()) -> None:
        self._skill = list(skill)
        self._emit = list(emit)

    def answer(self, call: ToolCall) -> ToolResult:
        if call.name == "Skill":
            return self._answer_skill(call)
        if call.name == "emit_work_output" and self._emit:
            return ToolResult(tool_use_id=call.id, content=self._emit.pop(0), is_error=True)
        return ToolResult(tool_use_id=call.id, content="{}")

    def _answer_skill(self, call: ToolCall) -> ToolResult:
        scripted = self._skill.pop(0) if self._skill else BUILT
        if isinstance(scripted, ToolResult):
            return scripted.model_copy(update={"tool_use_id": call.id})
        return ToolResult(tool_use_id=call.id, content=json.dumps(scripted))


async def run_to_end(model: ModelPort, bundle: WorkBundle, host: ScriptedHost | None = None) -> list[TurnDelta]:
    """Run a model's turns as the agent loop does, until it ends; more than 20 turns are a failure."""
    host = host or ScriptedHost()
    history: list[TurnDelta] = []
    for _ in range(20):
        turn = await model.turn(make_prompt(bundle), tuple(history))
        history.append(turn.model_copy(update={"results": tuple(host.answer(call) for call in turn.tool_calls())}))
        if turn.stop_reason == "end_turn":
            return history
    raise AssertionError("the model did not end within 20 turns")


def list_calls(history: Iterable[TurnDelta], name: str) -> list[dict[str, Any]]:
    return [call.input for turn in history for call in turn.tool_calls() if call.name == name]
