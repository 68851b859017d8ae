"""The body of a text: the plan in Markdown, each sentence with the mark of its passage."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from orchestration.models.extractive.excerpts import clip_words
from orchestration.models.extractive.statements import Statement
from orchestration.models.extractive.text.composer import Section, Shape
from orchestration.models.extractive.text.markdown import cite, count_read, escape
from orchestration.models.extractive.text.plan import TextPlan

# a text of this share of the words that were asked for is short
SHORT_SHARE: Final = 0.75
PARAGRAPH_STATEMENTS: Final = 4
NAME_CHARS: Final = 60


def write_body(plan: TextPlan) -> str:
    """Give the text in Markdown with marks, without its title and the list of its sources."""
    words = plan.material.words
    parts = [f"*{words.disclosure}.*"]
    for section in plan.sections:
        parts += _render_section(section, plan)
    if plan.since:
        parts.append(f"*{words.older.format(day=plan.since.isoformat())}*")
    if count_read("\n\n".join(parts)) < plan.words * SHORT_SHARE:
        parts.append(f"*{words.short.format(words=plan.words)}*")
    return "\n\n".join(parts)


def _render_section(section: Section, plan: TextPlan) -> Iterator[str]:
    has_names = plan.has_names
    if section.heading is not None:
        yield f"## {escape(section.heading[:1].upper() + section.heading[1:])}"
    if section.shape is Shape.STEPS:
        yield "\n".join(
            f"{number}. {_quote([each], has_names=False)}" for number, each in enumerate(section.statements, 1)
        )
    elif section.shape is not Shape.PROSE and section.statements:
        yield "\n".join(f"- {_quote([each], has_names=has_names)}" for each in section.statements)
    elif section.heading is None:
        yield _quote(section.statements, has_names=has_names)
    else:
        for paragraph in _list_paragraphs(section.statements, by_name=has_names):
            yield _quote(paragraph, has_names=has_names)
    for table in section.tables:
        yield table.render()
    if not section.statements and not section.tables:
        yield plan.material.words.silence


def _list_paragraphs(statements: Sequence[Statement], *, by_name: bool) -> Iterator[list[Statement]]:
    """Give statements in short paragraphs, where names are given one for each time somebody speaks."""
    for _, run in groupby(statements, key=lambda each: _name(each) if by_name else None):
        said = list(run)
        for start in range(0, len(said), PARAGRAPH_STATEMENTS):
            yield said[start : start + PARAGRAPH_STATEMENTS]


def _quote(statements: Sequence[Statement], *, has_names: bool) -> str:
    """Give one line of quoted sentences; a name comes where the speaker changes."""
    parts: list[str] = []
    for name, run in groupby(statements, key=lambda each: _name(each) if has_names else None):
        quoted = " ".join(cite(each.shown, each.passage_id) for each in run)
        parts.append(f"{name}: {quoted}" if name else quoted)
    return " ".join(parts)


def _name(statement: Statement) -> str | None:
    author = statement.source.author if statement.is_message else None
    return escape(clip_words(" ".join(author.split()), NAME_CHARS)) if author else None
