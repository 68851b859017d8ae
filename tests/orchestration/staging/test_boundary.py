import pytest

from orchestration.baskets.keeping import Wish
from orchestration.readers.passages import FILE_BYTES
from orchestration.staging.boundary import FILES, REQUEST_CHARS
from recipes.audience import BasketClosed
from recipes.bundle import BundleRefused
from recipes.conversation import InboxKind, SharedFile
from recipes.draft import NothingToRead
from recipes.errors import TransientError
from recipes.ids import DraftId
from recipes.source import SourceKind
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM, make_answer, make_draft, make_item, read_powerpoint_report
from tests.fakes.stores import add_ticket
from tests.fakes.threads import Place, word

CSV = b"month,rate\nMay,3.5\nJune,3\nJuly,2.5\n"
RECIPE = read_powerpoint_report()


@pytest.fixture
def listen(team, threads):
    """Put what was heard into the transcript of its thread, as the talk does, and give the thread."""

    async def run(*heard):
        async with team.begin() as work:
            for said in heard:
                await work.transcript.save(await threads.describe(said))
        return heard[0].thread

    return run


@pytest.fixture
def stage(staging):
    async def run(thread, **draft):
        return await staging.stage(make_draft(**{"thread_ts": thread.thread_ts, **draft}), thread, RECIPE)

    return run


async def test_messages_files_and_notes_are_numbered_in_that_order(threads, listen, stage, requests):
    await requests.add_note(TEAM, CHANNEL, "Priya", "The launch moved to May.")
    root = threads.hear("Churn is falling.", user_id=JONAS, files=(threads.put_file("churn.csv", CSV),))
    second = threads.hear("Since the price change.", user_id=JONAS, thread_ts=root.ts)
    staged = await stage(await listen(root, second))
    bundle = staged.bundle.open()
    assert [(source.id, source.kind, source.locator, source.author) for source in bundle.sources] == [
        ("S1", SourceKind.MESSAGE, "thread message", "Jonas"),
        ("S2", SourceKind.MESSAGE, "thread message", "Jonas"),
        ("S3", SourceKind.ASSET, "churn.csv", "Jonas"),
        ("S4", SourceKind.BLOCK, "note in this channel's basket", "Priya"),
    ]
    assert [source.passages[0].id for source in bundle.sources] == ["S1.1", "S2.1", "S3.1", "S4.1"]
    assert bundle.sources[2].passages[0].table.rows[0] == ("May", 3.5)
    assert set(staged.permalinks) == {"S1", "S2", "S3"}
    assert bundle.left_out == ()


async def test_a_passage_of_a_file_says_where_it_stands_and_a_message_does_not(threads, listen, stage):
    plan = threads.put_file("plan.md", b"# Costs\n\nThey rose.\n\n## Rent\n\nIt fell.\n")
    root = threads.hear("Churn is falling.", user_id=JONAS, files=(plan, threads.put_file("churn.csv", CSV)))
    bundle = (await stage(await listen(root))).bundle.open()
    assert [(passage.id, passage.locator) for passage in bundle.list_passages()] == [
        ("S1.1", None),
        ("S2.1", "Costs"),
        ("S2.2", "Costs > Rent"),
        ("S3.1", "rows 1-4"),
    ]


async def test_the_brief_shows_what_the_bundle_holds(threads, listen, stage):
    root = threads.hear("Churn is falling.", user_id=JONAS, files=(threads.put_file("churn.csv", CSV),))
    staged = await stage(await listen(root), brief_no=2)
    brief, bundle = staged.brief, staged.bundle.open()
    assert (brief.digest, brief.task, brief.brief_no) == (staged.bundle.digest, bundle.task, 3)
    assert [(source.id, source.extent) for source in brief.sources] == [
        ("S1", "17 characters"),
        ("S2", "3 rows × 2 columns"),
    ]
    assert [(each.parameter.name, each.value, each.answer is None) for each in brief.answers] == [
        ("topic", "churn", False),
        ("slides_count", 5, True),
        ("template_style", "slate", True),
    ]
    assert (brief.audience.kind, brief.audience.members) == ("public", 3)
    assert (brief.estimate.basis, brief.uses_language_model) == ("sizes", True)  # the scripted model counts as one


