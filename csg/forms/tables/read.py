"""Tables from a file of any format: what is in the file decides, and its name only where that is not clear."""

from pathlib import Path

from csg.forms.packages import is_package, open_package, opened
from csg.forms.tables.table import Contents

_OFFICE = (".docx", ".pptx", ".xlsx", ".doc", ".ppt", ".xls")
_MARKDOWN = (".md", ".markdown", ".mkd")


def read_tables(path: Path) -> Contents:
    """Return the tables of a file. Raises Refused if it is of a format that csg does not read, or could do harm."""
    with opened(path) as stream:
        start = stream.read(8)
    if is_package(start) or path.suffix.casefold() in _OFFICE:
        return _office(path)
    if path.suffix.casefold() in _MARKDOWN:
        from csg.forms.tables.markdown import read_markdown

        return read_markdown(path)
    from csg.forms.tables.csv import read_csv

    return read_csv(path)


def _office(path: Path) -> Contents:
    with open_package(path) as package:
        if package.kind == "xlsx":
            from csg.forms.tables.xlsx import read_xlsx

            return read_xlsx(package, path)
        if package.kind == "docx":
            from csg.forms.tables.docx import read_docx

            return read_docx(package)
        from csg.forms.tables.pptx import read_pptx

        return read_pptx(package)
