"""What an evaluation refuses, each in a sentence, before anything is spent."""

import pytest

from orchestration.evaluation.results import check_free, read_results, write_results
from orchestration.models.claude.errors import KeyRefused, ModelUnknown
from recipes.evaluation import (
    CapMissing,
    KeyNeeded,
    ModelGoesAway,
    NothingToEvaluate,
    PriceMissing,
    PromptsRefused,
    ResultsRefused,
)
from storage.window import TablesNotOurs
from tests.fakes.stores import add_ticket

SONNET = "claude-sonnet-5-5"


@pytest.fixture(autouse=True)
async def _nothing_leaves(store, iowa, provider):
    await add_ticket(store, bundle=iowa)
    yield
    assert provider.bodies == []


async def _refused(family, asking):
    with pytest.raises(family) as met:
        await asking
    return met.value.advice()


async def test_a_recipe_that_nobody_used_beside_those_that_were(run):
    said = await _refused(NothingToEvaluate, run("extractive", slug="haiku"))
    assert said == "No work by the recipe `haiku` is kept here. There is work by powerpoint-report."


async def test_a_language_model_without_a_key(run):
    assert "ANTHROPIC_API_KEY" in await _refused(KeyNeeded, run(SONNET, has_key=False))


async def test_a_language_model_without_a_cap(run):
    assert "--usd" in await _refused(CapMissing, run(SONNET, cap_usd=None))


@pytest.mark.parametrize("model", ["claude-next", "claude-opus-5-5"])
async def test_a_model_whose_calls_no_cap_could_hold_back(run, provider, model):
    provider.models["claude-next"] = {}
    assert "THREADWORK_PRICES" in await _refused(PriceMissing, run(model))


async def test_a_model_that_goes_away(run):
    assert "30 November 2026" in await _refused(ModelGoesAway, run("claude-sonnet-4-5"))


async def test_a_model_that_the_provider_does_not_know(run, provider):
    del provider.models[SONNET]
    assert SONNET in await _refused(ModelUnknown, run(SONNET))


async def test_a_key_that_was_revoked(run, provider):
    provider.key = "another"
    assert "does not take our key" in await _refused(KeyRefused, run(SONNET))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"tone.md": "x"}, "holds tone.md, and the prompts are"),
        ({}, "holds no prompt"),
        ({"rules.md": b"\xff"}, "holds a file that is not text in UTF-8"),
        (None, "cannot be read (No such file or directory)"),
    ],
)
async def test_a_folder_that_holds_no_prompts(run, tmp_path, files, said):
    folder = tmp_path / "mine"
    for name, text in (files or {}).items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    if files == {}:
        folder.mkdir()
    assert said in await _refused(PromptsRefused, run("extractive", folders=[folder]))


async def test_a_database_that_is_not_there(run, tmp_path, monkeypatch):
    monkeypatch.setattr("orchestration.evaluation.evaluation.read_bundles", _reading(f"sqlite:///{tmp_path}/none.db"))
    assert "not there yet" in await _refused(TablesNotOurs, run("extractive"))


def _reading(url):
    from orchestration.evaluation.bundles import read_bundles  # noqa: PLC0415 (the one that is replaced)

    async def read(slug, *, last, database_url):
        return await read_bundles(slug, last=last, database_url=url)

    return read


async def test_results_are_kept_and_come_back_as_they_were(run, tmp_path):
    told, file = await run("extractive"), tmp_path / "kept" / "one.json"
    write_results(file, told)
    assert read_results(file) == told


async def test_a_file_that_is_there_already_or_holds_something_else(tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("{}", encoding="utf-8")
    for refused in (check_free, read_results):
        with pytest.raises(ResultsRefused, match=r"mine\.json"):
            refused(file)
    with pytest.raises(ResultsRefused, match="cannot be read"):
        read_results(tmp_path / "none.json")
