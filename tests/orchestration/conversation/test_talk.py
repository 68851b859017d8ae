"""The talk, item by item: what a person says, and what stands in the thread afterwards."""

import json
from datetime import UTC, datetime

import pytest

from bot.slack_errors import SlackRefused
from bot.views.reply import render_reply
from recipes.conversation import InboxKind, deletion_key
from recipes.draft import DraftStatus
from recipes.entitlement import NotTheRequester
from recipes.errors import TransientError
from recipes.prompt import AnsweredPrompt
from recipes.reply import BriefCard, BriefFate, ParameterQuestion, PlainReply, ReadAgainOffer, RecipeOffer
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, TEAM, make_answer, make_draft, make_item
from tests.fakes.stores import add_ticket
from tests.fakes.threads import Place, word

SLUG = "powerpoint-report"


@pytest.fixture
def hear(talk, threads):
    """Let somebody say something, and work it."""
    count = 0

    async def run(text, *, kind=InboxKind.MESSAGE, **more):
        nonlocal count
        count += 1
        said = threads.hear(text, **more)
        item = make_item(f"inb_{count}", kind=kind, payload=said.model_dump(mode="json"))
        await talk.work(item)
        return said, item

    return run


@pytest.fixture
def get_newest(team):
    async def run(thread, user_id=MAYA):
        async with team.begin() as work:
            return await work.drafts.find_newest(thread, user_id)

    return run


@pytest.fixture
async def asked(hear, threads):
    """A thread in which Jonas said something, and Maya asked for a deck about churn: the brief stands."""
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    await hear("make a deck about churn", thread_ts=root.ts, mentions_bot=True)
    return root.thread


def _kinds(threads, thread) -> list[type]:
    return [type(said) for said in threads.list_said(thread)]


# From a mention to a brief


async def test_a_mention_that_says_it_all_gets_a_brief_of_the_whole_thread(threads, asked, get_newest):
    (card,) = threads.list_said(asked)
    assert isinstance(card, BriefCard)
    assert card.brief.task == "A presentation of 5 slides about churn, in the Slate style."
    assert [source.author for source in card.brief.sources] == ["Jonas"]
    draft = await get_newest(asked)
    assert (draft.status, draft.brief_no, draft.brief_ts) == (DraftStatus.BRIEFED, 1, threads.posts[0].ts)
    assert draft.answers["topic"].origin.door == "message"


async def test_a_mention_without_a_recipe_gets_the_recipes(threads, hear, get_newest):
    said, _ = await hear("can you help me out here", mentions_bot=True)
    (offer,) = threads.list_said(said.thread)
    assert isinstance(offer, RecipeOffer)
    assert SLUG in {card.slug for card in offer.cards}
    assert (await get_newest(said.thread)).recipe_slug is None


async def test_what_is_missing_is_asked_and_the_next_words_answer_it(threads, hear, get_newest):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    await hear("make a deck", thread_ts=root.ts, mentions_bot=True)
    (question,) = threads.list_said(root.thread)
    assert isinstance(question, ParameterQuestion)
    assert question.parameter.name == "topic"
    answer, _ = await hear("why churn fell", thread_ts=root.ts)
    draft = await get_newest(root.thread)
    assert draft.values() == {"topic": "why churn fell"}
    assert draft.answers["topic"].origin.ts == answer.ts
    assert _kinds(threads, root.thread) == [AnsweredPrompt, BriefCard]


async def test_an_answered_question_keeps_its_words_and_loses_its_buttons(threads, hear, get_newest):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    await hear("a deck or a summary", thread_ts=root.ts, mentions_bot=True)
    await hear("the first one", thread_ts=root.ts)
    offer, question = threads.list_said(root.thread)
    assert offer.offered == ("1. PowerPoint report", "2. Content draft")
    assert isinstance(question, ParameterQuestion)
    await hear("why churn fell", thread_ts=root.ts)
    _, question, _ = threads.list_said(root.thread)
    assert question == AnsweredPrompt(question="What should the presentation be about?")
    assert [post.edits for post in threads.posts] == [1, 1, 0]
    assert (await get_newest(root.thread)).standing.prompts == ()


