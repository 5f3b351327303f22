"""Slides as a presentation (PPTX), by python-pptx. Long texts are shortened, so that no slide overflows.

A group's own ``templates/reference.pptx`` gives the size, the layouts, the fonts and the colours.
"""

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
from csg.documents.formats.slide_file import layout_of, opened, set_properties
from csg.documents.formats.slide_sizes import (
    INSET,
    LARGE,
    LINE,
    MOST_LINES,
    NOTE,
    ROW_INSET,
    SMALL,
    TITLE,
    table_size,
)
from csg.documents.pages.slides import Slide
from csg.documents.palette import LOOKS, Look
from csg.documents.source import Source
from csg.language import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, end_mark
from csg.problem import visible

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as SlideShapes
    from pptx.text.text import _Paragraph

_EDGE, _TOP, _FOOT = 0.05, 0.2, 0.08
"""The shares of a slide that stay free at the sides, for the title, and for the footer."""
_BOLD = 1.15
"""The width of bold letters, as a multiple of the width of others."""
_LEGEND = 3 * LARGE
"""The room for the legend of a chart."""
_USUAL_WIDTH, _USUAL_HEIGHT = 720, 540
"""The size of a slide for which the sizes of text are chosen, in points. On another slide they are in proportion."""
_INK, _TITLE_INK, _GROUND = "1A1A1A", "123A5C", "E4ECF4"


