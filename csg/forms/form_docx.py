"""The form as a Word document: a two-column table for each activity, with the codes in sight and nothing protected.

It is written as XML with fixed dates, so the same request makes the same bytes. A status is chosen from a list whose
values are its words; every other answer is a plain cell, which all programs and telephones keep.
"""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from csg.forms.own_words import ANSWER_BY, PUBLIC, RIGHT_COLUMN, THANKS
from csg.forms.questions import END, STATUS_ASKED, Question, status_choices
from csg.forms.request import AskedActivity, Form
from csg.language import RIGHT_TO_LEFT_MARK, end_mark, text_direction
from csg.problem import visible

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_WIDTHS = (3000, 6600)
"""The widths of the two columns, in twentieths of a point."""
_LONG = frozenset({"summary", "needs", "next_steps"})
"""The questions that are answered with a text."""
_LEAST_HEIGHT = 1000
"""The least height of a row for a text, in twentieths of a point: three lines."""
_PARTS = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    ),
    "word/_rels/document.xml.rels": (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
}


def docx_form(form: Form) -> bytes:
    """Return a form as a Word document."""
    parts = {
        **_PARTS,
        "word/document.xml": _document(form),
        "word/styles.xml": _styles(form),
        "docProps/core.xml": _properties(form),
    }
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, _FIRST_DATE), text.encode("utf-8"), ZIP_DEFLATED)
    return content.getvalue()


def _document(form: Form) -> str:
    _ = form.language.gettext
    body = [_paragraph(form, form.title, "Title"), _paragraph(form, form.lead_name, "Subtitle")]
    if form.due:
        body.append(_paragraph(form, _(ANSWER_BY, date=form.language.date(form.due))))
    body += [
        _paragraph(form, _(RIGHT_COLUMN)),
        _paragraph(form, form.needed_words),
        _paragraph(form, form.status_words),
        _paragraph(form, form.status_meanings),
        _paragraph(form, _(PUBLIC)),
        _code(form, form.tag),
    ]
    for asked in form.activities:
        body += _activity(form, asked)
    body.append(_code(form, END))
    body.append(_paragraph(form, _(THANKS)))  # a table at the very end can collapse
    size = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="1100" w:bottom="1000" w:left="1100"'
    )
    end = f'{size} w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>'
    return f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{end}</w:body></w:document>'


def _activity(form: Form, asked: AskedActivity) -> list[str]:
    title = f"[{asked.activity.id}] {asked.activity.title}"
    lines = [_paragraph(form, title, "Heading1", of_data=True)]
    lines += [_paragraph(form, text, "Known", of_data=True) for text in asked.notes(form.language)]
    rows = "".join(_row(form, question) for question in asked.questions)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    visual = "<w:bidiVisual/>" if form.language.direction == "rtl" else ""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A94A0"/>' for side in sides)
    table = (
        f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )
    return [*lines, table, _paragraph(form, "")]


def _row(form: Form, question: Question) -> str:
    left = _paragraph(form, question.label, "Question") + _code(form, str(question.code))
    answer = _status(form) if question.code.field == "status" else _paragraph(form, "")
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTHS[0]}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="EDF3F8"/>'
        f'</w:tcPr>{left}</w:tc><w:tc><w:tcPr><w:tcW w:w="{_WIDTHS[1]}" w:type="dxa"/></w:tcPr>{answer}</w:tc>'
    )
    least = f'<w:trHeight w:val="{_LEAST_HEIGHT}" w:hRule="atLeast"/>' if question.code.field in _LONG else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{least}</w:trPr>{cells}</w:tr>"


def _status(form: Form) -> str:
    """Return the cell of a status: a list to choose from. Its placeholder is no answer."""
    items = "".join(
        f"<w:listItem w:displayText={_quoted(word)} w:value={_quoted(word)}/>" for word in status_choices(form.language)
    )
    placeholder = _text(form.language.gettext(STATUS_ASKED))
    return (
        f"<w:p>{_direction(form)}<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f'<w:sdtContent><w:r><w:rPr><w:color w:val="5F656D"/></w:rPr><w:t>{placeholder}</w:t></w:r></w:sdtContent>'
        "</w:sdt></w:p>"
    )


def _paragraph(form: Form, text: str, style: str = "", *, of_data: bool = False) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    direction = text_direction(text) if of_data else form.language.direction
    bidi = "<w:bidi/>" if direction == "rtl" else ""
    side = '<w:jc w:val="end"/>' if direction != form.language.direction else ""  # the side of the form
    words = f"{_text(text)}{end_mark(text, direction)}"
    run = f'<w:r>{"<w:rPr><w:rtl/></w:rPr>" if bidi else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'
    return f"<w:p><w:pPr>{named}{bidi}{side}</w:pPr>{run if text else ''}</w:p>"


def _code(form: Form, text: str) -> str:
    """Return the paragraph of a code, which runs from left to right in each language, on the side of its question."""
    side = '<w:jc w:val="right"/>' if form.language.direction == "rtl" else ""
    run = f'<w:r><w:t xml:space="preserve">{_text(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="Code"/>{side}</w:pPr>{run}</w:p>'


def _direction(form: Form) -> str:
    return "<w:pPr><w:bidi/></w:pPr>" if form.language.direction == "rtl" else ""


def _styles(form: Form) -> str:
    code = form.language.code
    languages = f'<w:lang w:val="{code}" w:bidi="{code if form.language.direction == "rtl" else "ar"}"/>'
    styles = {
        "Title": ("Title", 34, "123A5C", True),
        "Subtitle": ("Subtitle", 24, "4A525B", False),
        "Heading1": ("heading 1", 24, "123A5C", True),
        "Known": ("Known", 19, "4A525B", False),
        "Question": ("Question", 20, "1A1A1A", True),
        "Code": ("Code", 16, "5F656D", False),
    }
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:keepNext/></w:pPr><w:rPr>{"<w:b/><w:bCs/>" if bold else ""}<w:color w:val="{color}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for key, (name, size, color, bold) in styles.items()
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="21"/><w:szCs w:val="21"/>{languages}'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{made}</w:styles>"
    )


def _properties(form: Form) -> str:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_text(form.title)}</dc:title><dc:identifier>{_text(form.tag)}</dc:identifier>"
        f"<dc:language>{form.language.code}</dc:language></cp:coreProperties>"
    )


def _text(text: str) -> str:
    return escape(visible(text, keep=RIGHT_TO_LEFT_MARK))


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(visible(text, keep=""))