async def test_a_question_that_slack_would_not_edit_loses_its_buttons_with_the_next_step(threads, hear):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    await hear("make a deck of 99 slides", thread_ts=root.ts, mentions_bot=True)
    threads.fail("amend")
    await hear("why churn fell", thread_ts=root.ts)
    assert _kinds(threads, root.thread) == [ParameterQuestion, ParameterQuestion]
    await hear("12", thread_ts=root.ts)
    assert _kinds(threads, root.thread) == [AnsweredPrompt, AnsweredPrompt, BriefCard]


async def test_a_question_that_can_never_be_edited_is_tried_once(threads, hear, get_newest):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    await hear("make a deck", thread_ts=root.ts, mentions_bot=True)
    threads.fail("amend", SlackRefused("chat.update", "edit_window_closed", ""))
    await hear("why churn fell", thread_ts=root.ts)
    assert _kinds(threads, root.thread) == [ParameterQuestion, BriefCard]
    assert (await get_newest(root.thread)).standing.prompts == ()


async def test_a_question_that_still_waits_keeps_its_buttons_beside_an_aside(threads, hear):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    await hear("make a deck", thread_ts=root.ts, mentions_bot=True)
    await hear("who can see this?", thread_ts=root.ts)
    assert _kinds(threads, root.thread) == [ParameterQuestion, PlainReply]


async def test_a_direct_message_needs_no_mention(threads, hear):
    threads.places["D0MAYA"] = Place([MAYA, "U0BOT"], kind="direct")
    said, _ = await hear("make a deck", channel_id="D0MAYA", is_direct=True)
    assert _kinds(threads, said.thread) == [ParameterQuestion]


async def test_a_number_out_of_range_is_asked_again_with_the_sentence(threads, hear, asked, get_newest):
    await hear("make it 40 slides", thread_ts=asked.thread_ts)
    question = threads.list_said(asked)[-1]
    assert isinstance(question, ParameterQuestion)
    assert question.lead == "Number of slides is a whole number from 3 to 30; 40 is outside."
    await hear("12", thread_ts=asked.thread_ts)
    assert (await get_newest(asked)).values()["slides_count"] == 12
    assert threads.list_said(asked)[-1].brief.task.startswith("A presentation of 12 slides")


async def test_a_new_answer_replaces_the_brief(threads, hear, asked, get_newest):
    await hear("make it 9 slides", thread_ts=asked.thread_ts)
    first, second = threads.list_said(asked)
    assert (first.fate, second.fate) == (BriefFate.REPLACED, BriefFate.SHOWN)
    assert (second.brief.brief_no, (await get_newest(asked)).brief_no) == (2, 2)


async def test_more_words_under_a_brief_offer_to_read_again(threads, hear, asked):
    await hear("by the way, trials doubled", thread_ts=asked.thread_ts)
    assert isinstance(threads.list_said(asked)[-1], ReadAgainOffer)


async def test_a_file_under_a_brief_is_read_at_once(threads, hear, asked):
    file = threads.put_file("churn.csv", b"month,rate\nMay,3.5\nJune,3\n")
    await hear("", thread_ts=asked.thread_ts, files=(file,))
    assert [source.locator for source in threads.list_said(asked)[-1].brief.sources] == ["thread message", "churn.csv"]


async def test_what_others_say_in_the_thread_is_kept_and_not_answered(threads, hear, asked, team):
    await hear("I agree.", thread_ts=asked.thread_ts, user_id=JONAS)
    assert len(threads.posts) == 1
    async with team.begin() as work:
        assert [said.text for said in await work.transcript.list(asked)][-1] == "I agree."


async def test_somebody_else_who_mentions_the_bot_gets_a_draft_of_their_own(threads, hear, asked, get_newest):
    await hear("make a deck about trials", thread_ts=asked.thread_ts, user_id=JONAS, mentions_bot=True)
    assert (await get_newest(asked, JONAS)).values() == {"topic": "trials"}
    assert (await get_newest(asked, MAYA)).values() == {"topic": "churn"}


async def test_after_an_approval_a_new_mention_starts_anew(hear, asked, requests, get_newest):
    first = await get_newest(asked)
    await requests.approve(TEAM, first.id, 1, MAYA)
    await hear("now a deck about trials", thread_ts=asked.thread_ts, mentions_bot=True)
    second = await get_newest(asked)
    assert (second.id != first.id, second.values()) == (True, {"topic": "trials"})


async def test_words_after_an_approval_are_not_answered(threads, hear, asked, requests, get_newest):
    await requests.approve(TEAM, (await get_newest(asked)).id, 1, MAYA)
    await hear("thanks", thread_ts=asked.thread_ts)
    assert len(threads.posts) == 1


