"""The model without a key: turn by turn through the same tools as any other, all it knows is the history."""

import asyncio
from collections.abc import Sequence

from orchestration.models.extractive.book.work import find_book_turn
from orchestration.models.extractive.deck.work import find_deck_turn
from orchestration.models.extractive.paper.work import find_paper_turn
from orchestration.models.extractive.text.work import find_text_turn
from orchestration.models.port import Prompt, TurnDelta
from recipes.recipe import OutputFormat


class ExtractiveModel:
    """Makes a deck, a document, a workbook or a text of what the sources say: quoted, tabulated, charted.

    Deterministic, free, never online.
    """

    name: str = "extractive"

    async def turn(self, prompt: Prompt, history: tuple[TurnDelta, ...]) -> TurnDelta:
        """Give the next turn after this history: the same one each time it is asked for."""
        return await asyncio.to_thread(find_turn, prompt, history)


def find_turn(prompt: Prompt, history: Sequence[TurnDelta]) -> TurnDelta:
    """Give the next turn: of a text, a document, a workbook or a deck, as the contract asks."""
    match prompt.bundle.recipe.contract.format:
        case OutputFormat.MARKDOWN:
            return find_text_turn(prompt, history)
        case OutputFormat.DOCX | OutputFormat.PDF:
            return find_paper_turn(prompt, history)
        case OutputFormat.XLSX:
            return find_book_turn(prompt, history)
        case OutputFormat.PPTX:
            return find_deck_turn(prompt, history)
