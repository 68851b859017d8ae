"""The command `threadwork`. Bad input ends with one sentence and exit code 2."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from bot.heap import expect_objects, settle_heap
from bot.settings import read_settings
from recipes.errors import ThreadworkError, UserFixableError

USAGE_ERROR = 2


class DollarsType(click.ParamType[Decimal]):
    """An amount in US dollars: more than nothing, to the cent or finer."""

    name = "dollars"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ANN401 (click's signature)
        """Give the amount, or say what is wrong with it."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is no amount in dollars, such as 2 or 0.50.", param, ctx)
        if not amount.is_finite() or amount <= 0:
            self.fail(f"{value} is not more than nothing.", param, ctx)
        return amount


DOLLARS = DollarsType()


def main() -> None:
    """Run the command that the arguments name."""
    expect_objects()
    try:
        threadwork()
    except* ThreadworkError as group:
        error = _find_first(group)
        click.echo(error.advice(), err=True)
        sys.exit(USAGE_ERROR if isinstance(error, UserFixableError) else 1)


def _find_first(group: BaseExceptionGroup[ThreadworkError]) -> ThreadworkError:
    first = group.exceptions[0]
    return _find_first(first) if isinstance(first, BaseExceptionGroup) else first


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def threadwork() -> None:
    """Threadwork: a Slack bot that turns a conversation into finished work."""


@threadwork.command()
@click.option("--no-work", is_flag=True, help="Talk only; other processes work the tickets (PostgreSQL).")
def serve(*, no_work: bool) -> None:
    """Connect to Slack, talk, and work tickets."""
    # Imported here: the durable engine takes half a second to load, which `--help` should not.
    from bot.app import serve as serve_bot  # noqa: PLC0415
    from bot.logs import configure_logs  # noqa: PLC0415

    settings = read_settings(dict(os.environ))
    configure_logs(settings.log)
    _run_until_stopped(lambda: serve_bot(settings, ready=asyncio.Event(), works=not no_work))


@threadwork.command()
def worker() -> None:
    """Work tickets without talking, beside `serve`; needs PostgreSQL."""
    from bot.app import work  # noqa: PLC0415 (as above)
    from bot.logs import configure_logs  # noqa: PLC0415 (as above)

    settings = read_settings(dict(os.environ))
    configure_logs(settings.log)
    _run_until_stopped(lambda: work(settings, ready=asyncio.Event()))


@threadwork.command()
@click.option("--once", is_flag=True, help="End after the story instead of leaving the workspace open.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME[:DETAIL=VALUE,...]",
    help="Let this go wrong in the workspace, such as rate_limited:method=chat.update,times=3. May be given again.",
)
def demo(*, once: bool, faults: tuple[str, ...]) -> None:
    """Play one request from end to end in a local workspace; no account, no key."""
    from bot.demo import play  # noqa: PLC0415 (as above)

    settings = read_settings(dict(os.environ))
    _run_until_stopped(lambda: play(settings, once=once, faults=faults))


@threadwork.command()
@click.option("--url", metavar="URL", help="Where Slack reaches the bot over https; without it, Socket Mode.")
def manifest(*, url: str | None) -> None:
    """Print the manifest to create the Slack app from."""
    from bot.manifest import make_manifest  # noqa: PLC0415 (as above)

    if url is not None and not url.startswith("https://"):
        raise click.BadParameter("Slack sends to https addresses only.", param_hint="--url")
    click.echo(json.dumps(make_manifest(public_url=url), indent=2))


@threadwork.command()
def migrate() -> None:
    """Bring the database to this release's tables."""
    from storage.schema import opening_database  # noqa: PLC0415 (as above)

    settings = read_settings(dict(os.environ))

    async def upgrade() -> None:
        async with opening_database(settings.database):
            click.echo("The database has this release's tables.")

    asyncio.run(upgrade())


@threadwork.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def doctor(*, as_json: bool) -> None:
    """Say what is configured, reachable and missing, and how to mend it; changes nothing, also beside `serve`."""
    from bot.doctor.examination import examine  # noqa: PLC0415 (as above)
    from bot.doctor.report import draw_report, make_report  # noqa: PLC0415 (as above)
    from orchestration.moment import SystemClock  # noqa: PLC0415 (as above)

    settings = read_settings(dict(os.environ))
    findings = asyncio.run(examine(settings, clock=SystemClock()))
    report = make_report(findings)
    click.echo(json.dumps(report, indent=2) if as_json else draw_report(findings))
    sys.exit(1 if report["problems"] else 0)


