"""Workplan tables in the five formats, written for tests, and the table of the source."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

Rows = Sequence[Sequence[str]]
HEADINGS = ("", "Activities", "UNODC Lead", "CSO Lead", "Comments", "Progress Report (mid & end year)")
SOURCE = Path(__file__).with_name("source.txt")


def source_tables() -> list[list[list[str]]]:
    """Return the three tables of the source, as it has them: only the first has headings, and the last is narrower."""
    text = SOURCE.read_text("utf-8").rpartition("A\tB\tC\tD\tE\tF\n")[2]
    tables: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("WORKPLAN"):
            tables.append([])
        elif "\t" in line:
            tables[-1].append(line.split("\t"))
    return tables


def write_docx(path: Path, tables: Sequence[Rows], notes: Sequence[str] = ()) -> None:
    """Write a Word document with a heading above each table, and notes below."""
    from docx import Document

    document = Document()
    for rows in tables:
        document.add_paragraph("WORKPLAN 2021/22")
        width = max(map(len, rows))
        table = document.add_table(0, width)
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                cell.text = text
            if is_objective(row):
                cells[0].merge(cells[-1])
    for text in notes:
        document.add_paragraph(text)
    document.save(str(path))


def write_pptx(path: Path, tables: Sequence[Rows], notes: Sequence[str] = ()) -> None:
    """Write a presentation with a slide for each table."""
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    for rows in tables:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "WORKPLAN 2021/22"
        size = [Inches(number) for number in (0, 2, 9, 4)]
        table = slide.shapes.add_table(len(rows), max(map(len, rows)), *size).table
        for index, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(index, column).text = text
            if is_objective(row):
                table.cell(index, 0).merge(table.cell(index, len(table.columns) - 1))
    for text in notes:
        presentation.slides[-1].shapes.add_textbox(*size).text_frame.text = text
    presentation.save(str(path))


def write_xlsx(path: Path, tables: Sequence[Rows], notes: Sequence[str] = ()) -> None:
    """Write a workbook with all tables below each other in one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for rows in tables:
        for row in rows:
            sheet.append(list(row))
            if is_objective(row):
                sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=6)
        sheet.append([])
    for text in notes:
        sheet.append([text])
    book.save(path)


def write_csv(path: Path, tables: Sequence[Rows], notes: Sequence[str] = ()) -> None:
    """Write a CSV file with all tables below each other."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for rows in tables:
            writer.writerows([*rows, []])
        writer.writerows([text] for text in notes)


def write_markdown(path: Path, tables: Sequence[Rows], notes: Sequence[str] = ()) -> None:
    """Write a Markdown page with a table for each. A table without headings has an empty line of them."""
    lines: list[str] = []
    for rows in tables:
        width = max(map(len, rows))
        has_headings = "Activities" in rows[0]
        heading = list(rows[0]) if has_headings else [""] * width
        lines += ["# WORKPLAN 2021/22", "", _line(heading, width), _line(["---"] * width, width)]
        lines += [_line(row, width) for row in (rows[1:] if has_headings else rows)]
        lines.append("")
    path.write_text("\n".join([*lines, *(f"{text}\n" for text in notes)]), "utf-8")


def _line(cells: Sequence[str], width: int) -> str:
    texts = [text.replace("|", "\\|").replace("~", "\\~").replace("\n", "<br>") for text in cells]
    return f"| {' | '.join([*texts, *[''] * (width - len(texts))])} |"


def is_objective(row: Sequence[str]) -> bool:
    """Return whether the row has its number and title in one cell, as a merged one."""
    return bool(row[0]) and not any(row[1:])


WRITERS: dict[str, Callable[..., None]] = {
    "docx": write_docx,
    "pptx": write_pptx,
    "xlsx": write_xlsx,
    "csv": write_csv,
    "md": write_markdown,
}
