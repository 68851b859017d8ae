"""All the ways in which the provider fails, and which of our errors each is."""

from dataclasses import dataclass

from orchestration.models.claude.errors import (
    CreditUsedUp,
    KeyRefused,
    ModelBusy,
    ModelForbidden,
    ModelUnknown,
    ReplyBroken,
    RequestRefused,
    RequestTooLarge,
)
from recipes.errors import ThreadworkError
from tests.claude.replies import Answer, Broken, Refusal, Reply, call, saying, thinking

WORDS = "Wind leads."
WHOLE = Reply((thinking("Let me see."), saying(WORDS), call("TodoWrite", {"todos": []}, call_id="t")), "tool_use")
# message_start, ping, then the events of three blocks: this far the first words have come.
BEGUN = 9
LAST_WORDS = 18


@dataclass(frozen=True)
class Fault:
    """What the provider does once, and what becomes of it."""

    name: str
    answer: Answer
    becomes: type[ThreadworkError]


FAULTS = (
    Fault("429", Refusal(429, "rate_limit_error"), ModelBusy),
    Fault("429, to wait", Refusal(429, "rate_limit_error", {"retry-after": "7"}), ModelBusy),
    Fault("529", Refusal(529, "overloaded_error"), ModelBusy),
    Fault("500", Refusal(500, "api_error"), ModelBusy),
    Fault("502, no JSON", Refusal(502, "", body="<html>"), ModelBusy),
    Fault("408", Refusal(408, "timeout_error"), ModelBusy),
    Fault("409", Refusal(409, "conflict_error"), ModelBusy),
    Fault("silence before the first word", Broken(WHOLE, 0, "stall"), ReplyBroken),
    Fault("silence in the middle", Broken(WHOLE, BEGUN, "stall"), ReplyBroken),
    Fault("connection cut before the first word", Broken(WHOLE, 0, "drop"), ReplyBroken),
    Fault("connection cut in the middle", Broken(WHOLE, BEGUN, "drop"), ReplyBroken),
    Fault("error event: overloaded", Broken(WHOLE, BEGUN, "error:overloaded_error"), ModelBusy),
    Fault("error event: rate limit", Broken(WHOLE, BEGUN, "error:rate_limit_error"), ModelBusy),
    Fault("error event: of no known kind", Broken(WHOLE, BEGUN, "error:weather_error"), ModelBusy),
    Fault("error event before anything else", Broken(WHOLE, 0, "error:api_error"), ModelBusy),
    Fault("error event: key revoked", Broken(WHOLE, BEGUN, "error:authentication_error"), KeyRefused),
    Fault("half an event", Broken(WHOLE, BEGUN, "malformed"), ReplyBroken),
    Fault("an event about nothing", Broken(WHOLE, BEGUN, "nonsense"), ReplyBroken),
    Fault("an event before the first", Broken(WHOLE, 0, "nonsense"), ReplyBroken),
    Fault("clean end before anything", Broken(WHOLE, 0, "end"), ReplyBroken),
    Fault("clean end after the start", Broken(WHOLE, 1, "end"), ReplyBroken),
    Fault("clean end in the middle", Broken(WHOLE, BEGUN, "end"), ReplyBroken),
    Fault("clean end before the last event", Broken(WHOLE, LAST_WORDS, "end"), ReplyBroken),
    Fault("stopped for a reason nobody knows", Reply((saying("So."),), "bored"), ReplyBroken),
    Fault("401", Refusal(401, "authentication_error"), KeyRefused),
    Fault("402", Refusal(402, "billing_error"), CreditUsedUp),
    Fault("403", Refusal(403, "permission_error"), ModelForbidden),
    Fault("404", Refusal(404, "not_found_error"), ModelUnknown),
    Fault("413", Refusal(413, "request_too_large"), RequestTooLarge),
    Fault("400", Refusal(400, "invalid_request_error"), RequestRefused),
)
