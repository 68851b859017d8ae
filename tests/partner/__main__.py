"""How well the interpreter without a key reads the labels: `python -m tests.partner`, or one half of them only.

python -m tests.partner --half tune            # the table of one half
python -m tests.partner --half tune --wrong    # what was misread in it
"""

import argparse
import asyncio
from collections.abc import Sequence

from orchestration.partner.lexical.interpreter import LexicalInterpreter
from recipes.recipe import Recipe
from tests.partner.labels import load_half, load_recipes
from tests.partner.reader import Readings, read_labels
from tests.partner.score import (
    Pair,
    Read,
    Share,
    score_all,
    score_by_category,
    score_false_fills,
    score_intents,
    score_recipes,
    score_values,
)
from tests.partner.utterance import Utterance

HALVES = ("tune", "sealed", "fresh")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.partner", description=__doc__)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--wrong", action="store_true", help="name what was misread in tune, label by label")
    args = parser.parse_args()
    recipes = load_recipes()
    for name in HALVES if args.half is None else (args.half,):
        readings = asyncio.run(read_labels(LexicalInterpreter(), load_half(name), recipes))
        print("\n".join(_draw(name, readings, recipes)))
        if args.wrong and name == "tune":
            print("\n".join(_list_wrong(readings.pairs)))


def _draw(name: str, readings: Readings, recipes: dict[str, Recipe]) -> list[str]:
    pairs = readings.pairs
    lines = [f"{name}: {len(pairs)} labels, {readings.p95_ms:.1f} ms at the 95th percentile", ""]
    lines += [f"  {score:<24} {_show(share)}" for score, share in score_all(pairs, recipes).items()]
    lines += ["", f"  {'':<20} {'intent':>16} {'recipe':>16} {'value':>16} {'false fill':>16}"]
    intents, found = score_by_category(score_intents, pairs), score_by_category(score_recipes, pairs)
    values = score_by_category(score_values, pairs)
    made_up = score_by_category(lambda some: score_false_fills(some, recipes), pairs)
    for each in intents:
        shares = (intents[each], found[each], values[each], made_up[each])
        lines.append(f"  {each:<20} " + " ".join(f"{_show(share):>16}" for share in shares))
    return lines


def _show(share: Share) -> str:
    return "-" if share.rate is None else f"{share.rate:.3f} ({share.count}/{share.of})"


def _list_wrong(pairs: Sequence[Pair]) -> list[str]:
    return [
        f"{label.id}: {label.text!r}\n    is   {read.intent} {read.recipe} {read.candidates} {dict(read.answers)}\n"
        f"    not  {label.intent} {label.recipe} {label.candidates} {label.answers}"
        for label, read in pairs
        if _is_misread(label, read)
    ]


def _is_misread(label: Utterance, read: Read) -> bool:
    given = {name: value for name, value in read.answers.items() if label.context.answers.get(name) != value}
    is_offered = {*label.candidates} <= {read.recipe, *read.candidates}
    is_found = is_offered if label.candidates else read.recipe == label.recipe
    return read.intent is not label.intent or not is_found or given != label.answers


if __name__ == "__main__":
    main()
