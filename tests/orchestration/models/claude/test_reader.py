"""One text read into a schema over the wire."""

import json
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from orchestration.models.port import ReadingRefused
from tests.claude.replies import Refusal, Reply, saying, thinking


class Wish(BaseModel):
    """What somebody wants."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["deck", "text"]
    slides: Annotated[int, Field(ge=3, le=30)] | None = None


async def _read(reader, **more):
    asked = {"instructions": "Read it.", "text": "Six slides, please.", "most_output_tokens": 500}
    return await reader.read(Wish, **{**asked, **more})


async def test_a_text_is_read_into_the_schema(reader, provider):
    provider.plays([Reply((thinking(), saying('{"kind": "deck", "slides": 6}')), "end_turn", 9)])
    read = await _read(reader)
    assert read.value == Wish(kind="deck", slides=6)
    assert (read.usage.output_tokens, read.usage.input_tokens > 0) == (9, True)


async def test_our_words_and_theirs_travel_apart_and_the_answer_is_held_to_the_schema(reader, provider):
    provider.plays([Reply((saying('{"kind": "text"}'),), "end_turn")])
    await _read(reader)
    [body] = provider.bodies
    assert (body["model"], body["max_tokens"]) == ("claude-haiku-5-5", 500)
    assert [each["text"] for each in body["system"]] == ["Read it."]
    assert body["messages"] == [{"role": "user", "content": [{"type": "text", "text": "Six slides, please."}]}]
    form = body["output_config"]["format"]
    assert (form["type"], form["schema"]["additionalProperties"]) == ("json_schema", False)
    assert "tool_choice" not in body


@pytest.mark.parametrize(
    "reply",
    [
        Reply((saying('{"kind": "sheet"}'),), "end_turn"),
        Reply((saying('{"kind": "deck", "slides": 99}'),), "end_turn"),
        Reply((saying('{"kind": "deck", "sli'),), "max_tokens"),
        Reply((saying('{"kind": "deck"}'),), "max_tokens"),
        Reply((saying("I would rather not."),), "refusal"),
        Reply((saying("Sure. Six slides."),), "end_turn"),
        Reply((thinking(),), "end_turn"),
    ],
    ids=lambda reply: f"{reply.stop_reason} {json.dumps(reply.blocks)[-40:]}",
)
async def test_what_is_no_reading_is_refused_and_still_counted(reader, provider, reply):
    provider.plays([reply])
    with pytest.raises(ReadingRefused) as met:
        await _read(reader)
    assert met.value.usage.output_tokens > 0
    assert "slides, please" not in str(met.value)


async def test_a_fault_is_the_same_error_as_in_a_turn(reader, provider):
    provider.plays([Refusal(529, "overloaded_error")])
    with pytest.raises(Exception, match="ModelBusy"):
        await _read(reader)
