"""Slides as a presentation (PPTX), by python-pptx. Long texts are shortened, so that no slide overflows.

A group's own ``templates/reference.pptx`` gives the size, the layouts, the fonts and the colours.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from csg.documents.charts import points_of, svg
from csg.documents.content import (
    Block,
    Bullets,
    Cell,
    Chart,
    Line,
    Paragraph,
    Row,
    Table,
    Text,
    data,
    line_direction,
    shown_text,
)
from csg.documents.fitting import fitted, line_count
from csg.documents.fonts import Fonts
from csg.documents.formats.slide_file import opened
from csg.documents.pages.slides import Slide
from csg.documents.palette import LOOKS
from csg.documents.source import Source
from csg.language import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, end_mark
from csg.problem import visible

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as SlideShapes
    from pptx.slide import SlideLayout
    from pptx.text.text import TextFrame, _Paragraph

_FIXED_DATE = datetime(2000, 1, 1)
"""The date in the properties, so that the same data makes the same bytes."""
_EDGE, _TOP, _FOOT = 0.05, 0.2, 0.08
"""The shares of a slide that stay free at the sides, for the title, and for the footer."""
_TITLE, _LARGE, _SMALL, _NOTE = 28, 18, 14, 10
"""Sizes of text in points: the title, paragraphs and lists, longer lists, and the footer."""
_TABLE_SIZES = (14, 12, 10)
"""Sizes of the text of a table: the largest with which every row fits is used."""
_GAP = 6
"""The space below a paragraph in points."""
_LINE = 1.25
"""The height of a line, as a multiple of the size of its text."""
_INSET, _ROW_INSET = 14, 8
"""The blank space in a cell in points: left and right together, and above and below together."""
_LEGEND = 3 * _LARGE
"""The room for the legend of a chart."""
_MOST_LINES = 3
"""The lines of a cell or a list element."""
_INK, _TITLE_INK, _GROUND = "1A1A1A", "123A5C", "E4ECF4"
_MOST_PROPERTY = 255
"""The characters of a property of a file."""


def presentation(source: Source, slides: list[Slide], fonts: Fonts, reference: bytes | None) -> bytes:
    """Return slides as a presentation. Raise Refused if the reference is not a presentation."""
    file = opened(reference)
    properties = file.core_properties
    properties.title = visible(source.plan.title, keep="")[:_MOST_PROPERTY]
    properties.author = visible(source.profile.short or source.profile.group or "", keep="")[:_MOST_PROPERTY]
    properties.language = source.language.code
    properties.created = properties.modified = _FIXED_DATE
    _Writer(source, file, fonts, keeps_colours=reference is not None).write(slides)
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue()


class _Writer:
    """Writes slides into a presentation. Lengths are in points."""

    def __init__(self, source: Source, file: "Presentation", fonts: Fonts, *, keeps_colours: bool) -> None:
        self._source, self._file, self._fonts, self._keeps_colours = source, file, fonts, keeps_colours
        self._right_to_left = source.language.direction == "rtl"
        width, height = file.slide_width, file.slide_height
        assert width and height
        self._width, self._height = width.pt, height.pt
        self._left = self._width * _EDGE
        self._room = self._width - 2 * self._left

    def write(self, slides: list[Slide]) -> None:
        """Add each slide; the first has the layout of a title."""
        for number, slide in enumerate(slides, 1):
            shapes = self._file.slides.add_slide(self._layout(is_first=number == 1))
            if number == 1:
                self._first(shapes, slide)
            else:
                self._slide(shapes, slide)
                self._footer(shapes, number)

    def _layout(self, *, is_first: bool) -> "SlideLayout":
        """Return the layout for the title, or the layout with a title and the fewest other placeholders."""
        from pptx.enum.shapes import PP_PLACEHOLDER

        title = PP_PLACEHOLDER.CENTER_TITLE if is_first else PP_PLACEHOLDER.TITLE
        layouts = list(self._file.slide_layouts)
        kinds = [[shape.placeholder_format.type for shape in layout.placeholders] for layout in layouts]
        fitting = [(len(kind), index) for index, kind in enumerate(kinds) if title in kind]
        return layouts[min(fitting)[1] if fitting else 0]

    def _first(self, shapes: "SlideShapes", slide: Slide) -> None:
        lines = [self._words(block.line) for block in slide.blocks if isinstance(block, Paragraph)]
        title, *others = shapes.placeholders
        self._fill(title.text_frame, [slide.title], title.width.pt, title.height.pt, 40)
        for other in others:
            self._fill(other.text_frame, lines, other.width.pt, other.height.pt, 22)
            lines = []

    def _fill(self, frame: "TextFrame", texts: list[str], width: float, height: float, size: float) -> None:
        """Write texts, one a paragraph, and shorten them to the room of their shape."""
        most = max(1, int(height / (size * _LINE) / max(len(texts), 1)))
        frame.word_wrap = True
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._run(paragraph, fitted(text, width - _INSET, size, most), size, ink=_TITLE_INK)
            self._align(paragraph, (data(text),), centred=True)

    def _slide(self, shapes: "SlideShapes", slide: Slide) -> None:
        title = shapes.shapes.title
        room = self._room - _INSET
        if title is not None:
            _move(title, self._left, self._height * 0.04, self._room, self._height * (_TOP - 0.06))
            title.text_frame.word_wrap = True
            paragraph = title.text_frame.paragraphs[0]
            self._run(paragraph, fitted(slide.title, room, _TITLE, 2), _TITLE, strong=True, ink=_TITLE_INK)
            self._align(paragraph, (data(slide.title),))
        top, end = self._height * _TOP, self._height * (1 - _FOOT)
        for index, block in enumerate(slide.blocks):
            others = sum(_least(other) for other in slide.blocks[index + 1 :])
            top += self._block(shapes, block, top, end - top - others)

    def _block(self, shapes: "SlideShapes", block: Block, top: float, room: float) -> float:
        """Write a block into the room below ``top``. Return its height."""
        if isinstance(block, Chart):
            return self._chart(shapes, block, top, room)
        if isinstance(block, Table):
            return self._table(shapes, block, top, room)
        lines = block.items if isinstance(block, Bullets) else (block.line,) if isinstance(block, Paragraph) else ()
        return self._lines(shapes, lines, top, room, bullet="• " if isinstance(block, Bullets) else "")

    def _lines(self, shapes: "SlideShapes", lines: tuple[Line, ...], top: float, room: float, bullet: str) -> float:
        """Write paragraphs, in smaller letters if they need them."""
        width = self._room - _INSET
        texts = [bullet + self._words(line) for line in lines]
        for size in (_LARGE, _SMALL):
            most = max(1, min(_MOST_LINES, int((room / max(len(texts), 1) - _GAP) / (size * _LINE))))
            short = [fitted(text, width, size, most) for text in texts]
            height = sum(line_count(text, width, size) * size * _LINE + _GAP for text in short)
            if height <= room and short == texts:
                break
        box = shapes.shapes.add_textbox(*_points(self._left, top, self._room, height))
        box.text_frame.word_wrap = True
        for number, (text, line) in enumerate(zip(short, lines, strict=True)):
            paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
            paragraph.space_after = _points(_GAP)[0]
            self._run(paragraph, text, size)
            self._align(paragraph, line)
        return height

    def _chart(self, shapes: "SlideShapes", chart: Chart, top: float, room: float) -> float:
        drawn = svg(chart, font="Noto Sans", right_to_left=self._right_to_left, ground="#ffffff")
        picture = points_of(drawn, self._fonts)
        added = shapes.shapes.add_picture(BytesIO(picture), *_points(self._left, top))
        share = min(self._room / added.width.pt, (room - _LEGEND) / added.height.pt)
        width, height = float(added.width.pt * share), float(added.height.pt * share)
        _move(added, self._left + (self._room - width) / 2, top, width, height)
        added._element.nvPicPr.cNvPr.set("descr", visible(chart.text, keep=RIGHT_TO_LEFT_MARK))
        legend = "   ".join(f"{LOOKS[status.status].symbol} {status.text}" for status in chart.legend)
        return height + self._lines(shapes, ((Text(legend),),), top + height, room - height, bullet="")

    def _table(self, shapes: "SlideShapes", table: Table, top: float, room: float) -> float:
        """Write a table, with as many lines in a row as there is room for. Return its height."""
        weights = sum(column.weight for column in table.columns)
        widths = [self._room * column.weight / weights for column in table.columns]
        heading = Row(tuple(((Text(column.label),),) for column in table.columns))
        rows = (heading, *table.rows)
        sizes = [size for size in _TABLE_SIZES if room / len(rows) >= size * _LINE + _ROW_INSET]
        size = sizes[0] if sizes else _TABLE_SIZES[-1]
        most = max(1, min(_MOST_LINES, int((room / len(rows) - _ROW_INSET) / (size * _LINE))))
        frame = shapes.shapes.add_table(len(rows), len(widths), *_points(self._left, top, self._room, room))
        properties = frame._element.graphic.graphicData.tbl.tblPr
        properties.set("bandRow", "0")
        if self._right_to_left:
            properties.set("rtl", "1")
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = _points(width)[0]
        height = 0.0
        for number, row in enumerate(rows):
            cells = zip(row.cells, widths, strict=True)
            lines = [
                self._cell(frame.table.cell(number, index), cell, width - _INSET, size, most, is_heading=number == 0)
                for index, (cell, width) in enumerate(cells)
            ]
            row_height = max(lines) * size * _LINE + _ROW_INSET
            frame.table.rows[number].height = _points(row_height)[0]
            height += row_height
        return height

    def _cell(self, shape: Any, cell: Cell, width: float, size: float, most: int, *, is_heading: bool) -> int:
        """Write a cell. Return its lines."""
        from pptx.dml.color import RGBColor

        shape.margin_left = shape.margin_right = _points(_INSET / 2)[0]
        shape.margin_top = shape.margin_bottom = _points(_ROW_INSET / 2)[0]
        look = next((LOOKS[part.status] for line in cell for part in line if part.kind == "status"), None)
        words = " ".join(self._words(line) for line in cell)
        text = fitted(f"{look.symbol} {words}" if look else words, width, size, most)
        ground = look.ground.lstrip("#") if look else _GROUND if is_heading else "FFFFFF"
        ink = look.text.lstrip("#") if look else _TITLE_INK if is_heading else _INK
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(ground.upper())
        paragraph = shape.text_frame.paragraphs[0]
        self._run(paragraph, text, size, strong=is_heading or look is not None, ink=ink)
        self._align(paragraph, tuple(part for line in cell for part in line))
        return line_count(text, width, size)

    def _footer(self, shapes: "SlideShapes", number: int) -> None:
        name = " · ".join(part for part in (self._source.profile.short, self._source.plan.title, str(number)) if part)
        top = self._height * (1 - _FOOT)
        box = shapes.shapes.add_textbox(*_points(self._left, top, self._room, self._height * _FOOT))
        box.text_frame.word_wrap = True
        paragraph = box.text_frame.paragraphs[0]
        self._run(paragraph, fitted(name, self._room - _INSET, _NOTE, 1), _NOTE, ink="4A525B")
        self._align(paragraph, (data(name),))

    def _run(self, paragraph: "_Paragraph", text: str, size: float, *, strong: bool = False, ink: str = _INK) -> None:
        """Write a text without the characters that XML does not allow. A reference keeps its own colour of text."""
        from pptx.dml.color import RGBColor

        run = paragraph.add_run()
        words = visible(text, keep=LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
        run.text = words + end_mark(words, self._source.language.direction)
        run.font.size, run.font.bold = _points(size)[0], strong or None
        if not self._keeps_colours or ink not in (_INK, _TITLE_INK):
            run.font.color.rgb = RGBColor.from_string(ink.upper())

    def _words(self, line: Line) -> str:
        return shown_text(line, self._source.language.direction)

    def _align(self, paragraph: "_Paragraph", line: Line, *, centred: bool = False) -> None:
        """Set the direction of a paragraph, which is that of its line, and put it on the side of the language."""
        from pptx.enum.text import PP_ALIGN

        properties = paragraph._p.get_or_add_pPr()
        if line_direction(line, self._source.language.direction) == "rtl":
            properties.set("rtl", "1")
        start = PP_ALIGN.RIGHT if self._right_to_left else PP_ALIGN.LEFT
        paragraph.alignment = PP_ALIGN.CENTER if centred else start


def _least(block: Block) -> float:
    """Return the least height of a block that comes later on a slide."""
    if isinstance(block, (Paragraph, Bullets)):
        lines = len(block.items) if isinstance(block, Bullets) else 1
        return max(_LARGE * _LINE * 2, lines * (_SMALL * _LINE + _GAP))
    return 150.0


def _points(*lengths: float) -> list[Any]:
    from pptx.util import Pt

    return [Pt(length) for length in lengths]


def _move(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _points(left, top, width, height)
