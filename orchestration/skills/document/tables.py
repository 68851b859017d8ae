"""Native tables: figures with a header that repeats on each page, cards, lists side by side, milestones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import quoteattr

from orchestration.skills.blocks import Column, Kpi, Milestone, Tabulated
from orchestration.skills.columns import Side, list_sides
from orchestration.skills.design.palette import Ink
from orchestration.skills.document.markup import Pen, paragraph_xml, twips
from orchestration.skills.marks import Span
from orchestration.skills.paper.content import KpisBlock, TableBlock, TimelineBlock, TwoColumnBlock
from orchestration.skills.paper.measures import CARDS_PER_ROW, find_widths
from orchestration.skills.paper.setting import Setting

DATE_COLUMN_PT: Final = 84.0
STATE_COLUMN_PT: Final = 78.0
# What screen readers read first of a table.
CAPTION_CHARS: Final = 120
_ARROWS: Final = {"up": "▲ ", "down": "▼ ", "flat": "", None: ""}
_STATES: Final = {"done": "Good", "next": "Marked", "planned": "Quiet", "risk": "Bad"}
_CELLS: Final[Mapping[Side, str]] = {"left": "Cell", "center": "CellCentre", "right": "CellNumber"}
TableStyle = Literal["Figures", "Cards"]


@dataclass(frozen=True)
class _Cell:
    """One cell: its paragraphs, and its shade where it has one."""

    paragraphs: tuple[str, ...]
    fill: str = ""

    def to_xml(self, width_pt: float) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>' if self.fill else ""
        width = f'<w:tcW w:w="{twips(width_pt)}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{width}{shade}</w:tcPr>{''.join(self.paragraphs)}</w:tc>"


_Row = Sequence[_Cell]


@dataclass(frozen=True)
class TableWriter:
    """Writes tables of one document."""

    setting: Setting
    pen: Pen
    width_pt: float

    def figures(self, block: TableBlock, alt: str) -> str:
        """Give a table of figures and words; figures are set to the right."""
        styles = [_CELLS[side] for side in list_sides(block)]
        header = [self._cell(column.header, style) for column, style in zip(block.columns, styles, strict=True)]
        rows = [
            [self._cell(cell, style, fill=self._fill(block, at)) for cell, style in zip(row, styles, strict=True)]
            for at, row in enumerate(block.rows)
        ]
        if block.total is not None:
            rows.append([self._cell(cell, style) for cell, style in zip(block.total, styles, strict=True)])
        widths = find_widths(block, self.setting.palette, self.width_pt)
        return self._table("Figures", widths, rows, alt=alt, header=header, has_total=block.total is not None)

    def cards(self, block: KpisBlock, alt: str) -> str:
        """Give figures as cards, in rows of equal length as far as they go."""
        count = len(block.kpis)
        wide = count if count <= CARDS_PER_ROW else -(-count // 2)
        cards = [self._card(kpi) for kpi in block.kpis]
        cards += [_Cell((paragraph_xml("", "CardChange"),))] * (-count % wide)
        rows = [cards[at : at + wide] for at in range(0, len(cards), wide)]
        return self._table("Cards", [self.width_pt / wide] * wide, rows, alt=alt)

    def sides(self, block: TwoColumnBlock, alt: str) -> str:
        """Give two lists side by side."""
        cells = [self._side(block.left), self._side(block.right)]
        return self._table("Cards", [self.width_pt / 2] * 2, [cells], alt=alt)

    def milestones(self, block: TimelineBlock, alt: str) -> str:
        """Give milestones in their order: when, what, how it stands."""
        words = self.setting.words
        header = [self._cell(text, "Cell") for text in (words.when, words.what, words.state)]
        rows = [self._milestone(each) for each in block.milestones]
        widths = [DATE_COLUMN_PT, self.width_pt - DATE_COLUMN_PT - STATE_COLUMN_PT, STATE_COLUMN_PT]
        return self._table("Figures", widths, rows, alt=alt, header=header)

    def _card(self, kpi: Kpi) -> _Cell:
        paragraphs = [
            self.pen.paragraph(self.setting.spans(kpi.label), "CardLabel"),
            self.pen.paragraph(self.setting.spans(kpi.value), "CardValue"),
        ]
        if kpi.delta:
            style = {True: "Good", False: "Bad", None: ""}[kpi.good]
            spans = (Span(_ARROWS[kpi.direction]), *self.setting.spans(kpi.delta))
            runs = self.pen.runs([span for span in spans if span.text], style)
            paragraphs.append(paragraph_xml(runs, "CardChange"))
        return _Cell(tuple(paragraphs), self.setting.palette.panel)

    def _side(self, column: Column) -> _Cell:
        heading = self.pen.paragraph(self.setting.spans(column.heading), "ColumnHeading")
        points = [self.pen.paragraph(self.setting.spans(point), "ListBullet") for point in column.points]
        return _Cell((heading, *points), self.setting.palette.panel)

    def _milestone(self, milestone: Milestone) -> _Row:
        words: str = getattr(self.setting.words, milestone.status)
        label = paragraph_xml(self.pen.runs(self.setting.spans(f"**{milestone.label}**")), "Cell")
        detail = [self.pen.paragraph(self.setting.spans(milestone.detail), "Cell")] if milestone.detail else []
        state = paragraph_xml(self.pen.run(words, _STATES[milestone.status]), "Cell")
        return [self._cell(milestone.date, "Cell"), _Cell((label, *detail)), _Cell((state,))]

    def _cell(self, text: str, style: str, *, fill: str = "") -> _Cell:
        return _Cell((self.pen.paragraph(self.setting.spans(text), style),), fill)

    def _fill(self, block: Tabulated, row: int) -> str:
        return self.setting.palette.rgb(Ink.PANEL) if block.highlight_row == row else ""

    def _table(
        self,
        style: TableStyle,
        widths: Sequence[float],
        rows: Sequence[_Row],
        *,
        alt: str,
        header: _Row = (),
        has_total: bool = False,
    ) -> str:
        # The bits of ST_TblLook: first row, last row, no bands of rows, none of columns.
        look = f"{bool(header) * 0x20 + has_total * 0x40 + 0x600:04X}"
        turned = "<w:bidiVisual/>" if self.pen.is_rtl else ""
        grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
        head = _row_xml(header, widths, is_header=True) if header else ""
        body = "".join(_row_xml(row, widths) for row in rows)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{turned}<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}" w:firstRow="{int(bool(header))}" '
            f'w:lastRow="{int(has_total)}" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(alt[:CAPTION_CHARS])}/><w:tblDescription w:val={quoteattr(alt)}/>"
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
        )


def _row_xml(cells: _Row, widths: Sequence[float], *, is_header: bool = False) -> str:
    header = "<w:tblHeader/>" if is_header else ""
    content = "".join(cell.to_xml(width) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{content}</w:tr>"
