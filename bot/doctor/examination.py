"""The examination: every check of an installation, side by side, none of which changes anything."""

import asyncio
import platform
from collections.abc import Awaitable, Sequence
from pathlib import Path

from bot.doctor.address import examine_address
from bot.doctor.model import examine_model
from bot.doctor.slack import examine_slack
from bot.settings import ENV_FILE, Settings, list_given
from orchestration.checkup.database import examine_database
from orchestration.checkup.folders import examine_files, examine_home
from orchestration.office import find_office
from orchestration.ports import Clock
from recipes.finding import Finding, Mark


async def examine(settings: Settings, *, clock: Clock) -> Sequence[Finding]:
    """Give everything that an operator wants to know, in the order in which a bot needs it."""
    async with asyncio.TaskGroup() as checks:
        kept = checks.create_task(_ending("Home", _examine_what_is_kept(settings, clock)))
        model = checks.create_task(_ending("Model", examine_model(settings)))
        slack = checks.create_task(_ending("Slack", examine_slack(settings, clock=clock)))
        address = checks.create_task(_ending("Address", examine_address(settings.bind)))
    return [
        Finding.ok("Python", platform.python_version()),
        _tell_settings(settings),
        *kept.result(),
        *model.result(),
        *slack.result(),
        *address.result(),
        _tell_previews(settings),
    ]


async def _examine_what_is_kept(settings: Settings, clock: Clock) -> Sequence[Finding]:
    home = examine_home(settings.home)
    has_home = home.mark is not Mark.PROBLEM
    findings = [home]
    # What lies in a home that is no good is no good either; once is enough.
    if has_home or settings.files_url is not None:
        findings.append(await examine_files(settings.files, is_shared=settings.is_shared))
    if has_home or settings.database_url is not None:
        findings += await examine_database(settings.database, clock=clock)
    return findings


async def _ending(subject: str, check: Awaitable[Finding | Sequence[Finding]]) -> Sequence[Finding]:
    """Give what a check found, or that it broke: the others still tell what they find."""
    try:
        found = await check
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told; its text may hold what must not be shown)
        said = f"could not be looked at ({type(error).__name__})"
        return [Finding.problem(subject, said, advice="This is a defect of Threadwork: please report it.")]
    return [found] if isinstance(found, Finding) else found


def _tell_settings(settings: Settings) -> Finding:
    given = ", ".join(list_given(settings)) or "none, so everything is as by default"
    file = ENV_FILE if Path(ENV_FILE).is_file() else f"no {ENV_FILE} here"
    return Finding.ok("Settings", f"{given} ({file})")


def _tell_previews(settings: Settings) -> Finding:
    """Say what shows deliveries in pictures; without it nothing is amiss."""
    if not settings.previews:
        return Finding.ok("Previews", "switched off by THREADWORK_PREVIEWS")
    office = find_office()
    if office is None:
        return Finding.ok("Previews", "of PDFs only: LibreOffice (soffice) would show the other files in pictures, too")
    return Finding.ok("Previews", f"of all files, by {office}")
