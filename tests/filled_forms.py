"""Forms and letters filled as people fill them: in Word, in a workbook, in a reply."""

import io
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl


def fill_docx(content: bytes, answers: Mapping[str, str]) -> bytes:
    """Write answers, by their codes without brackets, into a Word form. A line is a paragraph."""
    document = docx.Document(io.BytesIO(content))
    for table in document.tables:
        for row in table.rows:
            question, cell = row.cells[0].text, row.cells[1]
            for code, answer in answers.items():
                if f"[{code}]" not in question:
                    continue
                first = cell.paragraphs[0]
                for child in list(first._p):
                    if child.tag.endswith("}sdt"):
                        first._p.remove(child)
                line, *more = answer.split("\n")
                first.text = line
                for text in more:
                    cell.add_paragraph(text)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def changed_document(content: bytes, change: Callable[[str], str]) -> bytes:
    """Return a Word document with its XML changed."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, change(part.decode()).encode() if entry.filename == "word/document.xml" else part)
    return saved.getvalue()


def fill_xlsx(content: bytes, answers: Mapping[str, str]) -> bytes:
    """Write answers into a form that is a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows():
        code = str(row[0].value or "").strip("[]")
        if code in answers:
            row[2].value = answers[code]
            row[2].data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def fill_text(text: str, answers: Mapping[str, str], quote: str = "> ") -> str:
    """Write answers below the questions of a letter, which a mail program has quoted."""
    lines = []
    for line in text.splitlines():
        lines.append(f"{quote}{line}")
        code = line[1:].partition("]")[0]
        if line.startswith("[") and code in answers:
            lines += ["", *answers[code].split("\n"), ""]
    return "\n".join(lines)


def reply(
    text: str, subject: str = "Re: your letter", attachment: tuple[str, bytes] | None = None, html: str = ""
) -> bytes:
    """Return a mail with a text, and perhaps an attached form."""
    message = EmailMessage()
    message["Subject"] = subject
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content(text)
    if attachment:
        name, content = attachment
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def letter_of(folder: Path, lead: str, ending: str) -> Path:
    """Return the file of a lead in a folder of letters."""
    return folder / f"CS-Group-2021-22-mid-{lead}.{ending}"
