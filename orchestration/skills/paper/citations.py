"""What each numbered citation stands for, as one line that a file keeps among its properties: `1: S3.1 S3.2; 2: S5`."""

from collections.abc import Mapping


def say_citations(citations: Mapping[int, tuple[str, ...]]) -> str:
    """Give the line that says which passages each number stands for."""
    return "; ".join(f"{number}: {' '.join(passages)}" for number, passages in citations.items())


def read_citations(line: str) -> dict[int, tuple[str, ...]]:
    """Give the passages of each number; nothing of what is no such line."""
    pairs = (part.partition(":") for part in line.split(";"))
    return {int(number): tuple(said.split()) for number, colon, said in pairs if colon and number.strip().isdigit()}
