"""Each leaf of the error tree survives the engine's journal, and has a sentence of its own."""

import importlib
import pkgutil
import typing
from dataclasses import fields, is_dataclass

import pytest

import bot
import orchestration
import recipes
import storage
from orchestration.engine.serialisation import TaggedJson, list_leaves
from recipes.errors import DefectError, ThreadworkError, TransientError, UserFixableError

ROOMS = (recipes, storage, orchestration, bot)
# They run when imported: entry points, and alembic's own.
NOT_IMPORTED = ("__main__", "migrations")
SAMPLES = {float | None: 2.5, str: "a-name", bool: True, int: 7, float: 1.5, list[str]: ["one", "two"]}


def _import_all() -> None:
    for room in ROOMS:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not any(part in module.name for part in NOT_IMPORTED):
                importlib.import_module(module.name)


_import_all()
LEAVES = sorted(
    (leaf for leaf in list_leaves() if leaf.__module__.partition(".")[0] in {room.__name__ for room in ROOMS}),
    key=lambda leaf: leaf.__name__,
)
every_leaf = pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)


def _make(leaf: type[ThreadworkError]) -> ThreadworkError:
    types = typing.get_type_hints(leaf)
    return leaf(**{field.name: SAMPLES[types[field.name]] for field in fields(leaf)} if is_dataclass(leaf) else {})


def test_the_tree_has_its_leaves():
    assert len(LEAVES) > 20
    assert not {leaf.__name__ for leaf in LEAVES} & {"UserFixableError", "TransientError", "DefectError"}


def test_no_two_leaves_have_one_name():
    names = [leaf.__name__ for leaf in LEAVES]
    assert len(names) == len(set(names))


@every_leaf
def test_a_leaf_belongs_to_one_family(leaf):
    assert sum(issubclass(leaf, family) for family in (UserFixableError, TransientError, DefectError)) == 1


@every_leaf
def test_a_leaf_survives_its_fields(leaf):
    error = _make(leaf)
    again = leaf.from_fields(error.to_fields())
    assert type(again) is leaf
    assert again.to_fields() == error.to_fields()


@every_leaf
def test_a_leaf_survives_the_engines_journal(leaf):
    error = _make(leaf)
    again = TaggedJson().deserialize(TaggedJson().serialize(error))
    assert type(again) is leaf
    assert again.to_fields() == error.to_fields()
    assert (again.advice(), str(again)) == (error.advice(), str(error))


@every_leaf
def test_a_leaf_says_its_own_sentence(leaf):
    assert leaf.advice is not ThreadworkError.advice
    said = _make(leaf).advice()
    assert "!" not in said
    # These pass on a whole sentence that was made where the problem was found.
    if leaf.__name__ not in {"AnswerRefused", "FaultRefused", "SettingsRefused", "StoryFailed", "WishRefused"}:
        assert said.endswith(".")


@every_leaf
def test_a_leaf_names_its_fields_in_the_log(leaf):
    error = _make(leaf)
    assert str(error).startswith(leaf.__name__)
    assert all(f"{name}=" in str(error) for name in error.to_fields())
