"""A draft: an unfinished request, filled by chat, form and command alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict

from recipes.audience import Sharing
from recipes.conversation import SharedFile, Thread
from recipes.errors import UserFixableError
from recipes.ids import BundleId, ChannelId, DraftId, MessageTs, RecipeSlug, SourceKey, TeamId, UserId
from recipes.parameters import Value
from recipes.priority import USUAL, Priority
from recipes.server_tool import ServerTool
from recipes.standing import Standing


class DraftStatus(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    BRIEFED = "briefed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


DRAFT_MOVES: Final[Mapping[DraftStatus, frozenset[DraftStatus]]] = MappingProxyType(
    {
        DraftStatus.OPEN: frozenset({DraftStatus.BRIEFED, DraftStatus.WITHDRAWN}),
        DraftStatus.BRIEFED: frozenset(
            {DraftStatus.OPEN, DraftStatus.BRIEFED, DraftStatus.APPROVED, DraftStatus.WITHDRAWN}
        ),
        DraftStatus.APPROVED: frozenset(),
        DraftStatus.WITHDRAWN: frozenset(),
    }
)


class Origin(BaseModel):
    """Where an answer came from."""

    model_config = ConfigDict(frozen=True)

    door: Literal["message", "button", "form", "command", "shortcut"]
    ts: MessageTs | None = None
    """Of the message, or of the press of a button."""


class Answer(BaseModel):
    """A value and where it came from."""

    model_config = ConfigDict(frozen=True)

    value: Value
    origin: Origin
    files: tuple[SharedFile, ...] = ()
    """What was handed in with a form; files of the thread are read with the thread."""


class Entered(BaseModel):
    """What stands in a form that was not sent, or not whole, as it was typed."""

    model_config = ConfigDict(frozen=True)

    raw: dict[str, str] = {}
    """By parameter; empty where a field was emptied."""
    files: dict[str, tuple[SharedFile, ...]] = {}
    """Of the parameters that are files; `raw` holds their names."""

    def without(self, names: Iterable[str]) -> Self:
        """Give what was typed but for these parameters."""
        gone = frozenset(names)
        raw = {name: said for name, said in self.raw.items() if name not in gone}
        return self.model_copy(update={"raw": raw, "files": {k: v for k, v in self.files.items() if k not in gone}})


class Draft(BaseModel):
    """An unfinished request of one person in one thread."""

    model_config = ConfigDict(frozen=True)

    id: DraftId
    team_id: TeamId
    channel_id: ChannelId
    thread_ts: MessageTs | None
    """None until it has a thread: a form opened by a command has none before it is sent."""
    user_id: UserId
    recipe_slug: RecipeSlug | None = None
    answers: dict[str, Answer] = {}
    entered: Entered = Entered()
    """What its form was left with; an answer that is said afterwards takes its place."""
    asked: str | None = None
    """The parameter that the bot asked for last: the next plain words may be its answer."""
    standing: Standing = Standing()
    heard_ts: MessageTs | None = None
    """The newest message that was taken into it: an older one that comes late is no answer any more."""
    status: DraftStatus = DraftStatus.OPEN
    priority: Priority = USUAL
    also_from: ChannelId | None = None
    """The other channel whose basket is read too."""
    also_from_ts: MessageTs | None = None
    """Of the message that named it."""
    removed: tuple[SourceKey, ...] = ()
    """What its requester wants left out."""
    sharing: Sharing = Sharing.UNSAID
    server_tools: tuple[ServerTool, ...] = ()
    """What its requester ticked."""
    brief_no: int = 0
    bundle_id: BundleId | None = None
    """The candidate that the newest brief shows."""
    brief_ts: MessageTs | None = None
    created_at: datetime

    @property
    def thread(self) -> Thread | None:
        """Give the thread it belongs to, if it has one."""
        if self.thread_ts is None:
            return None
        return Thread(team_id=self.team_id, channel_id=self.channel_id, thread_ts=self.thread_ts)

    @property
    def reads_also(self) -> ChannelId | None:
        """Give the other channel whose basket is read, unless all that comes from it was left out."""
        return None if self.also_from in self.removed else self.also_from

    def values(self) -> dict[str, Value]:
        """Give the answers without their origins."""
        return {name: answer.value for name, answer in self.answers.items()}

    def with_answers(self, answers: Mapping[str, Answer]) -> Self:
        """Give the draft with these answers on top; a shown brief no longer fits, so it is open again."""
        changes = {"standing": self.standing.answering(answers), "entered": self.entered.without(answers)}
        return self._with({**self.answers, **answers}).model_copy(update=changes)

    def with_all_answers(self, answers: Mapping[str, Answer]) -> Self:
        """Give the draft with these answers and no others, as a form sends them: it leaves nothing in doubt."""
        standing = self.standing.answering([*answers, *self.standing.doubts])
        return self._with(answers).model_copy(update={"standing": standing})

    def without_answers(self, names: Iterable[str]) -> Self:
        """Give the draft in which these parameters have their defaults again, or nothing."""
        gone = frozenset(names)
        return self._with({each: answer for each, answer in self.answers.items() if each not in gone})

    def with_recipe(self, slug: RecipeSlug) -> Self:
        """Give the draft with this recipe; answers to another recipe's questions are dropped.

        What was said while several recipes were meant is kept for each of them.
        """
        if slug == self.recipe_slug:
            return self
        is_meant = self.recipe_slug is None and self.standing.may_mean(slug)
        kept = self if is_meant else self.without_recipe()
        standing = kept.standing.afresh(doubts=kept.standing.doubts)
        return kept.model_copy(update={"recipe_slug": slug, "asked": None, "standing": standing, **self._reopened()})

    def wanting_else(self) -> Self:
        """Give the draft whose requester wants none of what was chosen or offered last."""
        refused = (self.recipe_slug,) if self.recipe_slug else self.standing.offered
        without = self.without_recipe()
        return without.model_copy(update={"standing": self.standing.afresh(refused=refused)})

    def without_recipe(self) -> Self:
        """Give the draft whose recipe is given up, and with it what was said for it."""
        changes: dict[str, Any] = {
            "recipe_slug": None,
            "answers": {},
            "entered": Entered(),
            "asked": None,
            "server_tools": (),
        }
        return self.model_copy(update={**changes, "standing": self.standing.afresh(), **self._reopened()})

    def started_over(self) -> Self:
        """Give the draft as it was before anything was said."""
        choices = {"also_from": None, "also_from_ts": None, "removed": (), "sharing": Sharing.UNSAID}
        return self.without_recipe().model_copy(update=choices)

    def reading_also(self, channel_id: ChannelId | None, *, ts: MessageTs | None = None) -> Self:
        """Give the draft that reads this channel's basket beside its own, and no third one."""
        other = None if channel_id == self.channel_id else channel_id
        removed = tuple(each for each in self.removed if each != other)
        if (other, removed) == (self.also_from, self.removed):
            return self
        changes = {"also_from": other, "also_from_ts": ts, "removed": removed, "sharing": Sharing.UNSAID}
        # What was ticked was ticked for what was to be read then.
        changes = {**changes, "server_tools": ()}
        return self.model_copy(update={**changes, **self._reopened()})

    def without(self, key: SourceKey) -> Self:
        """Give the draft that leaves this out, whatever its number in the next brief would be."""
        if key in self.removed:
            return self
        return self.model_copy(update={"removed": (*self.removed, key), **self._reopened()})

    def without_channels(self, channel_ids: Iterable[ChannelId]) -> Self:
        """Give the draft that leaves out all that comes from these channels; put back, it has to be decided on anew."""
        keys = (*self.removed, *(SourceKey(each) for each in channel_ids))
        changes = {"removed": tuple(dict.fromkeys(keys)), "sharing": Sharing.UNSAID}
        return self.model_copy(update={**changes, **self._reopened()})

    def with_again(self, key: SourceKey) -> Self:
        """Give the draft that reads this again."""
        if key not in self.removed:
            return self
        removed = tuple(each for each in self.removed if each != key)
        return self.model_copy(update={"removed": removed, **self._reopened()})

    def sharing_with(self, sharing: Sharing) -> Self:
        """Give the draft whose result these people may read."""
        return self.model_copy(update={"sharing": sharing, **self._reopened()})

    def using(self, tools: Iterable[ServerTool]) -> Self:
        """Give the draft whose work may use these server tools, and no others."""
        return self.model_copy(update={"server_tools": tuple(sorted(set(tools))), **self._reopened()})

    def reads_as(self, other: Self) -> bool:
        """Tell whether what would be read and shown for both is the same."""
        return all(
            getattr(self, each) == getattr(other, each)
            for each in ("recipe_slug", "answers", "also_from", "removed", "sharing", "server_tools")
        )

    def moved_to(self, state: DraftStatus) -> Self:
        """Give the draft in another state.

        Raises:
            DraftMoveRefused: the move is not in the table.
        """
        if state not in DRAFT_MOVES[self.status]:
            raise DraftMoveRefused(self.id, self.status)
        return self.model_copy(update={"status": state})

    def is_live(self) -> bool:
        """Tell whether it can still become work."""
        return self.status in {DraftStatus.OPEN, DraftStatus.BRIEFED}

    def is_briefed(self) -> bool:
        """Tell whether its brief waits for approval."""
        return self.status is DraftStatus.BRIEFED

    def is_left_open(self) -> bool:
        """Tell whether it waits for our next word: a question, or a brief that does not stand in the thread yet."""
        return self.status is DraftStatus.OPEN or self.has_unposted_brief() or bool(self.standing.doubts)

    def check_changeable(self) -> None:
        """Refuse a draft that was approved or withdrawn.

        Raises:
            DraftMoveRefused: it was; the advice says which.
        """
        if not DRAFT_MOVES[self.status]:
            raise DraftMoveRefused(self.id, self.status)

    def has_unposted_brief(self) -> bool:
        """Tell whether its newest brief was made and is not known to stand in the thread."""
        return self.status is DraftStatus.BRIEFED and self.brief_ts is None

    def shown_bundle(self) -> BundleId:
        """Give the candidate that the newest brief shows.

        Raises:
            DraftMoveRefused: there is no brief.
        """
        if self.bundle_id is None:
            raise DraftMoveRefused(self.id, self.status)
        return self.bundle_id

    def briefed(self, bundle_id: BundleId) -> Self:
        """Give the draft with its next brief, which shows this candidate."""
        moved = self.moved_to(DraftStatus.BRIEFED)
        return moved.model_copy(update={"brief_no": self.brief_no + 1, "bundle_id": bundle_id, "brief_ts": None})

    def _with(self, answers: Mapping[str, Answer]) -> Self:
        reopened = self._reopened() if dict(answers) != self.answers else {}
        return self.model_copy(update={"answers": dict(answers), "asked": None, **reopened})

    def _reopened(self) -> dict[str, Any]:
        return {} if self.status is DraftStatus.OPEN else {"status": self.moved_to(DraftStatus.OPEN).status}


