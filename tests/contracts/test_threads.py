"""The contract of `ThreadPort`, on the fake and on the real chat."""

from collections.abc import AsyncIterator

import pytest

from recipes.conversation import Said, SharedFile, Thread
from recipes.errors import UserFixableError
from recipes.progress import Progress
from recipes.reply import PlainReply
from recipes.session import SessionStatus
from recipes.source import FileRefused
from recipes.todo import track
from tests.contracts.worlds import CLOSED, PRIVATE, FakeWorld, World, opening_sandbox_world
from tests.fakes.moment import START
from tests.fakes.nouns import CHANNEL, JONAS, MAYA, make_todo
from tests.fakes.waiting import until

CSV = b"month,rate\nMay,3.5\n"


@pytest.fixture(params=["fake", "sandbox"])
async def world(request) -> AsyncIterator[World]:
    if request.param == "fake":
        yield FakeWorld()
        return
    async with opening_sandbox_world() as opened:
        yield opened


@pytest.fixture(params=["fake", "sandbox"])
async def without_sessions(request) -> AsyncIterator[World]:
    if request.param == "fake":
        yield FakeWorld(has_sessions=False)
        return
    async with opening_sandbox_world(has_sessions=False) as opened:
        yield opened


@pytest.fixture
async def thread(world) -> Thread:
    ts = await world.say("Churn fell to 3 % in June.")
    return Thread(team_id=world.team_id, channel_id=CHANNEL, thread_ts=ts)


def _progress(content: str) -> Progress:
    return Progress(
        ticket_id="tkt_1",
        version=1,
        status="running",
        title="A deck about churn",
        requester=MAYA,
        todos=track((), [make_todo(content, "in_progress", activeForm=content)], now=START),
        started_at=START,
        finished_at=None,
    )


async def test_what_is_said_stands_in_the_thread_under_its_key(world, thread):
    ts = await world.threads.say(thread, PlainReply(text="Hello Maya."), key="k1")
    (seen,) = await world.see(thread)
    assert "Hello Maya." in seen
    assert await world.threads.find_effect(thread, "k1") == ts


async def test_a_key_that_was_never_used_is_not_found(world, thread):
    await world.threads.say(thread, PlainReply(text="Hello."), key="k1")
    assert await world.threads.find_effect(thread, "k2") is None


async def test_a_key_belongs_to_its_thread(world, thread):
    await world.threads.say(thread, PlainReply(text="Hello."), key="k1")
    other = thread.model_copy(update={"thread_ts": await world.say("Another one.")})
    assert await world.threads.find_effect(other, "k1") is None


async def test_saying_twice_is_two_messages(world, thread):
    first = await world.threads.say(thread, PlainReply(text="Hello."), key="k1")
    second = await world.threads.say(thread, PlainReply(text="Hello."), key="k1")
    assert first != second
    assert len(await world.see(thread)) == 2


async def test_an_amended_message_stays_where_it_is_and_says_the_new_words(world, thread):
    ts = await world.threads.say(thread, PlainReply(text="Old words."), key="k1")
    for _ in range(2):
        await world.threads.amend(thread, ts, PlainReply(text="New words."))
    (seen,) = await world.see(thread)
    assert "New words." in seen
    assert "Old words." not in seen


async def test_an_amended_message_keeps_its_key(world, thread):
    ts = await world.threads.say(thread, PlainReply(text="Old words."), key="k1")
    await world.threads.amend(thread, ts, PlainReply(text="New words."))
    assert await world.threads.find_effect(thread, "k1") == ts


async def test_progress_is_one_message_that_shows_its_newest_state(world, thread):
    ts = await world.threads.show_progress(thread, None, _progress("Reading"), key="p1")
    assert await world.threads.show_progress(thread, ts, _progress("Writing"), key="p1") == ts
    (seen,) = await world.see(thread)
    assert "Writing" in seen
    assert await world.threads.find_effect(thread, "p1") == ts


