import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from orchestration.partner.lexical.wishes import read_wish

TABLE = tomllib.loads((Path(__file__).parent / "wishes.toml").read_text(encoding="utf-8"))


def _show(change) -> str:
    fields = change.model_dump(exclude_none=True)
    kind = fields.pop("kind")
    shown = [
        f"{name}={','.join(map(str, value)) if isinstance(value, tuple) else value}"
        for name, value in fields.items()
        if value != ()
    ]
    return " ".join([kind, *shown])


@pytest.mark.parametrize(("said", "changes"), TABLE["wishes"].items())
def test_a_wish_is_read_as_what_it_changes(said, changes):
    wish = read_wish(said)
    assert wish is not None
    assert [_show(each) for each in wish.changes] == changes


@pytest.mark.parametrize("said", TABLE["none"]["said"])
def test_what_is_more_or_else_than_a_wish_is_none(said):
    assert read_wish(said) is None


def test_asking_for_the_versions_is_a_wish_without_changes():
    wish = read_wish("versions?")
    assert wish is not None
    assert wish.lists_versions
    assert wish.changes == ()


def test_a_word_of_the_table_means_one_thing():
    table = tomllib.loads(files("orchestration.partner.lexical").joinpath("wishes.toml").read_text(encoding="utf-8"))
    ordinals = table.pop("ordinals")
    known = [word for words in (*table.values(), *ordinals.values()) for word in words]
    twice = {word for word in known if known.count(word) > 1}
    assert not twice