def presentation(source: Source, slides: list[Slide], fonts: Fonts, reference: bytes | None) -> bytes:
    """Return slides as a presentation. Raise Refused if the reference is not a presentation."""
    file = opened(reference)
    name = source.profile.short or source.profile.group or ""
    set_properties(file, source.plan.title, name, source.language.code)
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
        self._scale = min(self._width / _USUAL_WIDTH, self._height / _USUAL_HEIGHT)
        self._left = self._width * _EDGE
        self._room = self._width - 2 * self._left

    def write(self, slides: list[Slide]) -> None:
        """Add each slide; the first has the layout of a title."""
        for number, slide in enumerate(slides, 1):
            shapes = self._file.slides.add_slide(layout_of(self._file, is_first=number == 1))
            if number == 1:
                self._first(shapes, slide)
            else:
                self._slide(shapes, slide)
                self._footer(shapes, number)

    def _first(self, shapes: "SlideShapes", slide: Slide) -> None:
        """Write the title and the lines below it, into text boxes where the layout has no room for them."""
        lines = [self._words(block.line) for block in slide.blocks if isinstance(block, Paragraph)]
        title = shapes.shapes.title
        others = [shape for shape in shapes.placeholders if shape != title and _has_room(shape)]
        if title is None or not _has_room(title):
            title = self._box(shapes, self._height * 0.3, self._height * 0.25)
        below = others[0] if others else self._box(shapes, self._height * 0.58, self._height * 0.25)
        self._fill(title, [slide.title], 40)
        self._fill(below, lines, 22)
        for empty in others[1:]:
            empty._element.getparent().remove(empty._element)

    def _box(self, shapes: "SlideShapes", top: float, height: float) -> Any:
        box = shapes.shapes.add_textbox(*_points(self._left, top, self._room, height))
        box.text_frame.word_wrap = True
        return box

    def _fill(self, shape: Any, texts: list[str], usual_size: float) -> None:
        """Write texts, one a paragraph, and shorten them to the room of their shape."""
        size = usual_size * self._scale
        most = max(1, int(shape.height.pt / (size * LINE) / max(len(texts), 1)))
        shape.text_frame.word_wrap = True
        for number, text in enumerate(texts):
            paragraph = shape.text_frame.paragraphs[0] if number == 0 else shape.text_frame.add_paragraph()
            self._run(paragraph, fitted(text, shape.width.pt - INSET, size, most), size, ink=_TITLE_INK)
            self._align(paragraph, (data(text),), centred=True)

    def _slide(self, shapes: "SlideShapes", slide: Slide) -> None:
        top, height, size = self._height * 0.04, self._height * (_TOP - 0.06), TITLE * self._scale
        title = shapes.shapes.title
        if title is None:
            title = self._box(shapes, top, height)
        _move(title, self._left, top, self._room, height)
        title.text_frame.word_wrap = True
        paragraph = title.text_frame.paragraphs[0]
        words = fitted(slide.title, (self._room - INSET) / _BOLD, size, 2)
        self._run(paragraph, words, size, strong=True, ink=_TITLE_INK)
        self._align(paragraph, (data(slide.title),))
        top, end = self._height * _TOP, self._height * (1 - _FOOT)
        for index, block in enumerate(slide.blocks):
            others = sum(_least(other) for other in slide.blocks[index + 1 :]) * self._scale
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
        width = self._room - INSET
        texts = [bullet + self._words(line) for line in lines]
        gap, height = 6 * self._scale, 0.0
        for size in (LARGE * self._scale, SMALL * self._scale):
            most = max(1, min(MOST_LINES, int((room / max(len(texts), 1) - gap) / (size * LINE))))
            short = [fitted(text, width, size, most) for text in texts]
            height = sum(line_count(text, width, size) * size * LINE + gap for text in short)
            if height <= room and short == texts:
                break
        box = self._box(shapes, top, height)
        for number, (text, line) in enumerate(zip(short, lines, strict=True)):
            paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
            paragraph.space_after = _points(gap)[0]
            self._run(paragraph, text, size)
            self._align(paragraph, line)
        return height

    def _chart(self, shapes: "SlideShapes", chart: Chart, top: float, room: float) -> float:
        drawn = svg(chart, font="Noto Sans", right_to_left=self._right_to_left, ground="#ffffff")
        picture = points_of(drawn, self._fonts)
        added = shapes.shapes.add_picture(BytesIO(picture), *_points(self._left, top))
        share = min(self._room / added.width.pt, (room - _LEGEND * self._scale) / added.height.pt)
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
        inset = ROW_INSET * self._scale
        measured = [
            [(self._cell_text(cell), _cell_room(cell, width, is_heading=number == 0)) for cell, width in pairs]
            for number, pairs in enumerate(zip(row.cells, widths, strict=True) for row in rows)
        ]
        size, most = table_size(measured, room, self._scale)
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
                self._cell(frame.table.cell(number, index), cell, width, size, most, is_heading=number == 0)
                for index, (cell, width) in enumerate(cells)
            ]
            row_height = max(lines) * size * LINE + inset
            frame.table.rows[number].height = _points(row_height)[0]
            height += row_height
        return height

    def _cell_text(self, cell: Cell) -> str:
        """Return the text of a cell, which begins with the symbol of its status."""
        look = _look(cell)
        words = " ".join(self._words(line) for line in cell)
        return f"{look.symbol} {words}" if look else words

    def _cell(self, shape: Any, cell: Cell, width: float, size: float, most: int, *, is_heading: bool) -> int:
        """Write a cell. Return its lines."""
        from pptx.dml.color import RGBColor

        shape.margin_left = shape.margin_right = _points(INSET / 2)[0]
        shape.margin_top = shape.margin_bottom = _points(ROW_INSET * self._scale / 2)[0]
        look, room = _look(cell), _cell_room(cell, width, is_heading=is_heading)
        text = fitted(self._cell_text(cell), room, size, most)
        ground = look.ground.lstrip("#") if look else _GROUND if is_heading else "FFFFFF"
        ink = look.text.lstrip("#") if look else _TITLE_INK if is_heading else _INK
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(ground.upper())
        paragraph = shape.text_frame.paragraphs[0]
        self._run(paragraph, text, size, strong=is_heading or look is not None, ink=ink, on_own_ground=True)
        self._align(paragraph, tuple(part for line in cell for part in line))
        return line_count(text, room, size)

    def _footer(self, shapes: "SlideShapes", number: int) -> None:
        name = " · ".join(part for part in (self._source.profile.short, self._source.plan.title, str(number)) if part)
        size = NOTE * self._scale
        box = self._box(shapes, self._height * (1 - _FOOT), self._height * _FOOT)
        paragraph = box.text_frame.paragraphs[0]
        self._run(paragraph, fitted(name, self._room - INSET, size, 1), size, ink="4A525B")
        self._align(paragraph, (data(name),))

    def _run(
        self,
        paragraph: "_Paragraph",
        text: str,
        size: float,
        *,
        strong: bool = False,
        ink: str = _INK,
        on_own_ground: bool = False,
    ) -> None:
        """Write a text without the characters that XML does not allow.

        A reference keeps its own colour of text, but not on a ground that csg has coloured.
        """
        from pptx.dml.color import RGBColor

        run = paragraph.add_run()
        words = visible(text, keep=LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
        run.text = words + end_mark(words, self._source.language.direction)
        run.font.size, run.font.bold = _points(size)[0], strong or None
        if on_own_ground or not self._keeps_colours or ink not in (_INK, _TITLE_INK):
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


def _look(cell: Cell) -> Look | None:
    """Return the look of the status in a cell, if it has one."""
    return next((LOOKS[part.status] for line in cell for part in line if part.kind == "status"), None)


def _cell_room(cell: Cell, width: float, *, is_heading: bool) -> float:
    """Return the width of the text in a cell: bold letters count for more."""
    room = width - INSET
    return room / _BOLD if is_heading or _look(cell) else room


def _has_room(shape: Any) -> bool:
    """Return whether a placeholder can hold text, and its size is known."""
    return bool(shape.has_text_frame and shape.width and shape.height)


def _least(block: Block) -> float:
    """Return the least height of a block that comes later on a slide."""
    return LARGE * LINE * 2 if isinstance(block, (Paragraph, Bullets)) else 150.0


def _points(*lengths: float) -> list[Any]:
    from pptx.util import Pt

    return [Pt(length) for length in lengths]


def _move(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _points(left, top, width, height)
