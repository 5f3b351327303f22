"""What a Word document looks like: pandoc's own reference document with wide pages and lined tables."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_SECTION = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="900" w:right="900" w:bottom="900"'
    ' w:left="900" w:header="450" w:footer="450" w:gutter="0"/></w:sectPr>'
)
"""A4 on its side, with margins of 1.6 cm."""
_LINE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="B4B4B4"/>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = f"<w:tblBorders>{''.join(map(_LINE.format, _SIDES))}</w:tblBorders>"
_SMALL = '<w:rPr><w:sz w:val="18"/></w:rPr>'


def word_reference(default: bytes) -> bytes:
    """pandoc's reference document, with its pages on their side, lines around cells, and small text in them."""
    made = BytesIO()
    with ZipFile(BytesIO(default)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = _changed(content, r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", _SECTION)
            if entry.filename == "word/styles.xml":
                content = _changed(content, r'(<w:style [^>]*w:styleId="Table".*?<w:tblPr>)', rf"\1{_LINES}")
                content = _changed(content, r'(<w:style [^>]*w:styleId="Compact".*?</w:pPr>)', rf"\1{_SMALL}")
            new.writestr(entry, content)
    return made.getvalue()


def _changed(content: bytes, pattern: str, by: str) -> bytes:
    return re.sub(pattern, by, content.decode("utf-8"), count=1, flags=re.DOTALL).encode("utf-8")
