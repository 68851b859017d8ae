"""Each bundle is worked on by the model that it was approved for."""

import pytest

from orchestration.agents.roster import make_prompt
from orchestration.models.choice import ModelChoice
from orchestration.models.claude.errors import KeyMissing
from recipes.ticket import NO_LANGUAGE_MODEL
from tests.fakes.models import ScriptedModel, ending
from tests.fakes.nouns import make_bundle


class _Named(ScriptedModel):
    def __init__(self, name):
        super().__init__([ending()])
        self.name = name


def _prompt(model):
    bundle = make_bundle()
    return make_prompt(bundle.model_copy(update={"agent": bundle.agent.model_copy(update={"model": model})}))


@pytest.fixture
def extractive():
    return _Named(NO_LANGUAGE_MODEL)


@pytest.fixture
def claude():
    return _Named("claude-x")


def test_new_bundles_are_for_claude_where_there_is_a_key(extractive, claude):
    assert ModelChoice(extractive=extractive, claude=claude).name == "claude-x"
    assert ModelChoice(extractive=extractive, claude=None).name == NO_LANGUAGE_MODEL


@pytest.mark.parametrize(
    ("model", "asked"), [(NO_LANGUAGE_MODEL, (1, 0)), ("claude-x", (0, 1)), ("claude-old", (0, 1))]
)
async def test_a_bundle_keeps_its_own_model_when_a_key_comes(extractive, claude, model, asked):
    await ModelChoice(extractive=extractive, claude=claude).turn(_prompt(model), ())
    assert (len(extractive.histories), len(claude.histories)) == asked


async def test_work_that_was_approved_for_claude_is_done_by_nobody_else_when_the_key_goes(extractive):
    with pytest.raises(KeyMissing):
        await ModelChoice(extractive=extractive, claude=None).turn(_prompt("claude-x"), ())
    assert extractive.histories == []
