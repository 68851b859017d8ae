"""Makes the metrics files beside it from the fonts: `python -m orchestration.skills.fonts.extract FONT_FILE ...`.

Needs fonttools (the `dev` extra) and the fonts; on Debian: fonts-crosextra-carlito, fonts-crosextra-caladea,
fonts-liberation. Run it only when a face is added: the files it makes are part of the program.
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs]: fonttools ships no types

# Latin, Greek, Cyrillic, punctuation, arrows, shapes; East Asian signs are one em wide and need no table.
LAST_CODE_POINT: Final = 0x2E7F


def extract_metrics(font_file: Path) -> dict[str, Any]:
    """Give a face's line height and advance widths, in font units, as runs of neighbouring code points."""
    font: Any
    with TTFont(font_file, lazy=True) as font:
        head, lines, widths = font["head"], font["hhea"], font["hmtx"].metrics
        advances = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items() if code <= LAST_CODE_POINT}
        return {
            "units_per_em": head.unitsPerEm,
            "line_height_units": lines.ascent - lines.descent + lines.lineGap,
            "advances": _runs(advances),
        }


def main(font_files: list[str]) -> None:
    """Write one `.json.gz` beside this module for each font file, the same bytes each time."""
    for name in font_files:
        text = json.dumps(extract_metrics(Path(name)), separators=(",", ":"))
        target = Path(__file__).with_name(f"{Path(name).stem.lower()}.json.gz")
        target.write_bytes(gzip.compress(text.encode(), mtime=0))


def _runs(advances: dict[int, int]) -> list[tuple[int, list[int]]]:
    runs: list[tuple[int, list[int]]] = []
    for code in sorted(advances):
        if runs and code == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(advances[code])
        else:
            runs.append((code, [advances[code]]))
    return runs


if __name__ == "__main__":
    main(sys.argv[1:])
