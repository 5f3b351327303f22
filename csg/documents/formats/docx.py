"""Documents for Word, with real styles, by python-docx. Word, LibreOffice and Google Docs can open and edit them.

python-docx makes the package, the styles, the properties, pictures and links. ``docx_body`` writes the text.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from csg.documents.content import Document, plain_text
from csg.documents.fonts import Fonts
from csg.documents.formats.docx_body import (
    CELL_STYLE,
    LONG_SIDE,
    MARGIN,
    SHORT_SIDE,
    TWIPS,
    BodyWriter,
    text_width,
    xml_text,
)
from csg.language import Language, text_direction
from csg.problem import Problem, Refused

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import BaseStyle

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HALF_POINTS = 19
"""The size of the text of tables: 9.5 points."""
_FOOTER_SIZE = '<w:sz w:val="17"/><w:szCs w:val="17"/>'
_ONE_PAGE = 0.8
"""The scale of the text of a document that must fit on one page."""
_FIXED_DATE = datetime(2000, 1, 1)
"""The date in the properties, so that the same data makes the same bytes."""
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
        _set_looks(file, _ONE_PAGE if document.one_page else 1)
    _set_up(document, file)
    writer = BodyWriter(document, file, fonts)
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


def _opened(reference: bytes | None) -> "WordFile":
    """Return a new Word file, with the styles of the reference if there is one."""
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    if reference is None:
        return docx.Document()
    hint = "Save it in Word as a .docx document, or remove it."
    refused = Refused(Problem("CSG606", "this is not a Word document", REFERENCE, hint=hint))
    broken = (BadZipFile, PackageNotFoundError, LxmlError, ZlibError)
    try:
        file = docx.Document(BytesIO(reference))
        complete = bool(file.sections) and "Normal" in file.styles
    except (*broken, KeyError, ValueError, OSError, RuntimeError, AttributeError) as error:
        raise refused from error
    if not complete:
        raise refused
    return file


REFERENCE = "templates/reference.docx"
"""The Word file of the group with the styles of documents."""


def _set_up(document: Document, file: "WordFile") -> None:
    """Set the properties, the page, the styles, and the header and footer."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    properties = file.core_properties
    properties.title = xml_text(plain_text(document.title))[:255]
    properties.subject = xml_text(plain_text(document.subtitle))[:255]
    properties.author = xml_text(document.footer)[:255]
    properties.language = document.language
    properties.comments = ""
    properties.created = properties.modified = _FIXED_DATE
    section = file.sections[0]
    long, short = Pt(LONG_SIDE), Pt(SHORT_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(MARGIN)
    _set_styles(document, file)
    if document.one_page:
        for name in ("List Bullet", "List Number", CELL_STYLE):
            file.styles[name].paragraph_format.space_after = Pt(0)
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
        cell = styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = styles["Normal"]
        cell.paragraph_format.space_before, cell.paragraph_format.space_after = Pt(0), Pt(3)
        half_points = round(_HALF_POINTS * _ONE_PAGE) if document.one_page else _HALF_POINTS
        cell.font.size = Pt(half_points / 2)
        _set_joined_size(cell, half_points)
    defaults = styles.element.find(f".//{_tag('rPrDefault')}/{_tag('rPr')}")
    if defaults is not None:
        for old in defaults.findall(_tag("lang")):
            defaults.remove(old)
        bidi = document.language if document.direction == "rtl" else "ar"
        defaults.append(
            parse_xml(f'<w:lang {_NAMESPACES} w:val="{document.language}" w:eastAsia="zh-CN" w:bidi="{bidi}"/>')
        )


def _set_looks(file: "WordFile", scale: float) -> None:
    """Set the fonts, sizes and colours of csg's documents. The reference of a group keeps its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10.5}
    for name, size in sizes.items():
        style = file.styles[name]
        half_points = round(2 * size * scale)
        style.font.name, style.font.size = "Arial", Pt(half_points / 2)
        _set_joined_size(style, half_points)
        fonts = style.element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:cs"), "Arial")
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x12, 0x3A, 0x5C) if name != "Subtitle" else RGBColor(0x4A, 0x52, 0x5B)
            style.font.italic = False
    file.styles["Normal"].paragraph_format.space_after = Pt(6 * scale)
    file.styles["Title"].paragraph_format.space_after = Pt(6)
    for name, before in {"Heading 1": 14, "Heading 2": 10}.items():
        file.styles[name].paragraph_format.space_before = Pt(before * scale)
        file.styles[name].paragraph_format.space_after = Pt(4)
    for spacing in file.styles["Subtitle"].element.rPr.findall(_tag("spacing")):
        file.styles["Subtitle"].element.rPr.remove(spacing)  # no space between letters
    borders = file.styles["Title"].element.find(f".//{_tag('pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _set_joined_size(style: "BaseStyle", half_points: int) -> None:
    """Set the size of the scripts whose letters join, such as Arabic, for which Word has a size of its own."""
    from docx.oxml.parser import parse_xml

    properties = style.element.get_or_add_rPr()
    for old in properties.findall(_tag("szCs")):
        properties.remove(old)
    size = parse_xml(f'<w:szCs {_NAMESPACES} w:val="{half_points}"/>')
    properties.find(_tag("sz")).addnext(size)


def _set_footer(document: Document, file: "WordFile") -> None:
    """Write the footer: the document's footer text, and the number of the page."""
    from docx.oxml.parser import parse_xml

    _ = Language(document.language).gettext
    footer = file.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    before, after = _("Page {page} of {pages}").split("{page}", 1)
    between, end = after.split("{pages}", 1)
    width = round(text_width(document) * TWIPS)
    bidi = "<w:bidi/>" if document.direction == "rtl" else ""
    words = [f"{document.footer}", before, between, end]
    texts = [
        f"<w:r><w:rPr>{_FOOTER_SIZE}{'<w:rtl/>' if text_direction(text) == 'rtl' else ''}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(xml_text(text))}</w:t></w:r>'
        for text in words
    ]
    new = parse_xml(
        f'<w:p {_NAMESPACES}><w:pPr><w:tabs><w:tab w:val="end" w:pos="{width}"/></w:tabs>{bidi}</w:pPr>{texts[0]}'
        f"<w:r><w:tab/></w:r>{texts[1]}{_field('PAGE')}{texts[2]}{_field('NUMPAGES')}{texts[3]}</w:p>"
    )
    paragraph._p.getparent().replace(paragraph._p, new)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:rPr>{_FOOTER_SIZE}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>'


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
