"""The ways in which somebody tries to read what is in a basket that is not theirs."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any, Final

from bot.sandbox.messages import Message
from bot.sandbox.person import Person
from recipes.audience import BasketAccess
from storage.unit_of_work import Store
from tests.bench.intruder import WORDS, Intruder, button, choice, metadata_of, pick
from tests.scenarios.threads import WorkThread, open_thread

BOARD: Final = "C0BOARD"
NOWHERE: Final = "C0NOWHERE"
NEW_BRIEF: Final = "@Threadwork a presentation about wind power"

Attempt = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What stands when the attempts begin: a private channel's basket, somebody's own, and a brief that reads both."""

    intruder: Intruder
    maya: Person
    jonas: Person
    priya: Person
    mayas_direct: str
    entry_ids: tuple[str, ...]
    """Of the private channel's basket."""
    own_entry_ids: tuple[str, ...]
    """Of Maya's direct messages."""
    kept: tuple[Message, ...]
    """Messages that Priya cannot see."""
    brief: Message
    """Of Maya, in a channel that Priya is in; it reads the private channel's basket."""
    draft_id: str

    def list_foreign(self) -> tuple[str, ...]:
        """Give the places whose baskets Priya may not read."""
        return (BOARD, self.mayas_direct, NOWHERE)


def list_presses() -> Iterator[dict[str, Any]]:
    """Give every press of the modal that reads."""
    yield button("basket.older", "1")
    yield button("basket.newer", "0")
    yield button("basket.archived", "archived")
    yield button("basket.active", "active")
    yield {"type": "plain_text_input", "action_id": "basket.search", "block_id": "basket.search", "value": WORDS[0]}