async def test_the_bundle_is_the_filled_recipe(threads, listen, stage):
    root = threads.hear("Churn is falling.", user_id=JONAS)
    answers = {"topic": make_answer("churn"), "slides_count": make_answer(7)}
    bundle = (await stage(await listen(root), answers=answers)).bundle.open()
    assert bundle.task == "A presentation of 7 slides about churn, in the Slate style."
    assert bundle.parameters == {"topic": "churn", "slides_count": 7, "template_style": "slate"}
    assert (bundle.recipe.slug, bundle.recipe.version, bundle.agent.model) == ("powerpoint-report", 1, "scripted")
    assert bundle.agent.caps == {"turns": 30, "tokens": 400_000}
    assert "Make a presentation about: churn" in bundle.recipe.instructions


async def test_what_was_said_to_the_bot_is_left_out_with_the_reason(threads, listen, stage):
    root = threads.hear("Churn is falling.", user_id=JONAS)
    asked = threads.hear("make a deck", thread_ts=root.ts, mentions_bot=True)
    answered = threads.hear("churn", thread_ts=root.ts)
    staged = await stage(await listen(root, asked, answered), answers={"topic": make_answer("churn", ts=answered.ts)})
    assert [source.passages[0].text for source in staged.bundle.open().sources] == ["Churn is falling."]
    (left_out,) = staged.brief.left_out
    assert (left_out.source, left_out.reason) == ("2 messages to me", "the request itself, nothing to quote")


