"""What a draft remembers of what was chosen in its briefs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recipes.audience import Sharing
from recipes.brief import OnlySource, SourceUnknown
from recipes.draft import DraftMoveRefused, DraftStatus
from tests.fakes.nouns import CHANNEL, make_brief, make_brief_source, make_draft

FINANCE = "C0FINANCE"
FILE, MESSAGE, NOTE = "F0PLAN", "1794906000.000100", "blk_1"
SOURCES = (
    make_brief_source("S1", key=MESSAGE),
    make_brief_source("S2", key=FILE),
    make_brief_source("S3", key=NOTE, origin=FINANCE),
)
keys = st.sampled_from([FILE, MESSAGE, NOTE, FINANCE])


@given(st.lists(st.tuples(st.booleans(), keys), max_size=20))
def test_a_draft_leaves_out_what_was_last_said_of_each_thing(said):
    draft = make_draft()
    for is_left_out, key in said:
        draft = draft.without(key) if is_left_out else draft.with_again(key)
    last_said = {key: is_left_out for is_left_out, key in said}
    assert len(draft.removed) == len(set(draft.removed))
    assert set(draft.removed) == {key for key, is_left_out in last_said.items() if is_left_out}


def test_each_choice_voids_the_brief_and_none_that_changes_nothing_does():
    briefed = make_draft(also_from=FINANCE, removed=(NOTE,)).briefed("bun_1")
    for changed in (
        briefed.without(FILE),
        briefed.with_again(NOTE),
        briefed.without_channels([FINANCE]),
        briefed.sharing_with(Sharing.EVERYBODY),
    ):
        assert changed.status is DraftStatus.OPEN
        assert not changed.reads_as(briefed)
    for same in (briefed.without(NOTE), briefed.with_again(FILE)):
        assert same.status is DraftStatus.BRIEFED
        assert same.reads_as(briefed)


@pytest.mark.parametrize("status", ["approved", "withdrawn"])
def test_nothing_is_chosen_in_a_draft_that_is_closed(status):
    draft = make_draft(status=status)
    for choose in (lambda: draft.without(FILE), lambda: draft.sharing_with(Sharing.EVERYBODY)):
        with pytest.raises(DraftMoveRefused):
            choose()


def test_a_brief_gives_up_some_of_its_sources_and_neither_all_nor_others():
    brief = make_brief(sources=SOURCES)
    brief.check_removable({FILE})
    brief.check_removable({FINANCE})
    brief.check_removable({FILE, MESSAGE})
    for refusal, refused in ((OnlySource, {FILE, MESSAGE, NOTE}), (OnlySource, {FILE, MESSAGE, FINANCE})):
        with pytest.raises(refusal):
            brief.check_removable(refused)
    for unknown in ({"S1"}, {"F0OTHER"}, set()):
        with pytest.raises(SourceUnknown):
            brief.check_removable(unknown)


@pytest.mark.parametrize(
    ("closed", "sharing", "is_undecided", "is_private"),
    [
        ((), Sharing.UNSAID, False, False),
        ((), Sharing.REQUESTER, False, False),
        ((FINANCE,), Sharing.UNSAID, True, False),
        ((FINANCE,), Sharing.EVERYBODY, False, False),
        ((FINANCE,), Sharing.REQUESTER, False, True),
    ],
)
def test_a_word_about_readers_is_wanted_and_counts_only_where_somebody_is_shut_out(
    closed, sharing, is_undecided, is_private
):
    brief = make_brief(sources=SOURCES, closed=closed, sharing=sharing)
    assert (brief.is_undecided(), brief.is_private()) == (is_undecided, is_private)
    assert [source.id for source in brief.list_closed()] == (["S3"] if closed else [])


def test_naming_a_channel_again_reads_what_was_left_out_of_it():
    draft = make_draft(also_from=FINANCE, removed=(FINANCE, FILE), sharing=Sharing.REQUESTER)
    again = draft.reading_also(FINANCE)
    assert (again.removed, again.reads_also, again.sharing) == ((FILE,), FINANCE, Sharing.UNSAID)
    assert draft.reading_also(CHANNEL).also_from is None


def test_another_channel_is_another_question_of_who_may_read_it():
    draft = make_draft(also_from=FINANCE, sharing=Sharing.EVERYBODY)
    assert draft.reading_also("C0BOARD").sharing is Sharing.UNSAID
    assert draft.reading_also(FINANCE) is draft
