"""Whether Slack is there, takes our tokens, and lets them do what the manifest asks for."""
# slack_sdk leaves the types of its dicts open, so its method counts as unknown:
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Final, cast

from bot.connection import TokensMissing, get_tokens, make_client
from bot.manifest import SCOPES
from bot.payload import Json, text
from bot.settings import SLACK_API_URL, Settings
from bot.slack_errors import translating
from orchestration.checkup.patience import PATIENCE
from orchestration.ports import Clock
from recipes.errors import ThreadworkError, TransientError
from recipes.finding import Finding, Mark

# Slack's signatures are refused after five minutes; a clock that is a minute off does not stay there.
CLOCKS_APART: Final = timedelta(minutes=1)
# docs.slack.dev, developing agents: needs a paid plan. Work gets done without it; what is missed then.
DISPENSABLE: Final = MappingProxyType({"assistant:write": "Slack shows no Stop and no suggested prompts of its own"})
# docs.slack.dev, authentication/oauth-v2: on answers to a token's calls, what it was granted
SCOPES_HEADER: Final = "x-oauth-scopes"


@dataclass(frozen=True)
class Answer:
    """What Slack said, and the headers that it said it with, in any case of letters."""

    told: Json
    headers: Mapping[str, str]


async def examine_slack(settings: Settings, *, clock: Clock) -> Sequence[Finding]:
    """Say all that Slack can be asked without changing anything there."""
    try:
        bot_token, app_token = get_tokens(settings)
    except TokensMissing as error:
        return [_tell_missing(error), *await _examine_reach(settings, clock)]
    mode = "HTTP mode: a bot token and a signing secret" if app_token is None else "Socket Mode: a bot and an app token"
    reach = await _examine_reach(settings, clock)
    findings = [Finding.ok("Tokens", mode), *reach]
    if reach[0].mark is Mark.OK:
        findings += await _examine_bot_token(settings, bot_token)
        findings += await _examine_app_token(settings, app_token) if app_token else ()
    return findings


def _tell_missing(error: TokensMissing) -> Finding:
    advice = (
        f"Set {' and '.join(error.names)}: create the app from what `threadwork manifest` prints, install it in your "
        "workspace, and copy its tokens."
    )
    return Finding.problem("Tokens", "not all are set", advice=advice)


async def _examine_reach(settings: Settings, clock: Clock) -> Sequence[Finding]:
    url, began = settings.slack_api_url, clock.now()
    try:
        answer = await _ask("api.test", settings, token=None)
    except TransientError as error:
        advice = "Check SLACK_API_URL, and that this machine may reach it; or try again in a minute."
        return [Finding.problem("Slack", f"{url} did not answer ({_reason_of(error)})", advice=advice)]
    except ThreadworkError as error:
        advice = f"Check SLACK_API_URL; Slack's own is {SLACK_API_URL}."
        return [Finding.problem("Slack", f"{url} does not answer as Slack does ({_reason_of(error)})", advice=advice)]
    middle = began + (clock.now() - began) / 2
    return [Finding.ok("Slack", f"{url} answers"), _judge_clock(_read_date(answer), middle)]


def _judge_clock(told: datetime | None, ours: datetime) -> Finding:
    if told is None:
        advice = "Check this machine's clock yourself; Slack's signatures need it right to five minutes."
        return Finding.warning("Clock", "Slack did not say what time it is", advice=advice)
    apart = abs(told - ours)
    said = f"{apart.total_seconds():.0f} s apart from Slack's"
    if apart <= CLOCKS_APART:
        return Finding.ok("Clock", said)
    advice = "Set this machine's clock, by NTP if you can: requests that Slack signed are refused when it is off."
    return Finding.problem("Clock", said, advice=advice)


async def _examine_bot_token(settings: Settings, token: str) -> Sequence[Finding]:
    try:
        answer = await _ask("auth.test", settings, token=token)
    except ThreadworkError as error:
        return [_judge_token("Bot token", "SLACK_BOT_TOKEN", error)]
    said = f"{text(answer.told, 'user')} in the workspace {text(answer.told, 'team')}, {text(answer.told, 'url')}"
    return [Finding.ok("Bot token", said), _judge_scopes(answer.headers.get(SCOPES_HEADER))]


def _judge_scopes(told: str | None) -> Finding:
    if told is None:
        advice = "Compare them yourself, on your app's page under OAuth & Permissions, with `threadwork manifest`."
        return Finding.warning("Scopes", "Slack did not say which ones were granted", advice=advice)
    granted = {scope.strip() for scope in told.split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if not missing:
        return Finding.ok("Scopes", f"all {len(SCOPES)} are granted")
    advice = "Give your app the manifest that `threadwork manifest` prints, then reinstall the app in your workspace."
    said = f"missing: {', '.join(missing)}"
    if all(scope in DISPENSABLE for scope in missing):
        lost = "; ".join(DISPENSABLE[scope] for scope in missing)
        return Finding.warning("Scopes", f"{said} ({lost})", advice=advice)
    return Finding.problem("Scopes", said, advice=advice)


async def _examine_app_token(settings: Settings, token: str) -> Sequence[Finding]:
    try:
        await _ask("apps.connections.open", settings, token=token)
    except ThreadworkError as error:
        return [_judge_token("App token", "SLACK_APP_TOKEN", error)]
    return [Finding.ok("App token", "opens a connection")]


def _judge_token(subject: str, setting: str, error: ThreadworkError) -> Finding:
    if isinstance(error, TransientError):
        said = f"could not be tried ({_reason_of(error)})"
        return Finding.warning(subject, said, advice="Slack has trouble of its own; run this again in a minute.")
    advice = f"Copy the token from your app's page at api.slack.com/apps anew, into {setting}."
    return Finding.problem(subject, f"Slack does not take {setting} ({_reason_of(error)})", advice=advice)


async def _ask(method: str, settings: Settings, *, token: str | None) -> Answer:
    async with translating(method):
        client = make_client(settings, token, timeout_s=int(PATIENCE.total_seconds()))
        answer = await client.api_call(method)
    return Answer(cast("Json", answer.data), cast("Mapping[str, str]", answer.headers))


def _read_date(answer: Answer) -> datetime | None:
    try:
        told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _reason_of(error: ThreadworkError) -> str:
    fields = error.to_fields()
    return str(fields.get("code") or fields.get("reason"))