# What asks for nothing


@pytest.mark.parametrize("text", ["thanks!", "hello", "how are you?"])
async def test_politeness_is_answered_in_a_sentence_and_starts_nothing(threads, hear, get_newest, text):
    said, _ = await hear(text, mentions_bot=True)
    assert _kinds(threads, said.thread) == [PlainReply]
    assert await get_newest(said.thread) is None


async def test_thanks_under_a_brief_are_not_answered(threads, hear, asked):
    await hear("thanks", thread_ts=asked.thread_ts)
    assert _kinds(threads, asked) == [BriefCard]


async def test_words_to_others_are_no_answer_and_not_asked_about_again(threads, hear, get_newest):
    said, _ = await hear("make a deck", mentions_bot=True)
    await hear("<@U0BEN> are you joining us at 12?", thread_ts=said.ts)
    assert _kinds(threads, said.thread) == [ParameterQuestion]
    assert (await get_newest(said.thread)).values() == {}


# What another recipe or person changes


async def test_another_recipe_in_the_middle_starts_its_own_answers(threads, hear, asked, get_newest):
    await hear("make it an article about trials instead", thread_ts=asked.thread_ts)
    draft = await get_newest(asked)
    assert (draft.recipe_slug, draft.values()) == ("content-draft", {"topic": "trials"})


async def test_what_another_said_is_taken_where_the_requester_adopts_it(threads, hear, asked, get_newest):
    await hear("12 slides would be better", thread_ts=asked.thread_ts, user_id=JONAS)
    await hear(f"let's do what <@{JONAS}> says", thread_ts=asked.thread_ts)
    assert (await get_newest(asked)).values() == {"topic": "churn", "slides_count": 12}


# Commands in a thread


@pytest.mark.parametrize("word", ["help", "HELP", " help "])
async def test_help_explains_and_is_no_answer(threads, hear, asked, get_newest, word):
    await hear(word, thread_ts=asked.thread_ts)
    assert threads.list_said(asked)[-1].text.startswith("Tell me what you need")
    assert (await get_newest(asked)).values() == {"topic": "churn"}


async def test_stop_withdraws_the_draft(threads, hear, asked, get_newest):
    await hear("stop", thread_ts=asked.thread_ts)
    assert threads.list_said(asked)[-1] == PlainReply(
        text="Withdrawn. Nothing was started and nothing is kept running."
    )
    assert (await get_newest(asked)).status is DraftStatus.WITHDRAWN


async def test_stop_from_somebody_else_withdraws_nothing(threads, hear, asked, get_newest):
    await hear("stop", thread_ts=asked.thread_ts, user_id=JONAS)
    assert (await get_newest(asked)).status is DraftStatus.BRIEFED
    assert len(threads.posts) == 1


async def test_a_word_of_more_is_no_command(threads, hear, asked):
    await hear("stop there", thread_ts=asked.thread_ts)
    assert isinstance(threads.list_said(asked)[-1], ReadAgainOffer)


async def test_status_says_where_the_thread_stands(threads, hear, asked, store):
    await hear("status", thread_ts=asked.thread_ts)
    assert threads.list_said(asked)[-1].text == "The brief above waits for your approval."
    await add_ticket(store, number=9, thread_ts=asked.thread_ts, status="running")
    await hear("status", thread_ts=asked.thread_ts)
    assert threads.list_said(asked)[-1].text.endswith("This work is running.")


async def test_status_where_nothing_happened_says_how_to_begin(threads, hear):
    said, _ = await hear("status", mentions_bot=True)
    assert threads.list_said(said.thread)[-1].text == (
        "There is no work in this thread yet. Mention me and say what you need."
    )


# Crashes


async def test_a_message_that_is_worked_twice_is_answered_once(talk, threads, hear):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    _, item = await hear("what can you do", thread_ts=root.ts, mentions_bot=True)
    await talk.work(item)
    assert len(threads.list_said(root.thread)) == 1


async def test_a_question_whose_post_failed_is_asked_at_the_next_try(talk, threads, get_newest):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    said = threads.hear("make a deck", thread_ts=root.ts, mentions_bot=True)
    item = make_item(payload=said.model_dump(mode="json"))
    threads.fail("say")
    with pytest.raises(TransientError):
        await talk.work(item)
    await talk.work(item)
    # The message that made the question is not its answer.
    assert (await get_newest(root.thread)).values() == {}
    assert _kinds(threads, root.thread) == [ParameterQuestion]