async def test_a_session_shows_its_newest_status_under_the_title_that_it_began_with(world, thread):
    assert await world.see_session(thread) is None
    for status in (SessionStatus.PROCESSING, SessionStatus.PROCESSING, SessionStatus.SUSPENDED, SessionStatus.ACTIVE):
        assert await world.threads.show_session(thread, status, title="A deck about churn")
        assert await world.see_session(thread) == (status, "A deck about churn")
    assert await world.threads.show_session(thread, SessionStatus.PROCESSING, title="Another title")
    assert await world.see_session(thread) == ("processing", "A deck about churn")
    assert await world.see(thread) == [], "no message"


async def test_a_session_belongs_to_its_thread(world, thread):
    await world.threads.show_session(thread, SessionStatus.PROCESSING, title="A deck")
    other = thread.model_copy(update={"thread_ts": await world.say("Another one.")})
    assert await world.see_session(other) is None


async def test_a_session_may_have_a_title_of_any_length_or_none(world, thread):
    assert await world.threads.show_session(thread, SessionStatus.PROCESSING, title="Churn " * 100)
    other = thread.model_copy(update={"thread_ts": await world.say("Another one.")})
    assert await world.threads.show_session(other, SessionStatus.ACTIVE, title="")


async def test_a_workspace_without_sessions_says_so_and_shows_nothing(without_sessions):
    ts = await without_sessions.say("Churn fell.")
    thread = Thread(team_id=without_sessions.team_id, channel_id=CHANNEL, thread_ts=ts)
    for _ in range(2):
        assert not await without_sessions.threads.show_session(thread, SessionStatus.PROCESSING, title="A deck")
    assert await without_sessions.see_session(thread) is None


async def test_a_thread_is_opened_once_for_its_key(world):
    first = await world.threads.open_thread(world.team_id, CHANNEL, MAYA, text="Maya asked for this.", key="r1")
    again = await world.threads.open_thread(world.team_id, CHANNEL, MAYA, text="Maya asked for this.", key="r1")
    other = await world.threads.open_thread(world.team_id, CHANNEL, MAYA, text="Maya asked for this.", key="r2")
    assert first == again != other
    assert (first.team_id, first.channel_id) == (world.team_id, CHANNEL)
    assert len(await world.see(first)) == 1


async def test_a_root_keeps_its_mention_of_a_person_and_makes_words_of_everything_else():
    async with opening_sandbox_world() as world:
        text = f"<@{MAYA}> asked for <!channel> & <https://x|y>."
        opened = await world.threads.open_thread(world.team_id, CHANNEL, MAYA, text=text, key="r1")
        said = str(await world.see(opened))
    assert f"<@{MAYA}> asked for &lt;!channel&gt;" in said
    assert "<https://x|y>" not in said


async def test_where_the_bot_is_no_member_the_thread_is_in_the_persons_direct_messages(world):
    for key in ("r1", "r1"):
        opened = await world.threads.open_thread(world.team_id, CLOSED, MAYA, text="You asked for this.", key=key)
        assert opened.channel_id == "D0MAYA"
    assert len(await world.see(opened)) == 1


async def test_without_a_channel_the_thread_is_in_the_persons_direct_messages_once_for_its_key(world):
    first = await world.threads.open_thread(world.team_id, None, MAYA, text="It comes here.", key="r1")
    again = await world.threads.open_thread(world.team_id, None, MAYA, text="It comes here.", key="r1")
    assert (first.channel_id, first) == ("D0MAYA", again)


async def test_a_channel_without_the_bot_is_for_people_to_mend(world):
    closed = Thread(team_id=world.team_id, channel_id=CLOSED, thread_ts=await world.say("Hi.", channel=CLOSED))
    for call in (
        world.threads.say(closed, PlainReply(text="Hello."), key="k1"),
        world.threads.show_progress(closed, None, _progress("Reading"), key="p1"),
    ):
        with pytest.raises(UserFixableError):
            await call


async def test_messages_are_those_of_people_oldest_first_with_names_and_links(world, thread):
    await world.threads.say(thread, PlainReply(text="Hello."), key="k1")
    second = await world.say("See <@U0JONAS> & co.", thread_ts=thread.thread_ts, files=[("churn.csv", CSV)])
    messages = await world.threads.read_messages(thread)
    assert [said.ts for said in messages] == [thread.thread_ts, second]
    assert [said.text for said in messages] == ["Churn fell to 3 % in June.", "See @Jonas & co."]
    for said in messages:
        assert (said.author, said.user_id, said.thread) == ("Maya", MAYA, thread)
        assert said.permalink.endswith(f"&cid={CHANNEL}" if said.ts != thread.thread_ts else said.ts.replace(".", ""))
    assert [(file.name, file.size_bytes) for file in messages[1].files] == [("churn.csv", len(CSV))]


