"""Who may read a basket, said by the code itself: one maker of proofs, one reader of rows, no verb without a proof."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

from recipes.audience import BasketAccess
from storage.repositories.baskets import BasketRepository

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "orchestration", "recipes", "storage")
TABLES = {"substrate_blocks", "reference_assets"}
# What comes out of a basket's rows; ids and yes or no do not.
CONTENTS = ("SubstrateBlock", "ReferenceAsset", "EntryText", "BlockText")


def list_files() -> Iterator[tuple[str, ast.Module]]:
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def makes_proofs(tree: ast.Module) -> bool:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any("BasketAccess" in ast.dump(made) for made in calls)


def names_tables(tree: ast.Module) -> bool:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return bool(TABLES & names) or any(table in text for text in texts for table in TABLES)


def list_verbs() -> list[str]:
    return [name for name, _ in inspect.getmembers(BasketRepository, inspect.isfunction) if not name.startswith("_")]


def test_proofs_are_made_in_one_place():
    assert [name for name, tree in list_files() if makes_proofs(tree)] == ["orchestration/baskets/access.py"]


def test_the_rows_of_baskets_are_read_in_one_place():
    migrations = "storage/migrations/"
    named = {name for name, tree in list_files() if names_tables(tree) and not name.startswith(migrations)}
    assert named == {"storage/tables.py", "storage/repositories/baskets.py"}


@pytest.mark.parametrize("verb", list_verbs())
def test_no_verb_gives_what_a_basket_holds_without_a_proof(verb):
    hints = get_type_hints(getattr(BasketRepository, verb))
    given = str(hints["return"])
    assert not any(content in given for content in CONTENTS) or hints.get("access") is BasketAccess


def test_the_verbs_that_give_something_are_known():
    giving = [
        verb
        for verb in list_verbs()
        if any(content in str(get_type_hints(getattr(BasketRepository, verb))["return"]) for content in CONTENTS)
    ]
    assert giving == [
        "find_asset",
        "find_message_block",
        "list_assets",
        "list_assets_of",
        "list_blocks",
        "list_blocks_of",
        "list_texts",
    ]