async def test_a_brief_whose_post_failed_is_shown_at_the_next_try(talk, threads, get_newest):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    said = threads.hear("make a deck about churn", thread_ts=root.ts, mentions_bot=True)
    item = make_item(payload=said.model_dump(mode="json"))
    threads.fail("say")
    with pytest.raises(TransientError):
        await talk.work(item)
    await talk.work(item)
    (card,) = threads.list_said(root.thread)
    draft = await get_newest(root.thread)
    assert (card.brief.brief_no, draft.brief_ts) == (draft.brief_no, threads.posts[0].ts)


async def test_a_brief_whose_poster_was_killed_loses_its_buttons_when_it_is_approved(
    talk, threads, get_newest, requests
):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    said = threads.hear("make a deck about churn", thread_ts=root.ts, mentions_bot=True)
    item = make_item(payload=said.model_dump(mode="json"))
    threads.lose_answer("say")
    with pytest.raises(TransientError):
        await talk.work(item)
    draft = await get_newest(root.thread)
    await requests.approve(TEAM, draft.id, 1, MAYA)
    await talk.work(make_item(kind=InboxKind.BRIEF_CLOSED, payload={"draft_id": draft.id}))
    (card,) = threads.list_said(root.thread)
    assert card.fate is BriefFate.APPROVED


async def test_a_thread_that_cannot_be_read_is_read_at_the_next_try(talk, threads):
    root = threads.hear("Churn fell to 3 % in June.", user_id=JONAS)
    said = threads.hear("make a deck about churn", thread_ts=root.ts, mentions_bot=True)
    item = make_item(payload=said.model_dump(mode="json"))
    threads.fail("read_messages")
    with pytest.raises(TransientError):
        await talk.work(item)
    await talk.work(item)
    (card,) = threads.list_said(root.thread)
    assert len(card.brief.sources) == 1


# Edits and deletions


async def test_an_edited_message_is_read_as_it_stands_now(talk, threads, hear, asked, team):
    (root, *_) = threads.heard
    edited = root.model_copy(update=word("Churn fell to 2 % &amp; stays, says <@U0MAYA>."))
    await talk.work(make_item("inb_e", kind=InboxKind.MESSAGE_CHANGED, payload=edited.model_dump(mode="json")))
    async with team.begin() as work:
        kept = await work.transcript.find(CHANNEL, root.ts)
    # As the same words would have been kept when they were said first.
    assert kept.text == (await threads.describe(edited)).text
    assert kept.author == "Jonas"


async def test_an_edit_that_comes_before_its_message_wins(talk, threads, asked, team, hear):
    other = threads.hear("Churn fell.", thread_ts=asked.thread_ts)
    edited = other.model_copy(update=word("Churn rose."))
    await talk.work(make_item("inb_e", kind=InboxKind.MESSAGE_CHANGED, payload=edited.model_dump(mode="json")))
    await talk.work(make_item("inb_o", payload=other.model_dump(mode="json")))
    async with team.begin() as work:
        kept = await work.transcript.find(CHANNEL, other.ts)
    assert kept.text == "Churn rose."


async def test_a_message_that_comes_after_its_deletion_is_not_kept(talk, threads, asked, team):
    other = threads.hear("Churn fell.", thread_ts=asked.thread_ts)
    async with team.begin() as work:
        await work.inbox.add(make_item("inb_d", key=deletion_key(CHANNEL, other.ts), kind=InboxKind.MESSAGE_DELETED))
    await talk.work(make_item("inb_o", payload=other.model_dump(mode="json")))
    async with team.begin() as work:
        assert await work.transcript.find(CHANNEL, other.ts) is None


async def test_a_deleted_message_is_forgotten(talk, threads, asked, team):
    (root, *_) = threads.heard
    payload = {"channel_id": CHANNEL, "ts": root.ts}
    await talk.work(make_item("inb_d", kind=InboxKind.MESSAGE_DELETED, payload=payload))
    async with team.begin() as work:
        assert await work.transcript.find(CHANNEL, root.ts) is None


# Forms and buttons


@pytest.fixture
def advance(talk):
    async def run(draft_id, brief_no=0, item_id="inb_a"):
        payload = {"draft_id": draft_id, "brief_no": brief_no}
        await talk.work(make_item(item_id, kind=InboxKind.ADVANCE, payload=payload))

    return run