def list_forged_views(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """A modal whose private metadata names another conversation."""
    send = scene.intruder
    for channel, press in product(scene.list_foreign(), list_presses()):
        name = f"forged view of {channel}: {press['action_id']}"
        yield name, partial(send.press, "Priya", press, metadata=metadata_of(channel), words=WORDS[0])
    for channel, words in product(scene.list_foreign(), ("", *WORDS)):
        yield (
            f"forged search form of {channel}: {words}",
            partial(send.submit, "Priya", metadata=metadata_of(channel), words=words),
        )
    for press in list_presses():
        yield (
            f"forged view of another team: {press['action_id']}",
            partial(send.press, "Priya", press, metadata=metadata_of(BOARD), team="T0ELSEWHERE"),
        )


def list_broken_views(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """A modal whose private metadata is none of ours."""
    broken = (
        "",
        BOARD,
        "[]",
        json.dumps({"channel_id": [BOARD, "C0GENERAL"]}),
        json.dumps({"channel_id": "C0GENERAL", "team_id": "T0ELSEWHERE", "basket_id": "bsk_1"}),
        json.dumps({"channel_id": "C0GENERAL", "number": -1, "words": {"or": BOARD}}),
        metadata_of(BOARD, user_id="U0MAYA"),
    )
    for number, metadata in enumerate(broken):
        press = button("basket.older", "1")
        yield f"broken view {number}: press", partial(scene.intruder.press, "Priya", press, metadata=metadata)
        yield f"broken view {number}: search", partial(scene.intruder.submit, "Priya", metadata=metadata)


def list_foreign_entries(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """An entry's id of another basket, in one's own view and in a forged one."""
    entries = (*scene.entry_ids, *scene.own_entry_ids)
    for entry_id, action, channel in product(entries, ("basket.archive", "basket.restore"), ("C0GENERAL", BOARD)):
        yield (
            f"{action} of {entry_id[:3]} from {channel}",
            partial(scene.intruder.press, "Priya", button(action, entry_id), metadata=metadata_of(channel)),
        )


def list_other_doors(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """The home, the command and the shortcut, where one is not."""
    send = scene.intruder
    for channel in scene.list_foreign():
        yield (
            f"home opens {channel}",
            partial(send.press, "Priya", choice("basket.open", channel), metadata="", words=""),
        )
    for channel, words in product(("board", scene.mayas_direct), ("", *WORDS)):
        yield f"command in {channel}: {words}", partial(send.command, "Priya", channel, f"basket {words}")
    for number, message in enumerate(scene.kept):
        yield f"shortcut at hidden message {number}", partial(send.keep, "Priya", message)


def list_shared_forms(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """The form and the buttons of somebody else's work."""
    send, value = scene.intruder, f"{scene.draft_id}.2"
    for callback in ("recipe_form",):
        for priority in ("1", "5"):
            yield (
                f"{callback} of Maya's draft, {priority}",
                partial(send.submit, "Priya", metadata=scene.draft_id, words=priority, callback_id=callback),
            )
    for action, carried in (
        ("brief.approve", value),
        ("draft.stage", value),
        ("brief.edit", scene.draft_id),
        ("draft.form", scene.draft_id),
        ("draft.withdraw", scene.draft_id),
        ("recipe.pick", f"{scene.draft_id}.content-draft"),
        ("brief.drop", value),
        ("brief.go_on", value),
        ("brief.private", value),
    ):
        yield f"Maya's {action}", partial(send.press_message, "Priya", scene.brief, button(action, carried))


def list_menus(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """The menus of somebody else's brief, which name its sources by their first words."""
    send = scene.intruder
    for action, number in product(("brief.source_remove", "brief.source_restore"), (1, 2, 3)):
        block_id = f"sources:{scene.draft_id}.{number}"
        for typed in ("", WORDS[0]):
            menu = partial(send.open_menu, "Priya", scene.brief, block_id, action, typed)
            yield f"menu {action} of brief {number}: {typed}", menu
        picked = pick(action, block_id, scene.entry_ids[0])
        yield f"pick in {action} of brief {number}", partial(send.press_message, "Priya", scene.brief, picked)


async def wait_for_brief(thread: WorkThread) -> dict[str, Any]:
    """Give a brief that can be approved although not everybody in its channel can read all of it."""
    asked = await thread.button("brief.go_on")
    await thread.press("brief.go_on", asked)
    return await thread.brief(after=asked["ts"])


def list_words(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """Naming the channel in a thread, with or without Slack's own link."""
    link = f"<#{BOARD}|board>"
    for words in (
        f"use the basket of {link}",
        f"please also read the basket of {link}",
        f"read with the basket in {link}",
        f"from {link}",
        f"also from {link}",
        f"and use the basket from {link}",
        f"from <#{BOARD}|>",
        f"use the basket of <#{BOARD}|general>",
        f"use the basket of <#{NOWHERE}|nowhere>",
    ):
        yield f"in words: {words}", partial(open_thread, scene.priya, f"{NEW_BRIEF} {words}", channel="general")


async def say_from_form(scene: Scene, topic: str, channel: str, *, in_words: bool) -> None:
    """Name a channel in the form, by its field or by the command's words."""
    named = f" from <#{channel}|board>" if in_words else ""
    await scene.priya.command("general", "/work", f"powerpoint-report {topic}{named}")
    form = await scene.priya.open_view()
    scene.intruder.begin()
    chosen = {} if in_words else {"also_from": {"value": channel}}
    await scene.priya.fill(form["id"], chosen)


def list_forms(scene: Scene) -> Iterator[tuple[str, Attempt]]:
    """The form that names another channel."""
    for in_words, channel in product((True, False), (BOARD, NOWHERE)):
        topic = f"wind {'words' if in_words else 'field'} {channel}"
        yield f"form: {topic}", partial(say_from_form, scene, topic, channel, in_words=in_words)


async def leaving(scene: Scene) -> AsyncIterator[tuple[str, Attempt]]:
    """What somebody tries who was in the channel when the view was opened, and left."""
    thread = await _ask_with_board(scene, "first")
    brief = await wait_for_brief(thread)
    async with AsyncExitStack() as stack:
        await scene.jonas.leave("board")
        stack.push_async_callback(scene.maya.join, "board", "Jonas")
        for press in list_presses():
            yield (
                f"after leaving: {press['action_id']}",
                partial(scene.intruder.press, "Jonas", press, metadata=metadata_of(BOARD), words=WORDS[0]),
            )
        for entry_id in scene.entry_ids:
            yield (
                f"after leaving: archive {entry_id[:3]}",
                partial(scene.intruder.press, "Jonas", button("basket.archive", entry_id), metadata=metadata_of(BOARD)),
            )
        yield "after leaving: command", partial(scene.intruder.command, "Jonas", "board", f"basket {WORDS[0]}")
        yield "after leaving: read again", partial(_press, thread, "draft.stage", brief)
        again = await thread.brief(after=brief["ts"])
        yield "after leaving: name it again", partial(thread.say, f"use the basket of <#{BOARD}|board>")
        await thread.brief(after=again["ts"])


async def leaving_with_a_brief(scene: Scene) -> AsyncIterator[tuple[str, Attempt]]:
    """Approving what could be read when the brief was shown."""
    for number in range(3):
        thread = await _ask_with_board(scene, f"number {number}")
        brief = await wait_for_brief(thread)
        async with AsyncExitStack() as stack:
            await scene.jonas.leave("board")
            stack.push_async_callback(scene.maya.join, "board", "Jonas")
            yield f"approving after leaving {number}", partial(_press, thread, "brief.approve", brief)
            assert scene.intruder.rows.select("work_tickets", thread_ts=thread.ts) == []


async def _ask_with_board(scene: Scene, which: str) -> WorkThread:
    thread = await open_thread(scene.jonas, f"The general numbers, {which}: 5 and 7.", channel="general")
    await thread.say(f"{NEW_BRIEF} from <#{BOARD}|board>")
    return thread


async def _press(thread: WorkThread, action_id: str, message: dict[str, Any]) -> None:
    await thread.press(action_id, message)


async def count_open_repositories(store: Store, scene: Scene, team_id: Any) -> tuple[int, int]:
    """Ask the repository itself, with the proof of another conversation; give the tries and those that got through."""
    now = datetime.now(UTC) - timedelta(minutes=1)
    access = BasketAccess(channel_id="C0GENERAL", user_id="U0PRIYA", checked_at=now)  # pyright: ignore[reportArgumentType] (plain ids)
    entries = [*scene.entry_ids, *scene.own_entry_ids]
    async with store.for_team(team_id).begin() as work:
        board = await work.baskets.find(BOARD)  # pyright: ignore[reportArgumentType] (plain ids)
        assert board is not None
        answers: list[Any] = [
            await work.baskets.list_blocks(access, board.id),
            await work.baskets.list_blocks_of(access, entries),
            await work.baskets.list_assets_of(access, entries),
            [each for each in await work.baskets.list_texts(access, archived=False, most=99) if each.id in entries],
            [each for each in await work.baskets.list_assets(access) if each.id in entries],
            *[await work.baskets.find_message_block(access, message.ts) for message in scene.kept],  # pyright: ignore[reportArgumentType] (plain ids)
            *[await work.baskets.save_archived(access, each, by=None) for each in entries],
        ]
    return len(answers), sum(bool(answer) for answer in answers)
