"""How well the interpreter without a key reads messages that no rule of it has seen."""

from orchestration.partner.lexical.interpreter import LexicalInterpreter
from tests.bench.row import Row
from tests.partner.labels import load_half, load_recipes
from tests.partner.reader import Readings, read_labels
from tests.partner.score import Share, score_false_fills, score_recipes, score_values


async def measure_recipe_accuracy(name: str) -> Row:
    """Give the share of labels after which the right recipe, or rightly none, is in force."""
    readings = await _read_sealed()
    return _make_row(name, score_recipes(readings.pairs), readings)


async def measure_value_accuracy(name: str) -> Row:
    """Give the share of the values that people gave which are read exactly."""
    readings = await _read_sealed()
    return _make_row(name, score_values(readings.pairs), readings)


async def measure_false_fill(name: str) -> Row:
    """Give the share of parameters that got a value which nobody gave."""
    readings = await _read_sealed()
    return _make_row(name, score_false_fills(readings.pairs, load_recipes()), readings)


async def _read_sealed() -> Readings:
    return await read_labels(LexicalInterpreter(), load_half("sealed"), load_recipes())


def _make_row(name: str, share: Share, readings: Readings) -> Row:
    note = (
        f"{share.count} of {share.of}, {len(readings.pairs)} sealed labels; p95 of a reading {readings.p95_ms:.1f} ms"
    )
    return Row(name=name, value=share.rate or 0, unit="", baseline=None, note=note)
