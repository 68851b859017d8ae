from datetime import timedelta
from decimal import Decimal

import pytest

from orchestration.tickets import delivery as delivery_module
from orchestration.tickets.delivery import Delivery, ShareUnseen
from recipes.errors import TransientError
from recipes.estimate import Estimate
from recipes.reply import DeliverySummary
from recipes.spend import Spent
from recipes.usage import Usage
from storage.vault import FileLost
from tests.fakes.nouns import MAYA, make_brief, make_call, make_output, make_request
from tests.fakes.stores import add_ticket


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(delivery_module, "SHARE_LOOKS", (0.0, 0.0, 0.0))


@pytest.fixture
def delivery(store, threads, vault, effects) -> Delivery:
    return Delivery(store=store, threads=threads, vault=vault, effects=effects)


@pytest.fixture
async def ticket(store, team, vault):
    """A ticket with an output whose file is in the vault."""
    made = await add_ticket(store)
    digest = await vault.save(b"deck")
    async with team.begin() as work:
        await work.outputs.add(make_output(file_id=digest, digest=digest))
    return made


@pytest.fixture
async def output(ticket, team):
    async with team.begin() as work:
        (kept,) = await work.outputs.list(ticket.id)
    return kept


async def test_a_file_goes_up_once_and_is_remembered(delivery, ticket, threads, team):
    first = await delivery.upload(ticket, "out_1")
    assert await delivery.upload(ticket, "out_1") == first
    assert threads.contents == {first: b"deck"}
    async with team.begin() as work:
        assert [output.slack_file_id for output in await work.outputs.list("tkt_1")] == [first]


async def test_a_file_that_the_vault_lost_is_not_delivered(delivery, ticket, tmp_path):
    (path,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    path.write_bytes(b"other")
    with pytest.raises(FileLost):
        await delivery.upload(ticket, "out_1")


async def test_a_share_waits_until_slack_shows_the_file(delivery, ticket, threads):
    threads.looks_until_visible = 2
    file_id = await delivery.upload(ticket, "out_1")
    await delivery.share(ticket, file_id, title="Churn")
    assert threads.shares == [(ticket.thread_ts, file_id)]
    assert threads.calls.count("is_shared") == 3


async def test_a_file_that_is_there_already_is_not_shared_again(delivery, ticket, threads):
    file_id = await delivery.upload(ticket, "out_1")
    threads.lose_answer("share")
    with pytest.raises(TransientError):
        await delivery.share(ticket, file_id, title="Churn")
    await delivery.share(ticket, file_id, title="Churn")
    await delivery.share(ticket, file_id, title="Churn")
    assert len(threads.shares) == 1


async def test_a_file_that_was_not_shared_is_shared_at_the_next_try(delivery, ticket, threads):
    file_id = await delivery.upload(ticket, "out_1")
    threads.fail("share")
    with pytest.raises(TransientError):
        await delivery.share(ticket, file_id, title="Churn")
    await delivery.share(ticket, file_id, title="Churn")
    assert len(threads.shares) == 1


async def test_a_file_that_slack_never_shows_may_be_tried_again(delivery, ticket, threads):
    threads.looks_until_visible = 99
    file_id = await delivery.upload(ticket, "out_1")
    with pytest.raises(ShareUnseen) as caught:
        await delivery.share(ticket, file_id, title="Churn")
    assert isinstance(caught.value, TransientError)
    assert caught.value.file_id == file_id


async def test_the_summary_is_said_once_with_what_was_delivered(delivery, ticket, threads, output):
    await delivery.summarise(ticket, output, request=make_request())
    await delivery.summarise(ticket, output, request=make_request())
    (said,) = threads.list_said(ticket.thread)
    assert said == DeliverySummary(requester=MAYA, output=output, uses_language_model=True)


async def test_the_summary_says_when_no_language_model_was_used(delivery, ticket, threads, output):
    await delivery.summarise(ticket.model_copy(update={"model": "extractive"}), output, request=make_request())
    (said,) = threads.list_said(ticket.thread)
    assert not said.uses_language_model


async def test_what_work_took_is_said_beside_what_was_promised(delivery, ticket, output, team, threads):
    promised = Estimate(duration=timedelta(minutes=3), basis="history", runs=6, tokens=500, cost_usd=Decimal(1))
    async with team.begin() as work:
        await work.drafts.save_brief(make_brief(estimate=promised))
        await work.calls.add(make_call().settled(Usage(output_tokens=700), Decimal("0.007")))
    await delivery.summarise(ticket, output, request=make_request())
    (said,) = threads.list_said(ticket.thread)
    assert (said.spent, said.estimate) == (Spent(tokens=700, cost_usd=Decimal("0.007")), promised)
