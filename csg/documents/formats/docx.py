"""Documents for Word, with real styles, by python-docx. Word, LibreOffice and Google Docs can open and edit them.

This module writes the body as XML, because python-docx needs a second for a table of 200 rows. python-docx makes the
package, the styles, the properties, pictures and links.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from csg.documents.charts import points_of, svg
from csg.documents.content import Block, Cell, Chart, Document, Inline, Line, Row, Table, plain_text
from csg.documents.fonts import Fonts, family_names
from csg.documents.palette import LOOKS
from csg.documents.widths import column_widths
from csg.language import Language, text_direction
from csg.problem import Problem, Refused, visible

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TWIPS = 20
"""The unit of lengths in Word, a twentieth of a point."""
_LONG_SIDE, _SHORT_SIDE, _MARGIN = 841.9, 595.3, 45.4
"""The sides of A4 and the margins, in points."""
_HALF_POINTS = 19
"""The size of the text of tables: 9.5 points."""
_FIXED_DATE = datetime(2000, 1, 1)
"""The date in the properties, so that the same data makes the same bytes."""
_EMU = 12700
"""English Metric Units of a point."""
_RULE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="B9C2CC"/>'
_TABLE_BORDERS = "".join(map(_RULE.format, ("top", "bottom", "insideH")))


class _Writer:
    """The document that is being written, and the file of Word that it goes into."""

    def __init__(self, document: Document, file: "WordFile", fonts: Fonts) -> None:
        self.document, self.file, self.fonts = document, file, fonts
        self.width = (_LONG_SIDE if document.landscape else _SHORT_SIDE) - 2 * _MARGIN
        self._links: dict[str, str] = {}

    def link(self, url: str) -> str:
        """Return the id of a link's target in the file."""
        if url not in self._links:
            from docx.opc.constants import RELATIONSHIP_TYPE

            self._links[url] = self.file.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links[url]

    # Lines

    def paragraph(self, parts: Line, style: str, properties: str = "") -> str:
        """Return a line as a paragraph. ``properties`` are more of the paragraph's, as XML."""
        right_to_left = self._direction(parts) == "rtl"
        bidi = "<w:bidi/>" if right_to_left else ""
        runs = "".join(self.run(part) for part in parts)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}{bidi}</w:pPr>{runs}</w:p>'

    def _direction(self, parts: Line) -> str:
        """Return the direction of a line: the document's, unless the whole line is a text from the data."""
        only_data = all(part.kind != "text" or part.data for part in parts)
        text = plain_text(parts)
        return text_direction(text) if only_data and any(map(str.isalpha, text)) else self.document.direction

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
        return self._run(part.text, properties, data=part.data)

    def _run(self, text: str, properties: str, *, data: bool = False) -> str:
        language = self.document.data_language if data else self.document.language
        mark = ""
        if text_direction(text) == "rtl":
            mark = f'<w:rtl/><w:lang w:bidi="{language if _is_right_to_left(language) else "ar"}"/>'
        elif language != self.document.language:
            mark = f'<w:lang w:val="{escape(language)}"/>'
        words = escape(_xml_text(text))
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
        widths = [round(points * _TWIPS) for points in column_widths(block, self.width)]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        heads = tuple(((_strong(column.label),),) for column in block.columns)
        rows = [self._row(block, Row(heads), widths, fill="E4ECF4", repeats=True)]
        rows += [self._row(block, row, widths, fill="EDF3F8" if row.heading else "") for row in block.rows]
        visual = "<w:bidiVisual/>" if self.document.direction == "rtl" else ""
        properties = (
            f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblBorders>{_TABLE_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
            '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val={_quoted(block.title)}/></w:tblPr>'
        )
        after = '<w:p><w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr></w:p>'
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{after}"

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
        paragraphs = "".join(self.paragraph(line, _CELL_STYLE, align) for line in lines or [()])
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{paragraphs}</w:tc>'

    def chart(self, chart: Chart) -> str:
        """Return a chart as a picture with its text, and the legend."""
        from docx.shared import Pt

        picture = png(chart, self.fonts, self.document)
        inline = self.file.part.new_pic_inline(BytesIO(picture), width=Pt(self.width))
        inline.docPr.set("descr", _xml_text(chart.text))
        inline.docPr.set("name", _xml_text(chart.name))
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


_STYLES = {
    "Title": "PARAGRAPH",
    "Subtitle": "PARAGRAPH",
    "Heading 1": "PARAGRAPH",
    "Heading 2": "PARAGRAPH",
    "List Bullet": "PARAGRAPH",
    "List Number": "PARAGRAPH",
    "Quote": "PARAGRAPH",
    "Table Grid": "TABLE",
    "Hyperlink": "CHARACTER",
}
"""The styles that documents use. csg adds the missing styles to a reference."""
_CELL_STYLE = "CsgCell"
"""The style of the text in tables, which csg adds."""


def docx(document: Document, fonts: Fonts, reference: bytes | None) -> bytes:
    """Return a document for Word. ``reference`` is a Word file of the group, whose styles it uses.

    Raise Refused if the reference is not a Word file.
    """
    from docx.oxml.parser import parse_xml

    file = _opened(reference)
    body = file.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    if reference is None:
        _set_looks(file)
    _set_up(document, file)
    writer = _Writer(document, file, fonts)
    content = [writer.paragraph(document.title, "Title")]
    if document.subtitle:
        content.append(writer.paragraph(document.subtitle, "Subtitle"))
    content += [writer.block(block) for block in document.blocks]
    parsed = parse_xml(f"<w:body {_NAMESPACES}>{''.join(content)}</w:body>")
    for element in list(parsed):
        body.insert(len(body) - 1, element)
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue()


def png(chart: Chart, fonts: Fonts, document: Document) -> bytes:
    """Return a chart as a picture of pixels, which every version of Word shows."""
    families = family_names(document.language)
    picture = svg(chart, font=", ".join(families), right_to_left=document.direction == "rtl")
    changed, _ = fonts.with_codes(picture)
    return points_of(changed, fonts)


def _opened(reference: bytes | None) -> "WordFile":
    """Return a new Word file, with the styles of the reference if there is one."""
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if reference is None:
        return docx.Document()
    try:
        return docx.Document(BytesIO(reference))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError) as error:
        hint = "Save it in Word as a .docx document, or remove it."
        raise Refused(Problem("CSG606", "this is not a Word document", REFERENCE, hint=hint)) from error