async def test_a_long_message_to_the_bot_is_read_like_any_other(threads, listen, stage):
    root = threads.hear("Churn " * (REQUEST_CHARS // 6 + 1), mentions_bot=True)
    assert len((await stage(await listen(root))).bundle.open().sources) == 1


async def test_what_somebody_else_says_to_the_bot_is_read(threads, listen, stage):
    root = threads.hear("Please also count the trials.", user_id=JONAS, mentions_bot=True)
    assert len((await stage(await listen(root))).bundle.open().sources) == 1


async def test_a_refused_file_is_left_out_with_its_reason_and_the_rest_is_read(threads, listen, stage):
    elsewhere = SharedFile(id="F9", name="plan.gdoc", size_bytes=3, url=None)
    files = (threads.put_file("empty.csv", b""), elsewhere, threads.put_file("churn.csv", CSV))
    staged = await stage(await listen(threads.hear("Look", user_id=JONAS, files=files)))
    assert [source.locator for source in staged.bundle.open().sources] == ["thread message", "churn.csv"]
    assert [(each.source, each.reason) for each in staged.brief.left_out] == [
        ("empty.csv", "is empty"),
        ("plan.gdoc", "does not lie with Slack, so I cannot read it"),
    ]


async def test_a_file_that_is_too_large_is_left_out(threads, listen, stage):
    large = threads.put_file("large.csv", b"x" * (FILE_BYTES + 1))
    staged = await stage(await listen(threads.hear("Look", user_id=JONAS, files=(large,))))
    assert [each.source for each in staged.brief.left_out] == ["large.csv"]


async def test_the_largest_number_that_can_be_frozen_and_the_next_are_read(threads, listen, stage):
    csv = b"name,first,second\na,9007199254740991,9007199254740992\nb,1,2\n"
    thread = await listen(threads.hear("Look", user_id=JONAS, files=(threads.put_file("large.csv", csv),)))
    (_, table) = (await stage(thread)).bundle.open().list_passages()
    assert table.table.rows == (("a", 9007199254740991, "9007199254740992"), ("b", 1, "2"))


async def test_a_message_with_half_a_character_is_refused_in_a_sentence(threads, listen, stage):
    with pytest.raises(BundleRefused) as caught:
        await stage(await listen(threads.hear("Churn \ud83d is falling.", user_id=JONAS)))
    assert caught.value.advice().startswith("I cannot freeze what I would read: a thread message holds half a char")


async def test_files_beyond_the_first_are_named_and_left_out(threads, listen, stage):
    files = tuple(threads.put_file(f"part-{number}.csv", CSV) for number in range(FILES + 2))
    staged = await stage(await listen(threads.hear("Look", user_id=JONAS, files=files)))
    assert len(staged.bundle.open().sources) == FILES + 1
    assert [each.source for each in staged.brief.left_out] == ["part-20.csv", "part-21.csv"]


async def test_a_second_staging_takes_files_from_the_vault(threads, listen, stage):
    root = threads.hear("Look", user_id=JONAS, files=(threads.put_file("churn.csv", CSV),))
    thread = await listen(root)
    first, second = await stage(thread), await stage(thread)
    assert threads.calls.count("open_file") == 1
    assert first.bundle.digest == second.bundle.digest
    assert first.bundle.id != second.bundle.id


async def test_a_file_that_was_refused_is_tried_again_since_somebody_may_have_mended_it(threads, listen, stage):
    elsewhere = SharedFile(id="F9", name="plan.gdoc", size_bytes=3, url=None)
    thread = await listen(threads.hear("Look", user_id=JONAS, files=(elsewhere,)))
    first, second = await stage(thread), await stage(thread)
    assert threads.calls.count("open_file") == 2
    assert first.brief.left_out == second.brief.left_out


async def test_trouble_with_a_download_is_no_refusal(threads, listen, stage):
    thread = await listen(threads.hear("Look", user_id=JONAS, files=(threads.put_file("churn.csv", CSV),)))
    threads.fail("open_file")
    with pytest.raises(TransientError):
        await stage(thread)
    assert len((await stage(thread)).bundle.open().sources) == 2


async def test_a_full_bundle_holds_what_matches_the_task_and_says_what_it_leaves_out(
    threads, listen, stage, monkeypatch
):
    monkeypatch.setattr("orchestration.staging.gathering.BUNDLE_TEXT_CHARS", 30)
    root = threads.hear("Lunch is at noon, ok", user_id=JONAS)
    second = threads.hear("Churn fell to 3 % .", user_id=JONAS, thread_ts=root.ts)
    third = threads.hear("Ten chars.", user_id=JONAS, thread_ts=root.ts)
    fourth = threads.hear("Ten words.", user_id=JONAS, thread_ts=root.ts)
    staged = await stage(await listen(root, second, third, fourth))
    assert [(source.id, source.passages[0].text) for source in staged.bundle.open().sources] == [
        ("S1", "Churn fell to 3 % ."),
        ("S2", "Ten chars."),
    ]
    (left_out,) = staged.brief.left_out
    assert left_out.source == "2 × thread message"
    assert left_out.reason.startswith("matches the task less")


async def test_who_is_not_in_the_channel_opens_no_basket(threads, listen, stage, requests):
    await requests.add_note(TEAM, CHANNEL, "Priya", "Secret.")
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    threads.places[CHANNEL] = Place([JONAS])
    with pytest.raises(BasketClosed) as caught:
        await stage(thread)
    assert caught.value.channel_id == CHANNEL
    assert MAYA not in threads.places[CHANNEL].members


async def test_a_membership_that_cannot_be_checked_is_denied(threads, listen, stage):
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    threads.fail("members")
    with pytest.raises(TransientError):
        await stage(thread)


async def test_a_proof_of_membership_grows_old(threads, listen, stage, staging, clock):
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    check = threads.audience

    async def slowly(*place):
        clock.advance(minutes=5, seconds=1)
        return await check(*place)

    threads.audience = slowly
    threads.places["C0FINANCE"] = Place([MAYA, "U0BOT"])
    with pytest.raises(BasketClosed):
        await stage(thread, also_from="C0FINANCE")


async def test_a_thread_with_nothing_to_read_stages_nothing(threads, listen, stage):
    with pytest.raises(NothingToRead):
        await stage(await listen(threads.hear("make a deck", mentions_bot=True)))


async def test_the_same_thread_gives_the_same_digest_and_another_word_another(threads, listen, stage):
    root = threads.hear("Churn is falling.", user_id=JONAS)
    thread = await listen(root)
    first, second = await stage(thread), await stage(thread, id=DraftId("dra_2"))
    await listen(root.model_copy(update=word("Churn is rising.")))
    third = await stage(thread)
    assert first.bundle.digest == second.bundle.digest != third.bundle.digest


async def test_earlier_runs_of_the_recipe_make_the_estimate(store, threads, listen, stage):
    for number in range(1, 6):
        await add_ticket(store, number=number + 10, status="completed", execution_time_ms=number * 1_000)
    brief = (await stage(await listen(threads.hear("Churn is falling.", user_id=JONAS)))).brief
    assert (brief.estimate.basis, brief.estimate.runs, brief.estimate.duration.total_seconds()) == ("history", 5, 3)


async def test_a_direct_message_says_so_in_its_locators(threads, listen, stage):
    threads.places["D0MAYA"] = Place([MAYA, "U0BOT"], kind="direct")
    root = threads.hear("Churn is falling. " * 30, channel_id="D0MAYA")
    staged = await stage(await listen(root), channel_id="D0MAYA")
    assert [source.locator for source in staged.bundle.open().sources] == ["direct message"]
    assert staged.brief.audience.kind == "direct"


@pytest.fixture
def finance(threads):
    threads.places["C0FINANCE"] = Place([MAYA, "U0BOT"], kind="private", name="finance")
    return "C0FINANCE"


async def test_a_named_basket_is_read_too_and_each_source_says_where_it_came_from(
    threads, listen, stage, requests, finance
):
    await requests.add_note(TEAM, CHANNEL, "Priya", "The launch moved to May.")
    await requests.add_note(TEAM, finance, "Maya", "The budget is 12.")
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    staged = await stage(thread, also_from=finance)
    assert [source.locator for source in staged.bundle.open().sources] == [
        "thread message",
        "note in this channel's basket",
        "note in the basket of #finance",
    ]
    assert staged.origins == {"S1": CHANNEL, "S2": CHANNEL, "S3": finance}
    assert [source.origin for source in staged.brief.sources] == [None, None, finance]
    assert [bool(source.entry_id) for source in staged.brief.sources] == [False, True, True]


async def test_a_named_basket_stays_shut_for_who_is_not_in_its_channel(threads, listen, stage, finance):
    threads.places[finance] = Place([JONAS, "U0BOT"])
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    with pytest.raises(BasketClosed) as caught:
        await stage(thread, also_from=finance)
    assert caught.value.channel_id == finance


async def test_where_sources_came_from_is_no_part_of_the_digest(threads, listen, stage, finance):
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    assert (await stage(thread)).bundle.digest == (await stage(thread, also_from=finance)).bundle.digest


async def test_a_kept_message_of_the_thread_itself_is_read_once(threads, listen, stage, keeping):
    file = threads.put_file("churn.csv", CSV)
    said = threads.hear("Churn is falling.", user_id=JONAS, files=(file,))
    wish = Wish(said=said, by=MAYA, speaker="person")
    await keeping.keep(make_item(kind=InboxKind.BASKET_ADD, payload=wish.model_dump(mode="json")))
    staged = await stage(await listen(said))
    assert [source.kind for source in staged.bundle.open().sources] == [SourceKind.MESSAGE, SourceKind.ASSET]


async def test_a_kept_file_is_read_by_work_in_another_thread_and_a_thread_file_is_not(threads, listen, stage, keeping):
    kept = threads.hear("", user_id=JONAS, files=(threads.put_file("kept.csv", CSV),))
    wish = Wish(said=kept, by=MAYA, speaker="person")
    await keeping.keep(make_item(kind=InboxKind.BASKET_ADD, payload=wish.model_dump(mode="json")))
    await stage(await listen(threads.hear("Look", user_id=JONAS, files=(threads.put_file("own.csv", CSV),))))
    staged = await stage(await listen(threads.hear("Churn is falling.", user_id=JONAS)))
    assert [source.locator for source in staged.bundle.open().sources] == ["thread message", "kept.csv"]


async def test_an_archived_file_is_left_out_also_in_its_thread(threads, listen, stage, baskets):
    thread = await listen(threads.hear("Look", user_id=JONAS, files=(threads.put_file("own.csv", CSV),)))
    await stage(thread)
    (entry,) = (await baskets.show(TEAM, CHANNEL, MAYA)).entries
    await baskets.archive(TEAM, CHANNEL, MAYA, entry.id)
    staged = await stage(thread)
    assert [(each.source, each.reason) for each in staged.brief.left_out] == [
        ("own.csv", "was taken out of this channel's basket")
    ]


# What the requester left out, and who can read the rest


async def test_what_was_left_out_stays_out_under_whatever_number_and_is_named_in_the_brief_only(
    threads, listen, stage, requests
):
    await requests.add_note(TEAM, CHANNEL, "Priya", "The launch moved to May.")
    file = threads.put_file("churn.csv", CSV)
    root = threads.hear("Churn is falling.", user_id=JONAS, files=(file,))
    second = threads.hear("Since the price change.", user_id=JONAS, thread_ts=root.ts)
    thread = await listen(root, second)
    first = (await stage(thread)).brief
    note = first.sources[3].key
    for removed in ((root.ts,), (file.id,), (note,), (root.ts, file.id, note)):
        staged = await stage(thread, removed=removed)
        assert [each.key for each in staged.brief.removed] == [
            key for key in (root.ts, file.id, note) if key in removed
        ]
        assert {source.key for source in staged.brief.sources} == {source.key for source in first.sources} - {*removed}
        assert staged.brief.left_out == ()
        assert [each.source for each in staged.bundle.open().left_out] == ["something"]
    assert [(each.name, each.gist) for each in staged.brief.removed] == [
        ("thread message by Jonas", "Churn is falling."),
        ("churn.csv", ""),
        ("note in this channel's basket by Priya", "The launch moved to May."),
    ]
    assert [source.id for source in staged.brief.sources] == ["S1"]


async def test_a_file_that_was_left_out_makes_room_for_one_beyond_the_first(threads, listen, stage):
    files = tuple(threads.put_file(f"part-{number}.csv", CSV) for number in range(FILES + 1))
    thread = await listen(threads.hear("Look", user_id=JONAS, files=files))
    staged = await stage(thread, removed=(files[0].id,))
    assert [source.locator for source in staged.brief.sources][1:] == [file.name for file in files[1:]]


async def test_a_file_that_was_left_out_is_not_even_fetched(threads, listen, stage):
    file = threads.put_file("churn.csv", CSV)
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS, files=(file,)))
    await stage(thread, removed=(file.id,))
    assert "open_file" not in threads.calls