@dataclass(eq=False)
class DraftMoveRefused(UserFixableError):
    """The draft is past the point where this could be done."""

    draft_id: str
    status: str

    def advice(self) -> str:
        """Say where the draft stands and what to do instead."""
        match self.status:
            case DraftStatus.APPROVED:
                return "This was already approved and is being worked on. Mention me again to ask for something new."
            case DraftStatus.WITHDRAWN:
                return "This request was withdrawn. Mention me again to start a new one."
            case _:
                return "There is no brief to approve yet. Press *Show the brief* first."


@dataclass(eq=False)
class SuggestionOutdated(UserFixableError):
    """A button suggests what no longer fits: the talk went on to something else."""

    draft_id: str

    def advice(self) -> str:
        """Say that words work."""
        return "This suggestion no longer fits what we are talking about. Tell me in words what you want."


@dataclass(eq=False)
class DraftNotFound(UserFixableError):
    """No draft of this workspace has this id."""

    draft_id: str

    def advice(self) -> str:
        """Say that the button is too old."""
        return "I no longer know that request. Mention me again and we will start anew."


@dataclass(eq=False)
class BriefOutdated(UserFixableError):
    """The button belongs to an earlier brief than the one that stands."""

    draft_id: str

    def advice(self) -> str:
        """Point to the newest brief."""
        return "This brief was replaced by a newer one below, so nothing was started. Please look at the newest brief."


@dataclass(eq=False)
class AnswersMissing(UserFixableError):
    """Required parameters have no answer yet."""

    labels: list[str]

    def advice(self) -> str:
        """Name what is missing."""
        return f"Still missing: {', '.join(self.labels)}."


@dataclass(eq=False)
class NothingToRead(UserFixableError):
    """Staging found no source at all."""

    channel_id: str
    is_left_out: bool = False
    """There is something, and the requester left all of it out."""

    def advice(self) -> str:
        """Say what would help."""
        if self.is_left_out:
            return (
                "Without what you left out there is nothing to work from. Write what matters or share a file in this "
                "thread; or say `stop` and ask me again, then I read everything."
            )
        return "There is nothing to work from yet. Write what matters or share a file in this thread, then try again."
