"""The body of a document for Word as XML: python-docx needs a second for a table of 200 rows."""

from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from csg.documents.charts import points_of, svg
from csg.documents.content import (
    Block,
    Cell,
    Chart,
    Document,
    Inline,
    Line,
    Row,
    Table,
    Text,
    line_direction,
    own_marks,
)
from csg.documents.fonts import Fonts, family_names
from csg.documents.palette import LOOKS
from csg.documents.widths import column_widths
from csg.language import RIGHT_TO_LEFT_MARK, Language, end_mark, text_direction
from csg.problem import visible

if TYPE_CHECKING:
    from docx.document import Document as WordFile

TWIPS = 20
"""The unit of lengths in Word, a twentieth of a point."""
LONG_SIDE, SHORT_SIDE, MARGIN = 841.9, 595.3, 45.4
"""The sides of A4 and the margins, in points."""
CELL_STYLE = "CsgCell"
"""The style of the text in tables, which csg adds."""
_RULE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="B9C2CC"/>'
_NO_RULE = '<w:{} w:val="nil"/>'
_TABLE_BORDERS = "".join(
    (_RULE if side in ("top", "bottom", "insideH") else _NO_RULE).format(side)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_AFTER_TABLE = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)
"""The paragraph that Word requires between tables, as low as a gap."""


def text_width(document: Document) -> float:
    """Return the width of the text of a page in points."""
    return (LONG_SIDE if document.landscape else SHORT_SIDE) - 2 * MARGIN