async def test_a_key_of_something_that_is_gone_leaves_nothing_out(threads, listen, stage):
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    staged = await stage(thread, removed=("F0GONE",))
    assert (staged.brief.removed, staged.bundle.open().left_out) == ((), ())
    assert staged.bundle.digest == (await stage(thread)).bundle.digest


async def test_where_all_was_left_out_the_sentence_says_so(threads, listen, stage):
    root = threads.hear("Churn is falling.", user_id=JONAS)
    with pytest.raises(NothingToRead) as caught:
        await stage(await listen(root), removed=(root.ts,))
    assert "Without what you left out" in caught.value.advice()


async def test_all_of_a_named_basket_is_left_out_by_its_channel(threads, listen, stage, requests, finance):
    await requests.add_note(TEAM, finance, "Maya", "The budget is 12.")
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    staged = await stage(thread, also_from=finance, removed=(finance,))
    assert [(each.key, each.name) for each in staged.brief.removed] == [(finance, "all of the basket of #finance")]
    assert set(staged.origins.values()) == {CHANNEL}
    assert staged.brief.closed == ()


@pytest.mark.parametrize(
    ("here", "there", "is_closed"),
    [
        (Place([MAYA, JONAS], kind="public"), Place([MAYA, JONAS], kind="private"), True),
        (Place([MAYA, JONAS], kind="public"), Place([MAYA], kind="public"), False),
        (Place([MAYA, JONAS], kind="private"), Place([MAYA], kind="private"), True),
        (Place([MAYA, JONAS], kind="private"), Place([MAYA, JONAS, "U0PRIYA"], kind="private"), False),
        (Place([MAYA, JONAS], kind="private"), Place([MAYA], kind="public"), False),
    ],
)
async def test_a_source_is_shut_to_some_where_not_everybody_here_can_read_it(
    threads, listen, stage, requests, *, here, there, is_closed
):
    threads.places[CHANNEL], threads.places["C0FINANCE"] = here, there
    await requests.add_note(TEAM, "C0FINANCE", "Maya", "The budget is 12.")
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    brief = (await stage(thread, also_from="C0FINANCE")).brief
    assert (brief.closed, brief.is_undecided()) == ((("C0FINANCE",) if is_closed else ()), is_closed)


async def test_a_named_basket_with_nothing_in_it_shuts_nobody_out(threads, listen, stage, finance):
    thread = await listen(threads.hear("Churn is falling.", user_id=JONAS))
    assert (await stage(thread, also_from=finance)).brief.closed == ()
