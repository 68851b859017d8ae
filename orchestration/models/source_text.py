"""A source as text, which agents read in the prompt or page by page: each passage under its id, as it is cited."""

from collections.abc import Iterator

from recipes.source import Passage, Source


def show_source(source: Source) -> str:
    """Give all passages of a source, each after its id and where in the file it stands."""
    return "\n\n".join(f"{' '.join(_head(each))}\n{show_passage(each)}" for each in source.passages)


def show_passage(passage: Passage) -> str:
    """Give a passage's text, or its table a row a line."""
    if passage.table is None:
        return passage.text or ""
    header = " | ".join(column.name for column in passage.table.columns)
    rows = (" | ".join("" if cell is None else str(cell) for cell in row) for row in passage.table.rows)
    return "\n".join([f"{passage.table.name}: {len(passage.table.rows)} rows", header, *rows])


def _head(passage: Passage) -> Iterator[str]:
    yield f"[{passage.id}]"
    if passage.locator:
        yield passage.locator