class BodyWriter:
    """The document that is being written, and the file of Word that it goes into."""

    def __init__(self, document: Document, file: "WordFile", fonts: Fonts) -> None:
        self.document, self.file, self.fonts = document, file, fonts
        self.width = text_width(document)
        self._links: dict[str, str] = {}

    def link(self, url: str) -> str:
        """Return the id of a link's target in the file."""
        if url not in self._links:
            from docx.opc.constants import RELATIONSHIP_TYPE

            self._links[url] = self.file.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links[url]

    # Lines

    def paragraph(self, parts: Line, style: str, properties: str = "", *, keep: bool = False) -> str:
        """Return a line as a paragraph. ``properties`` is its alignment as XML. With ``keep``, it
        stays with the next one."""
        direction = line_direction(parts, self.document.direction)
        bidi = "<w:bidi/>" if direction == "rtl" else ""
        if direction != self.document.direction and not properties:
            properties = '<w:jc w:val="end"/>'  # the side of the document
        runs = "".join(self.run(part) for part in parts)
        first = f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
        return f"<w:p><w:pPr>{first}{bidi}{properties}</w:pPr>{runs}</w:p>"

    def run(self, part: Inline) -> str:
        """Return a part of a line as a run."""
        if part.kind == "status":
            look = LOOKS[part.status]
            properties = (
                f'<w:b/><w:bCs/><w:color w:val="{look.text[1:]}"/>'
                f'<w:shd w:val="clear" w:color="auto" w:fill="{look.ground[1:]}"/>'
            )
            return self._run(
                f"\N{NO-BREAK SPACE}{look.symbol}\N{NO-BREAK SPACE}{part.text}\N{NO-BREAK SPACE}".replace(
                    " ", "\N{NO-BREAK SPACE}"
                ),
                properties,
            )
        if part.kind == "link":
            inner = self._run(part.text, '<w:rStyle w:val="Hyperlink"/>')
            return f'<w:hyperlink r:id="{self.link(part.url)}">{inner}</w:hyperlink>'
        if part.kind == "page":
            return self._run(part.text, "", data=True)
        properties = "<w:b/><w:bCs/>" if part.strong else ""
        properties += "<w:i/><w:iCs/>" if part.emphasis else ""
        properties += '<w:color w:val="4A525B"/>' if part.muted else ""
        return self._run(part.text, properties, data=part.data, keep=own_marks(part))

    def _run(self, text: str, properties: str, *, data: bool = False, keep: str = "") -> str:
        language = self.document.data_language if data else self.document.language
        mark = ""
        if text_direction(text) == "rtl":
            mark = f'<w:rtl/><w:lang w:bidi="{language if _is_right_to_left(language) else "ar"}"/>'
        elif language != self.document.language:
            mark = f'<w:lang w:val="{escape(language)}"/>'
        words = escape(visible(text, keep=keep))
        if data:
            words += end_mark(text, self.document.direction)
        return f'<w:r><w:rPr>{properties}{mark}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'

    # Blocks

    def block(self, block: Block) -> str:
        """Return a block as XML."""
        if block.kind == "heading":
            return self.paragraph(block.line, f"Heading{block.level - 1}")
        if block.kind == "paragraph":
            return self.paragraph(block.line, "Normal")
        if block.kind == "quote":
            return self.paragraph(block.line, "Quote")
        if block.kind == "code":
            run = self._run(block.text, '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>')
            return f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>{run}</w:p>'
        if block.kind == "bullets":
            style = "ListNumber" if block.numbered else "ListBullet"
            return "".join(self.paragraph(item, style) for item in block.items)
        if block.kind == "table":
            return self.table(block)
        if block.kind == "chart":
            return self.chart(block)
        return "".join(self.block(inner) for inner in block.blocks)

    def table(self, block: Table) -> str:
        """Return a table: its heading row repeats on each page, and no row breaks."""
        widths = [round(points * TWIPS) for points in column_widths(block, self.width)]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        heads = tuple(((_strong(column.label),),) for column in block.columns)
        rows = [self._row(block, Row(heads), widths, fill="E4ECF4", repeats=True)]
        rows += [self._row(block, row, widths, fill="EDF3F8" if row.heading else "") for row in block.rows]
        inset = 10 if self.document.one_page else 50
        visual = "<w:bidiVisual/>" if self.document.direction == "rtl" else ""
        properties = (
            f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblBorders>{_TABLE_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar><w:top w:w="{inset}" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
            f'<w:bottom w:w="{inset}" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val={_quoted(block.title)}/></w:tblPr>'
        )
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_AFTER_TABLE}"

    def _row(self, block: Table, row: Row, widths: list[int], *, fill: str = "", repeats: bool = False) -> str:
        header = "<w:tblHeader/>" if repeats else ""
        cells = []
        for index, cell in enumerate(row.cells):
            spans = len(widths) - 1 if row.heading and index == 1 else 1
            ending = "end" if block.columns[index].content == "number" else ""
            cells.append(self._cell(cell, sum(widths[index : index + spans]), spans, fill, ending, strong=row.heading))
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, width: int, spans: int, fill: str, ending: str, *, strong: bool) -> str:
        span = f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        align = f'<w:jc w:val="{ending}"/>' if ending else ""
        lines = [
            tuple(part._replace(strong=True) if part.kind == "text" and strong else part for part in line)
            for line in cell
        ]
        paragraphs = "".join(self.paragraph(line, CELL_STYLE, align, keep=strong) for line in lines or [()])
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{paragraphs}</w:tc>'

    def chart(self, chart: Chart) -> str:
        """Return a chart as a picture with its text, and the legend."""
        from docx.shared import Pt

        picture = png(chart, self.fonts, self.document)
        inline = self.file.part.new_pic_inline(BytesIO(picture), width=Pt(self.width))
        inline.docPr.set("descr", visible(chart.text, keep=RIGHT_TO_LEFT_MARK))
        inline.docPr.set("name", xml_text(chart.name))
        from lxml import etree

        drawing = etree.tostring(inline, encoding="unicode")
        legend = ""
        if chart.legend:
            parts: list[Inline] = []
            for status in chart.legend:
                parts += [status, _strong("  ")]
            legend = self.paragraph(tuple(parts), "Normal")
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>{legend}'
        )


def png(chart: Chart, fonts: Fonts, document: Document) -> bytes:
    """Return a chart as a picture of pixels, which every version of Word shows."""
    families = family_names(document.language)
    picture = svg(chart, font=", ".join(families), right_to_left=document.direction == "rtl")
    changed, _ = fonts.with_codes(picture)
    return points_of(changed, fonts)


def _strong(text: str) -> Text:

    return Text(text, strong=True)


def _quoted(text: str) -> str:

    return quoteattr(xml_text(text)[:255])


def _is_right_to_left(language: str) -> bool:
    return Language(language).direction == "rtl"


def xml_text(text: str) -> str:
    """Return a text without characters that XML does not allow; they are written as their escapes."""
    return visible(text, keep="")