@threadwork.command("replay")
@click.argument("ticket")
@click.option("--folder", type=click.Path(path_type=Path), help="Where its files go; `replay-TICKET` unless named.")
def replay_ticket(*, ticket: str, folder: Path | None) -> None:
    """Run TICKET's bundle again, offline, and compare what it makes with what was delivered; changes nothing."""
    from bot.replay import draw_replay  # noqa: PLC0415 (as above)
    from orchestration.models.extractive.model import ExtractiveModel  # noqa: PLC0415 (as above)
    from orchestration.replay.replay import replay  # noqa: PLC0415 (as above)
    from orchestration.skills.deck.brand import NO_BRAND  # noqa: PLC0415 (as above)
    from orchestration.skills.deck.brand_file import load_brand  # noqa: PLC0415 (as above)

    settings = read_settings(dict(os.environ))
    place = folder or Path(f"replay-{ticket}")
    told = asyncio.run(
        replay(
            ticket,
            place,
            database_url=settings.database,
            files_url=settings.files,
            model=ExtractiveModel(),
            brand=load_brand(settings.brand) if settings.brand else NO_BRAND,
        )
    )
    click.echo(draw_replay(told, place))
    sys.exit(0 if told.is_faithful() else 1)


@threadwork.command("eval")
@click.option("--recipe", "slug", required=True, metavar="RECIPE", help="Whose bundles are worked on again.")
@click.option("--model", "models", multiple=True, metavar="MODEL", help="Who works; may be given again, to compare.")
@click.option(
    "--prompts",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Prompts to take instead of this release's, to compare with those, or with another folder's.",
)
@click.option("--last", type=click.IntRange(1, 1_000), default=5, show_default=True, help="How many bundles.")
@click.option("--usd", type=DOLLARS, metavar="DOLLARS", help="What it may spend; no call leaves that could cost more.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where the results are kept.")
@click.option("--against", type=click.Path(path_type=Path), metavar="FILE", help="Earlier results to set beside them.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def evaluate(*, as_json: bool, **asked: Any) -> None:  # noqa: ANN401 (the options above)
    """Let models or prompts work on stored bundles again, and compare what they make and what it takes.

    Nothing is written to Slack. `--model extractive` asks no language model and costs nothing.
    """
    from bot.evaluation.command import Asked, evaluate_as_asked  # noqa: PLC0415 (as above)
    from bot.evaluation.table import draw_evaluation  # noqa: PLC0415 (as above)
    from bot.logs import configure_logs  # noqa: PLC0415 (as above)
    from storage.prices import load_prices  # noqa: PLC0415 (as above)

    settings = read_settings(dict(os.environ))
    configure_logs(settings.log)
    prices = load_prices(settings.prices, is_cloud=settings.cloud is not None)
    told, earlier, file = asyncio.run(evaluate_as_asked(settings, Asked(**asked), prices=prices, tell=_tell_aside))
    click.echo(told.model_dump_json(indent=2) if as_json else draw_evaluation(told, earlier))
    if not as_json:
        click.echo(f"Kept in {file}.")
    sys.exit(1 if told.stopped else 0)


def _tell_aside(line: str) -> None:
    click.echo(line, err=True)


@threadwork.group()
def recipes() -> None:
    """Look at recipes."""


@recipes.command("list")
def list_recipes() -> None:
    """List the built-in recipes."""
    from storage.catalog import read_catalog  # noqa: PLC0415 (as above)

    for recipe in read_catalog():
        click.echo(f"{recipe.slug}  {recipe.description}")


@recipes.command("check")
@click.argument("places", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(exists=True, path_type=Path))
def check(places: tuple[Path, ...]) -> None:
    """Say what keeps files from being recipes, with line and field; without files, of the built-in ones."""
    from bot.recipe_check import check_recipes  # noqa: PLC0415 (as above)

    checked = check_recipes(places)
    for sentence in checked.good:
        click.echo(sentence)
    for sentence in checked.faults:
        click.echo(sentence, err=True)
    if checked.faults:
        sys.exit(USAGE_ERROR)


def _run_until_stopped(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run until it ends, or until a signal asks it to stop; then it puts everything away and ends cleanly."""
    settle_heap()

    async def run() -> None:
        task = asyncio.ensure_future(work())
        loop = asyncio.get_running_loop()
        stopped = False

        def stop() -> None:
            nonlocal stopped
            stopped = True
            task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        try:
            await task
        except asyncio.CancelledError:
            if not stopped:
                raise

    asyncio.run(run())


if __name__ == "__main__":
    main()
