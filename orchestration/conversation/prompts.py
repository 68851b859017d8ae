"""Prompts: what we ask and offer has buttons while it waits for an answer, and loses them when it has one."""

from collections.abc import Iterable

import structlog

from orchestration.effects import Effects
from orchestration.leases import LeaseLost
from orchestration.ports import ThreadPort
from recipes.conversation import Thread
from recipes.draft import Draft
from recipes.errors import DefectError, TransientError
from recipes.ids import DraftId, MessageTs, TeamId
from recipes.prompt import AnsweredPrompt, OpenPrompt
from recipes.recipe import RecipeCard
from recipes.reply import CandidateOffer, ParameterQuestion, RecipeOffer
from storage.unit_of_work import Store

log = structlog.get_logger()


class Prompts:
    """Knows which of our messages wait for an answer, and takes the buttons off the others."""

    def __init__(self, *, store: Store, threads: ThreadPort, effects: Effects) -> None:
        self._store = store
        self._threads = threads
        self._effects = effects

    async def close(self, team_id: TeamId, draft_id: DraftId, thread: Thread, *, but: MessageTs | None = None) -> None:
        """Take the buttons off what waits for nothing any more; what Slack refuses at the moment waits for the next.

        Args:
            team_id: The workspace.
            draft_id: Whose questions and offers.
            thread: Where they stand.
            but: The one that waits for an answer.
        """
        async with self._store.for_team(team_id).read() as work:
            draft = await work.drafts.get(draft_id)
        waiting = but if draft.is_live() else None
        closed = [each.ts for each in draft.standing.prompts if each.ts != waiting and await self._close(each, thread)]
        if not closed:
            return
        async with self._store.for_team(team_id).begin() as work:
            current = await work.drafts.get(draft_id)
            await work.drafts.save(current.model_copy(update={"standing": current.standing.without_prompts(closed)}))

    async def _close(self, prompt: OpenPrompt, thread: Thread) -> bool:
        """Tell whether it is done with: an edit that Slack will never take is none to try again."""

        async def edit() -> str:
            await self._threads.amend(thread, prompt.ts, prompt.answered)
            return prompt.ts

        key = f"answered:{thread.channel_id}:{prompt.ts}"
        try:
            await self._effects.once(thread, key, do=edit, look=_look_nowhere)
        except LeaseLost:
            raise
        except TransientError:
            return False
        except DefectError as error:
            # It was deleted, or the workspace lets nobody edit so late. Its buttons say so themselves when pressed.
            log.info("prompt_not_closed", error=str(error))
        return True


def note_prompt(draft: Draft, ts: MessageTs, said: ParameterQuestion | CandidateOffer | RecipeOffer) -> Draft:
    """Give the draft that knows of a question or an offer in its thread."""
    prompt = OpenPrompt(ts=ts, answered=_without_buttons(said))
    return draft.model_copy(update={"standing": draft.standing.prompting(prompt)})


def _without_buttons(said: ParameterQuestion | CandidateOffer | RecipeOffer) -> AnsweredPrompt:
    match said:
        case ParameterQuestion():
            return AnsweredPrompt(notes=said.notes, doubt=said.lead, question=said.parameter.question)
        case CandidateOffer():
            return AnsweredPrompt(notes=(said.lead,), offered=_number(card for card, _ in said.candidates))
        case RecipeOffer():
            return AnsweredPrompt(notes=(said.lead,), offered=tuple(card.name for card in said.cards))


def _number(cards: Iterable[RecipeCard]) -> tuple[str, ...]:
    return tuple(f"{number}. {card.name}" for number, card in enumerate(cards, start=1))


async def _look_nowhere() -> None:
    """An edit leaves nothing to find; made twice, it shows the same."""
