import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from orchestration.partner.lexical.wishes import read_loosely, read_wish

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


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("give slide 3 a catchier headline", (3,)),
        ("slides 2 and 4: fewer words about the costs", (2, 4)),
        ("Folie 3 braucht eine bessere Überschrift", (3,)),
        ("rends la diapositive 3 plus percutante", (3,)),
    ],
)
def test_what_is_said_to_us_of_a_part_is_a_wish_for_other_words(said, places):
    wish = read_loosely(said)
    assert wish is not None
    assert [_show(each) for each in wish.changes] == [f"reword places={','.join(map(str, places))} words={said}"]


@pytest.mark.parametrize(
    "said",
    [
        "make a presentation of 6 slides about wind",
        "what is on slide 3?",
        "do not touch slide 3",
        "a deck about slides",
    ],
)
def test_other_words_to_us_are_none(said):
    assert read_loosely(said) is None
