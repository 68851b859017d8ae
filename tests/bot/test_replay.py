"""What `threadwork replay` prints."""

from pathlib import Path

from bot.replay import FINDINGS, draw_replay
from recipes.replay import Match, Replay, ReplayedOutput
from tests.fakes.nouns import make_missing, make_provenance

DIGEST, OTHER = "ab" * 32, "cd" * 32
HERE = Path("replay-tkt_1")


def make_replayed(**more):
    values = {
        "title": "Churn fell",
        "filename": "Churn-fell.pptx",
        "size_bytes": 59_648,
        "digest": DIGEST,
        "delivered_digest": DIGEST,
        "match": Match.SAME,
        "provenance": make_provenance(),
        "has_same_findings": True,
    }
    return ReplayedOutput(**{**values, **more})


def make_replay(*outputs, **more):
    values = {
        "ticket_id": "tkt_1",
        "status": "completed",
        "recipe_slug": "powerpoint-report",
        "recipe_version": 1,
        "bundle_digest": OTHER,
        "bundle_bytes": 4_117,
        "sources": 3,
        "left_out": 1,
        "model": "extractive",
        "kept_turns": 7,
        "outputs": outputs,
    }
    return Replay(**{**values, **more})


def draw(*outputs, **more):
    return draw_replay(make_replay(*outputs, **more), HERE)


def test_a_stranger_learns_what_ran_on_what_and_that_it_is_the_same(snapshot):
    assert draw(make_replayed()) == snapshot


def test_what_differs_is_said_with_both_digests_and_what_has_no_source(snapshot):
    differs = make_replayed(
        digest=OTHER,
        match=Match.DIFFERS,
        differences=("has changed: ppt/slides/slide2.xml",),
        provenance=make_provenance(make_missing()),
        has_same_findings=False,
    )
    gone = ReplayedOutput(title="Annex", delivered_digest=DIGEST, match=Match.MISSING, provenance=None)
    refusals = ("turn 6, Skill: slide 2: the title is too long",)
    assert draw(differs, gone, refusals=refusals, model="claude-x", kept_turns=1) == snapshot


def test_work_that_waits_or_handed_in_nothing_says_so(snapshot):
    assert draw(status="waiting", is_waiting=True, kept_turns=0) == snapshot


def test_what_was_not_handed_in_then_is_no_difference():
    told = draw(make_replayed(delivered_digest=None, match=Match.NEW, has_same_findings=False))
    assert told.endswith("It made what the ticket itself did not hand in.")
    assert "findings" not in told


def test_a_long_list_of_findings_is_cut_and_counted():
    told = draw(make_replayed(provenance=make_provenance(*[make_missing()] * (FINDINGS + 5))))
    assert told.count("“37 %”, slide 4") == FINDINGS
    assert "and 5 more" in told


def test_words_of_sources_move_no_cursor_and_are_not_escaped_as_in_slack():
    missing = make_missing("\x1b[2J<37> & \u202e73 %")
    told = draw(make_replayed(provenance=make_provenance(missing)))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "<37> &" in told
