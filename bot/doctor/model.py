"""Whether the language model's provider takes our key, and has the models that are set; asking costs nothing."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from bot.provider import opening_door
from bot.settings import Settings
from orchestration.checkup.patience import PATIENCE
from orchestration.models.claude.cloud import Cloud
from orchestration.models.claude.errors import CloudAccessMissing, CloudExtraMissing, KeyRefused, ModelUnknown
from orchestration.models.port import ModelCard, ModelCatalog
from recipes.errors import ThreadworkError, TransientError
from recipes.finding import Finding, Mark
from recipes.server_tool import NAMES, ServerTool

SUBJECT: Final = "Model"
KEY: Final = "Model key"
TOOLS: Final = "Server tools"
HOST: Final = "Model host"


async def examine_model(settings: Settings) -> Sequence[Finding]:
    """Say which models work, and whether they can."""
    if settings.cloud is not None:
        return await _examine_cloud(settings, settings.cloud)
    async with opening_door(settings, stalled_after=PATIENCE) as door:
        if door is None:
            return [_tell_no_key(settings)]
        findings = [await _examine(door, "THREADWORK_MODEL", settings.agent_model, "for work")]
        # What keeps the first from being asked about keeps the second too.
        if findings[0].subject == SUBJECT:
            findings.append(await _examine(door, "THREADWORK_PARTNER_MODEL", settings.partner_model, "for talk"))
    found = findings if findings[0].subject != SUBJECT else [Finding.ok(KEY, "the provider takes it"), *findings]
    return [*found, _tell_server_tools(settings)]


def _tell_server_tools(settings: Settings) -> Finding:
    allowed = [NAMES[each] for each in ServerTool if each in settings.allowed_tools]
    if not allowed:
        return Finding.ok(TOOLS, "none: THREADWORK_SERVER_TOOLS forbids them, and no brief offers any")
    said = f"{' and '.join(allowed)}, for research whose requester ticks it in the brief"
    return Finding.ok(TOOLS, said)


async def _examine_cloud(settings: Settings, cloud: Cloud) -> Sequence[Finding]:
    """Say whether a cloud's library and credentials are here; the cloud itself answers no question for free."""
    place = f"{cloud.name}, {cloud.region}"
    try:
        if settings.model_key is None:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await cloud.check_access()
    except CloudExtraMissing as error:
        return [Finding.problem(HOST, f"{place}: needs one more library", advice=error.advice())]
    except CloudAccessMissing as error:
        return [Finding.problem(HOST, f"{place}: this machine has no credentials for it", advice=error.advice())]
    except TimeoutError:
        advice = "Set its credentials in the environment, so that nothing has to be asked for them."
        return [Finding.warning(HOST, f"{place}: its credentials were not found in time", advice=advice)]
    asked = "there are credentials; whether it takes them and has the models shows at the first call"
    return [Finding.ok(HOST, f"{place}: {asked}"), *_tell_cloud_models(settings, cloud), *_tell_prices(settings)]


def _tell_cloud_models(settings: Settings, cloud: Cloud) -> Iterator[Finding]:
    for model, purpose in ((settings.agent_model, "for work"), (settings.partner_model, "for talk")):
        yield Finding.ok(SUBJECT, f"{cloud.name_model(model)} {purpose}")


def _tell_prices(settings: Settings) -> Iterator[Finding]:
    if settings.prices is None:
        yield Finding.warning(
            "Prices",
            "a cloud has prices of its own, and none are set: people are shown tokens, and no cap in dollars holds",
            advice="Write them into a file of the form of recipes/prices.toml, and name it in THREADWORK_PRICES.",
        )


def _tell_no_key(settings: Settings) -> Finding:
    if settings.model_fields_set & {"agent_model", "partner_model"}:
        advice = "Set ANTHROPIC_API_KEY too; without it, work selects and quotes what sources say."
        return Finding.warning(SUBJECT, "a model is set, and no key for it", advice=advice)
    return Finding.ok(SUBJECT, "none: without ANTHROPIC_API_KEY, work selects and quotes what sources say")


async def _examine(door: ModelCatalog, setting: str, model: str, purpose: str) -> Finding:
    try:
        return _judge(await door.describe_model(model), setting, purpose)
    except KeyRefused:
        advice = "Make a key in the provider's console, and set ANTHROPIC_API_KEY to it."
        return Finding.problem(
            KEY, "the provider does not take ANTHROPIC_API_KEY: it is wrong or revoked", advice=advice
        )
    except ModelUnknown:
        advice = f"Set {setting} to a name that the provider knows, or take it out for the usual one."
        return Finding.problem(SUBJECT, f"the provider knows no `{model}`", advice=advice)
    except TransientError as error:
        advice = (
            "Check that this machine may reach the provider, and ANTHROPIC_BASE_URL if it is set; or wait a minute."
        )
        return Finding.warning(KEY, f"could not be tried ({type(error).__name__})", advice=advice)
    except ThreadworkError as error:
        return Finding.problem(
            KEY, f"the provider refused the question ({type(error).__name__})", advice=error.advice()
        )


def _judge(card: ModelCard, setting: str, purpose: str) -> Finding:
    if card.is_active:
        return Finding.ok(SUBJECT, f"{card.id} {purpose}")
    last = f" on {card.retires_at:%d %B %Y}" if card.retires_at else ""
    advice = f"Set {setting} to a newer one before."
    return Finding(
        subject=SUBJECT, mark=Mark.WARNING, said=f"{card.id} {purpose} will be taken away{last}", advice=advice
    )