async def test_a_message_of_the_inbox_is_described_as_the_thread_has_it(world, thread):
    heard = Said(
        thread=thread, ts=thread.thread_ts, user_id=MAYA, text="Ask @U0JONAS <now>", words="Ask ⟨@U0JONAS⟩ <now>"
    )
    said = await world.threads.describe(heard)
    assert (said.author, said.text) == ("Maya", "Ask @Jonas <now>")
    assert said.words == "Ask ⟨@U0JONAS|Jonas⟩ <now>"
    (read, *_) = await world.threads.read_messages(thread)
    assert said.permalink == read.permalink
    assert said.zone == await world.threads.find_zone(world.team_id, MAYA) == "Etc/UTC"


async def test_a_shared_file_comes_with_all_its_bytes(world, thread):
    content = bytes(range(256)) * 3_000
    await world.say("Look.", thread_ts=thread.thread_ts, files=[("blob.bin", content)])
    (file,) = (await world.threads.read_messages(thread))[-1].files
    assert await world.threads.open_file(world.team_id, file, most_bytes=len(content)) == content


async def test_a_file_that_is_too_large_or_elsewhere_is_refused(world, thread):
    await world.say("Look.", thread_ts=thread.thread_ts, files=[("churn.csv", CSV)])
    (file,) = (await world.threads.read_messages(thread))[-1].files
    small = file.model_copy(update={"size_bytes": 1})
    elsewhere = SharedFile(id="F9", name="plan.gdoc", size_bytes=1, url=None)
    for refused, most_bytes in ((file, 5), (small, 5), (elsewhere, 99)):
        with pytest.raises(FileRefused) as caught:
            await world.threads.open_file(world.team_id, refused, most_bytes=most_bytes)
        assert caught.value.filename == refused.name


async def test_a_file_is_seen_only_after_it_was_shared(world, thread):
    file_id = await world.threads.upload(world.team_id, "deck.pptx", b"deck", title="Churn fell")
    assert not await world.threads.is_shared(thread, file_id)
    await world.threads.share(thread, file_id, title="Churn fell")
    await until(lambda: world.threads.is_shared(thread, file_id))
    other = thread.model_copy(update={"thread_ts": await world.say("Another one.")})
    assert not await world.threads.is_shared(other, file_id)


async def test_members_are_everybody_who_is_in_the_conversation(world):
    members = await world.threads.members(world.team_id, CHANNEL)
    assert {MAYA, JONAS} <= set(members)
    assert JONAS not in await world.threads.members(world.team_id, PRIVATE)


@pytest.mark.parametrize(
    ("channel", "kind", "people"), [(CHANNEL, "public", 3), (PRIVATE, "private", 2), ("D0MAYA", "direct", 2)]
)
async def test_the_audience_is_who_can_read_what_lands_here(world, channel, kind, people):
    audience = await world.threads.audience(world.team_id, channel)
    assert (audience.channel_id, audience.kind, audience.members) == (channel, kind, people)


async def test_a_conversation_that_is_not_there_is_for_people_to_mend(world):
    with pytest.raises(UserFixableError):
        await world.threads.members(world.team_id, "C0NOWHERE")


async def test_a_whisper_reaches_one_person_where_they_are_or_else_in_direct_messages(world, thread):
    await world.threads.whisper(thread, MAYA, text="Only you.", in_thread=False)
    assert "Only you." in await world.overhear(MAYA, CHANNEL)
    closed = thread.model_copy(update={"channel_id": CLOSED})
    await world.threads.whisper(closed, MAYA, text="Not there.", in_thread=False)
    assert "Not there." in await world.overhear(MAYA, "D0MAYA")
    assert "Not there." not in await world.overhear(MAYA, CHANNEL)