REFERENCE = "templates/reference.docx"
"""The Word file of the group with the styles of documents."""


def _set_up(document: Document, file: "WordFile") -> None:
    """Set the properties, the page, the styles, and the header and footer."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    properties = file.core_properties
    properties.title = _xml_text(plain_text(document.title))[:255]
    properties.subject = _xml_text(plain_text(document.subtitle))[:255]
    properties.author = _xml_text(document.footer)[:255]
    properties.language = document.language
    properties.comments = ""
    properties.created = properties.modified = _FIXED_DATE
    section = file.sections[0]
    long, short = Pt(_LONG_SIDE), Pt(_SHORT_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(_MARGIN)
    _set_styles(document, file)
    _set_footer(document, file)


def _set_styles(document: Document, file: "WordFile") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.parser import parse_xml
    from docx.shared import Pt, RGBColor

    styles = file.styles
    present = {style.style_id for style in styles}
    ours = "CsgCell" not in present
    for name, kind in _STYLES.items():
        if name.replace(" ", "") not in present and name not in (style.name for style in styles):
            style = styles.add_style(name, WD_STYLE_TYPE[kind], builtin=True)
            if name == "Hyperlink":
                style.font.color.rgb, style.font.underline = RGBColor(0x0B, 0x53, 0x94), True
    if ours:
        cell = styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = styles["Normal"]
        cell.paragraph_format.space_before, cell.paragraph_format.space_after = Pt(0), Pt(3)
        cell.font.size = Pt(_HALF_POINTS / 2)
        cell.element.get_or_add_rPr().append(parse_xml(f'<w:szCs {_NAMESPACES} w:val="{_HALF_POINTS}"/>'))
    defaults = styles.element.find(f".//{_tag('rPrDefault')}/{_tag('rPr')}")
    if defaults is not None:
        for old in defaults.findall(_tag("lang")):
            defaults.remove(old)
        bidi = document.language if document.direction == "rtl" else "ar"
        defaults.append(
            parse_xml(f'<w:lang {_NAMESPACES} w:val="{document.language}" w:eastAsia="zh-CN" w:bidi="{bidi}"/>')
        )


def _set_looks(file: "WordFile") -> None:
    """Set the fonts and colours of csg's documents. The reference of a group keeps its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10.5}
    for name, size in sizes.items():
        style = file.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:cs"), "Arial")
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x12, 0x3A, 0x5C) if name != "Subtitle" else RGBColor(0x4A, 0x52, 0x5B)
            style.font.italic = False
    file.styles["Normal"].paragraph_format.space_after = Pt(6)
    borders = file.styles["Title"].element.find(f".//{_tag('pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _set_footer(document: Document, file: "WordFile") -> None:
    """Write the footer: the document's footer text, and the number of the page."""
    from docx.oxml.parser import parse_xml

    _ = Language(document.language).gettext
    footer = file.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    before, after = _("Page {page} of {pages}").split("{page}", 1)
    between, end = after.split("{pages}", 1)
    width = round(((_LONG_SIDE if document.landscape else _SHORT_SIDE) - 2 * _MARGIN) * _TWIPS)
    bidi = "<w:bidi/>" if document.direction == "rtl" else ""
    words = [f"{document.footer}", before, between, end]
    texts = [
        f'<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{escape(_xml_text(text))}</w:t></w:r>'
        for text in words
    ]
    new = parse_xml(
        f'<w:p {_NAMESPACES}><w:pPr><w:tabs><w:tab w:val="end" w:pos="{width}"/></w:tabs>{bidi}</w:pPr>{texts[0]}'
        f"<w:r><w:tab/></w:r>{texts[1]}{_field('PAGE')}{texts[2]}{_field('NUMPAGES')}{texts[3]}</w:p>"
    )
    paragraph._p.getparent().replace(paragraph._p, new)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _strong(text: str) -> Any:
    from csg.documents.content import Text

    return Text(text, strong=True)


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_xml_text(text)[:255])


def _xml_text(text: str) -> str:
    """Return a text without characters that XML does not allow; they are written as their escapes."""
    return visible(text, keep="")


def _is_right_to_left(language: str) -> bool:
    return Language(language).direction == "rtl"