@pytest.fixture
async def formed(team, requests):
    """A draft from a form: no thread yet, but a note to read."""
    await requests.add_note(TEAM, CHANNEL, "Priya", "The launch moved to May.")
    async with team.begin() as work:
        await work.drafts.add(make_draft(thread_ts=None))


async def test_work_from_a_form_gets_a_thread_and_its_brief(threads, formed, advance, team):
    await advance("dra_1")
    root, card = threads.posts
    assert root.said == (f"<@{MAYA}> asked for this: A presentation of 5 slides about churn, in the Slate style.")
    assert (root.thread_ts, card.thread_ts) == (None, root.ts)
    async with team.begin() as work:
        assert (await work.drafts.get("dra_1")).thread_ts == root.ts


async def test_a_thread_that_was_opened_before_a_crash_is_found_again(threads, formed, advance):
    threads.lose_answer("open_thread")
    with pytest.raises(TransientError):
        await advance("dra_1")
    await advance("dra_1")
    assert [post.thread_ts for post in threads.posts].count(None) == 1


async def test_where_the_bot_is_no_member_the_thread_is_in_direct_messages(threads, formed, advance, team):
    threads.places[CHANNEL].has_bot = False
    threads.places["D0MAYA"] = Place([MAYA, "U0BOT"], kind="direct")
    await advance("dra_1")
    assert {post.channel_id for post in threads.posts} == {"D0MAYA"}


async def test_a_step_that_was_overtaken_does_nothing(threads, asked, advance, get_newest):
    await advance((await get_newest(asked)).id, brief_no=0)
    assert len(threads.posts) == 1


@pytest.mark.parametrize(("verb", "fate"), [("approve", BriefFate.APPROVED), ("withdraw", BriefFate.WITHDRAWN)])
async def test_the_card_shows_what_became_of_it(talk, threads, asked, requests, get_newest, store, verb, fate):
    draft = await get_newest(asked)
    await (requests.approve(TEAM, draft.id, 1, MAYA) if verb == "approve" else requests.withdraw(TEAM, draft.id, MAYA))
    (item,) = await store.list_waiting(most=9)
    await talk.work(item)
    (card,) = threads.list_said(asked)
    assert card.fate is fate


# Apologies


async def test_an_apology_names_the_person_and_is_said_once(talk, threads):
    said = threads.hear("make a deck", mentions_bot=True)
    item = make_item(payload=said.model_dump(mode="json"))
    for _ in range(2):
        await talk.apologise(item, "Something broke.")
    assert threads.list_said(said.thread) == [PlainReply(text=f"<@{MAYA}> Something broke.")]


async def test_an_apology_for_a_form_goes_to_its_thread(talk, threads, team):
    async with team.begin() as work:
        await work.drafts.add(make_draft())
    item = make_item(kind=InboxKind.ADVANCE, payload={"draft_id": "dra_1", "brief_no": 0})
    await talk.apologise(item, "Something broke.")
    (post,) = threads.posts
    assert post.said.text == f"<@{MAYA}> Something broke."


async def test_an_apology_for_a_form_that_has_no_thread_yet_still_reaches_its_author(talk, threads, team):
    async with team.begin() as work:
        await work.drafts.add(make_draft(thread_ts=None))
    item = make_item(kind=InboxKind.ADVANCE, payload={"draft_id": "dra_1", "brief_no": 0})
    await talk.apologise(item, "Something broke.")
    assert "Something broke." in str(threads.posts)


# Words of people are words


async def test_a_topic_that_looks_like_a_mention_stays_words_in_a_status(threads, hear, store, asked):
    await add_ticket(store, number=9, thread_ts=asked.thread_ts, task_description="About <!channel> & <https://x|y>.")
    await hear("status", thread_ts=asked.thread_ts)
    shown = json.dumps(render_reply(threads.list_said(asked)[-1]).blocks)
    assert "<!channel>" not in shown
    assert "<https://x|y>" not in shown


async def test_a_form_sent_while_its_question_was_being_posted_is_not_lost(threads, hear, team, get_newest):
    post = threads.say

    async def say(thread, reply, *, key):
        async with team.begin() as work:
            draft = await work.drafts.find_newest(thread, MAYA)
            await work.drafts.save(draft.with_answers({"topic": make_answer("wind")}))
        return await post(thread, reply, key=key)

    threads.say = say
    said, _ = await hear("make a deck", mentions_bot=True)
    assert (await get_newest(said.thread)).values() == {"topic": "wind"}


