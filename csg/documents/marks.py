"""The mark in every file that ``csg report render`` makes. csg never changes a file without it.

Text begins with the mark, a PDF ends with it, and an Office file names csg as the program that saved it last. If a
person edits and saves an Office or a PDF file, their program removes the mark, and the file belongs to the person.
"""

import re
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

MARK = "<!-- csg report render made this page from the data folder; a change made here is lost. -->\n"
"""The first line of every rendered page: csg never changes a file without it."""

_PDF_MARK = b"\n% csg report render made this file.\n"
_CALENDAR_MARK = b"X-CSG:csg report render made this file.\r\n"
_OFFICE = frozenset({".docx", ".pptx", ".xlsx"})
_PROPERTIES = "docProps/core.xml"
_OFFICE_MARK = b"<cp:lastModifiedBy>csg report render</cp:lastModifiedBy>"
_LAST_MODIFIED_BY = re.compile(rb"<cp:lastModifiedBy\s*/>|<cp:lastModifiedBy>[^<]*</cp:lastModifiedBy>")
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each part of an Office file, so that the same data makes the same bytes."""
_MOST_PROPERTIES = 1 << 16
"""The bytes of an Office file's properties that are read."""


def marked(path: str, content: bytes) -> bytes:
    """Return the content of a rendered file with the mark for its kind. Markdown and pictures have it already."""
    ending = PurePosixPath(path).suffix
    if ending in _OFFICE:
        return _with_properties(content)
    if ending == ".pdf":
        return content + _PDF_MARK
    if ending == ".ics":
        return content.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\n" + _CALENDAR_MARK, 1)
    return MARK.encode() + content if ending == ".html" else content


def is_marked(path: str, content: bytes) -> bool:
    """Return whether csg made a file, by the mark for its kind."""
    ending = PurePosixPath(path).suffix
    if ending in _OFFICE:
        return _OFFICE_MARK in _properties(content)
    if ending == ".ics":
        return _CALENDAR_MARK in content
    return content.endswith(_PDF_MARK) if ending == ".pdf" else content.startswith(MARK.encode())


def _properties(content: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open(_PROPERTIES) as stream:
            return stream.read(_MOST_PROPERTIES)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return b""


def _with_properties(content: bytes) -> bytes:
    new = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(new, "w", ZIP_DEFLATED) as archive:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == _PROPERTIES:
                part = _LAST_MODIFIED_BY.sub(b"", part)
                end = b"</cp:coreProperties>"
                part = part.replace(end, _OFFICE_MARK + end)
            archive.writestr(ZipInfo(entry.filename, _FIRST_DATE), part, ZIP_DEFLATED)
    return new.getvalue()
