"""Work that had to end before its end says so, where people look."""

from bot.sandbox.screen import words_of
from bot.views.outputs import render_summary
from bot.views.progress_words import describe_progress
from recipes.ending import Ending
from recipes.reply import DeliverySummary
from recipes.ticket import TicketStatus
from tests.bot.samples import make_progress
from tests.fakes.nouns import MAYA, make_output


def _say(**more) -> str:
    message = render_summary(DeliverySummary(requester=MAYA, output=make_output(), uses_language_model=True, **more))
    return words_of({"text": message.text, "blocks": list(message.blocks)})


def test_a_summary_says_why_the_work_had_to_end():
    said = _say(partial=True, cut_short=Ending.TOKENS)
    assert "as far as it was when it had to end: the agent used up the tokens that its recipe allows." in said


def test_work_that_somebody_stopped_says_so():
    assert "is in this thread, as far as it was when the work was stopped." in _say(partial=True)


def test_whole_work_says_nothing_of_the_kind():
    assert "as far as" not in _say()


def test_progress_ends_as_done_in_part():
    assert describe_progress(make_progress(TicketStatus.COMPLETED, partial=True)).startswith("Done in part")
    assert describe_progress(make_progress(TicketStatus.COMPLETED)).startswith("Done ·")