# Overtaken messages


@pytest.fixture
def hear_late(talk):
    """Work what was said earlier."""

    async def run(said, *, attempts=0):
        item = make_item("inb_late", kind=InboxKind.MESSAGE, payload=said.model_dump(mode="json"))
        await talk.work(item.model_copy(update={"attempts": attempts}))

    return run


async def test_an_overtaken_message_answers_what_nothing_later_has_answered(hear, hear_late, threads, asked):
    overtaken = threads.hear("make it 9 slides", thread_ts=asked.thread_ts)
    await hear("in the forest style", thread_ts=asked.thread_ts)
    await hear_late(overtaken)
    assert threads.list_said(asked)[-1].brief.task == "A presentation of 9 slides about churn, in the Forest style."


async def test_an_overtaken_message_does_not_undo_a_later_one(hear, hear_late, threads, asked):
    overtaken = threads.hear("make it 12 slides", thread_ts=asked.thread_ts)
    await hear("make it 9 slides", thread_ts=asked.thread_ts)
    before = len(threads.list_said(asked))
    await hear_late(overtaken)
    assert len(threads.list_said(asked)) == before


async def test_what_was_said_before_a_shortcut_started_the_work_is_material(hear_late, threads, add_draft, get_newest):
    before = threads.hear("make it 9 slides")
    pressed = threads.hear("never said: the moment at which the shortcut was pressed", thread_ts=before.ts)
    threads.heard.remove(pressed)
    started = datetime.fromtimestamp(float(pressed.ts), tz=UTC)
    await add_draft(thread_ts=before.ts, heard_ts=pressed.ts, created_at=started)
    await hear_late(before)
    assert "slides_count" not in (await get_newest(before.thread)).answers
    assert threads.list_said(before.thread) == []


async def test_what_a_crash_left_open_after_an_overtaken_message_is_said(hear, hear_late, threads, asked, team):
    overtaken = threads.hear("make it 9 slides", thread_ts=asked.thread_ts)
    await hear("in the forest style", thread_ts=asked.thread_ts)
    async with team.begin() as work:
        draft = await work.drafts.find_newest(asked, MAYA)
        await work.transcript.save(overtaken)
        answers = {"slides_count": make_answer(9, ts=overtaken.ts)}
        await work.drafts.save(draft.with_answers(answers))
    await hear_late(overtaken, attempts=1)
    assert threads.list_said(asked)[-1].brief.task == "A presentation of 9 slides about churn, in the Forest style."


# Slack's own Stop


async def test_slacks_own_stop_stops_the_work_and_no_draft_beside_it(store, team, threads, hear, asked, get_newest):
    await add_ticket(store, status="running", thread_ts=asked.thread_ts)
    await hear("stop", kind=InboxKind.SESSION_STOPPED, thread_ts=asked.thread_ts)
    assert threads.list_said(asked)[-1] == PlainReply(text="Stopping. What exists by now comes into this thread.")
    assert (await get_newest(asked)).status is DraftStatus.BRIEFED
    async with team.read() as work:
        assert (await work.tickets.get("tkt_1")).closing


@pytest.mark.parametrize("kind", [InboxKind.SESSION_STOPPED, InboxKind.MESSAGE])
async def test_of_several_pieces_of_work_ones_own_that_is_under_way_is_stopped(store, team, threads, hear, kind):
    root = threads.hear("Churn fell to 3 % in June.")
    places = {"thread_ts": root.ts}
    await add_ticket(store, number=1, status="running", **places)
    await add_ticket(store, number=2, status="running", requester=JONAS, **places)
    await add_ticket(store, number=3, status="completed", **places)
    await hear("stop", kind=kind, mentions_bot=True, **places)
    async with team.read() as work:
        closing = [(await work.tickets.get(f"tkt_{number}")).closing for number in (1, 2, 3)]
    assert closing == [True, False, False]
    assert threads.list_said(root.thread)[-1] == PlainReply(text="Stopping. What exists by now comes into this thread.")


async def test_work_of_others_alone_is_stopped_by_none_but_them(store, threads, hear):
    root = threads.hear("Churn fell to 3 % in June.")
    await add_ticket(store, status="running", requester=JONAS, thread_ts=root.ts)
    with pytest.raises(NotTheRequester):
        await hear("stop", kind=InboxKind.SESSION_STOPPED, thread_ts=root.ts)
