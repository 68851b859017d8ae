"""How many errors the project's own checks find in decks of contents that strain the writer."""

from collections.abc import Iterator

from orchestration.skills.checks import check_deck
from orchestration.skills.deck.foreign.template import read_template
from orchestration.skills.deck.writer import build_deck
from orchestration.skills.pictures import read_picture
from orchestration.skills.problems import ContentTooLong, parse_deck
from tests.bench.row import Row
from tests.orchestration.skills.corpus import CONTENTS, corpus_deck
from tests.orchestration.skills.deck.templates import TEMPLATES
from tests.orchestration.skills.samples import sample_picture

THEMES = ("slate", "ember", "forest", "mono")


async def measure_stress(name: str) -> Row:
    """Build each content in a theme, in turn, and on a dark and a light template; count failed checks and refusals."""
    stages = {each: read_template(f"{each}.pptx", make()) for each, make in TEMPLATES.items()}
    pictures = {"S2": read_picture(sample_picture())}
    failed: list[str] = []
    built = 0
    for at, content in enumerate(CONTENTS):
        deck = parse_deck(corpus_deck(content, THEMES[at % len(THEMES)]))
        for place, stage in ((deck.theme, None), *stages.items()):
            built += 1
            try:
                made = build_deck(deck, stage=stage, pictures=pictures)
            except ContentTooLong as refused:
                failed += [f"{content} ({place}): {refused.problems[0]}"]
            else:
                failed += [f"{content} ({place}): {said}" for said in _list_failed(made)]
    note = f"{built} decks of {len(CONTENTS)} contents; {'; '.join(failed[:3]) or 'all checks passed'}"
    return Row(name=name, value=float(len(failed)), unit="errors", baseline=None, note=note)


def _list_failed(made: bytes) -> Iterator[str]:
    return (check.said for check in check_deck(made) if not check.passed)
