"""Files and folders of answers: each file is read by its kind, and refused by name if it is none."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath

from csg.forms.answers.docx import read_docx
from csg.forms.answers.issue import is_issue, read_issue
from csg.forms.answers.mail import Attached, Mail, read_mail
from csg.forms.answers.sheet import Sheet, with_struck_doubts, without_objects, without_placeholders
from csg.forms.answers.text import answers_of_text
from csg.forms.answers.xlsx import read_xlsx
from csg.forms.packages import open_stream, opened, refused
from csg.forms.questions import STATUS_ASKED, Code, Codes, has_question
from csg.language import Language, known_languages
from csg.problem import Refused, Sentence, shown

_OTHER_FORMS = (
    ".doc", ".docm", ".dotx", ".odt", ".rtf", ".pages", ".wps", ".xls", ".xlsm", ".ods", ".numbers", ".csv", ".zip",
    ".rar", ".7z", ".msg",
)  # fmt: skip
"""The ends of the names of files in which a form can come back that csg does not read."""
KINDS = (".docx", ".xlsx", ".eml", ".txt", ".md")
_FIXES = {
    (".doc", ".docm", ".odt", ".rtf", ".pages", ".wps"): "Open it in a word processor, and save it as DOCX.",
    (".xls", ".xlsm", ".ods", ".numbers", ".csv"): "Open it in a spreadsheet program, and save it as XLSX.",
    (".zip", ".rar", ".7z"): "Unpack it, and give the file in it.",
    (".msg",): "Open it in a mail program, and save it as EML.",
    (
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".heic",
        ".webp",
        ".tif",
        ".tiff",
        ".pdf",
        ".opus",
        ".ogg",
        ".mp3",
        ".m4a",
        ".mp4",
    ): "Write its answers into the form, or into a mail.",
    (".html", ".htm"): "Copy its text into a .txt file.",
}
"""The ways to make a file that csg reads, by the ends of names."""
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
"""Files that operating systems write into folders, in lower case."""
_MOST_FILES = 5_000
_MOST_MAIL = 40 * 1024**2
_WORDS_OF_WORD = (
    "choose an item.", "elija un elemento.", "choisissez un élément.", "выберите элемент.", "اختر عنصرًا.",
)  # fmt: skip
PLACEHOLDERS = frozenset({
    *(Language(code).gettext(STATUS_ASKED).casefold() for code in known_languages()), *_WORDS_OF_WORD
})  # fmt: skip
"""The words that ask for a status, of the form and of Word: a program can leave them as text."""


def answer_files(paths: list[Path]) -> list[Path]:
    """Return the files to read: those named, and those in the folders named, also of a kind that csg does not read.

    So that a form in another format is never overlooked, such a file is refused later, as if it had been named.
    Each file counts once, and they are sorted by name, so that the order on the command line makes no difference.

    Raise Refused for a path that does not exist, or for more files than any round of reports has.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inner = sorted(file for file in path.rglob("*") if file.is_file())
            files += [file for file in inner if not _is_of_the_system(file.name)]
        else:
            files.append(path)
    if len(files) > _MOST_FILES:
        raise refused(str(paths[0]), f"this is more than {_MOST_FILES} files", "Name the files, or a smaller folder.")
    unique = {file.resolve(): file for file in reversed(files)}
    return sorted(unique.values(), key=lambda file: (file.name, str(file)))


def _is_of_the_system(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _OF_THE_SYSTEM


def read_sheets(path: Path, codes: Codes) -> Iterator[Sheet | Refused]:
    """Yield the answers of a file: of a mail, those of its text and of each attached form. A refusal is yielded too."""
    try:
        yield from (_cleaned(sheet) for sheet in _sheets(path, codes))
    except Refused as refusal:
        yield refusal


def _cleaned(sheet: Sheet) -> Sheet:
    answered = sheet._replace(answers=tuple(without_placeholders(sheet.answers, PLACEHOLDERS)))
    return with_struck_doubts(without_objects(answered))


def _sheets(path: Path, codes: Codes) -> Iterator[Sheet]:
    kind = path.suffix.casefold()
    if not path.exists():
        raise refused(path.name, "this file does not exist", "Check the name of the file.")
    if kind not in KINDS:
        hint = next((hint for ends, hint in _FIXES.items() if kind in ends), f"Give one of {', '.join(KINDS)}.")
        raise refused(path.name, "csg does not read this kind of file", hint)
    with opened(path, _MOST_MAIL) as stream:
        content = stream.read()
    if kind in (".docx", ".xlsx"):
        yield _office(path.name, content, codes)
    elif kind == ".eml":
        yield _mail(path.name, content, codes)
    else:
        text = _text(path.name, content)
        yield read_issue(path.name, text, codes) if is_issue(text) else answers_of_text(path.name, text, codes)


def _office(name: str, content: bytes, codes: Codes) -> Sheet:
    with open_stream(name, BytesIO(content)) as package:
        if package.kind == "docx":
            return read_docx(name, package, codes)
        if package.kind == "xlsx":
            return read_xlsx(name, package, content, codes)
        raise package.refused("this is a presentation, not a form", "Give the form as DOCX or XLSX.")


def _mail(name: str, content: bytes, codes: Codes) -> Sheet:
    """Return the answers of a mail's text and of its forms as one sheet: the same tag can be in both."""
    mail = read_mail(name, content)
    sheets = [_mail_text(name, mail, codes)]
    sheets += [
        without_objects(_office(f"{name}: {PurePath(form.name).name}", form.content, codes)) for form in mail.forms
    ]
    has_answers = any(sheet.given() for sheet in sheets)
    if mail.is_automatic and not has_answers:
        raise refused(name, "this is an automatic reply, not an answer", "Wait for the answer of a person.")
    unread = [file.name for file in mail.others if not has_answers or _can_be_form(file)]
    beside = [file.name for file in mail.others if file.name not in unread and not file.is_inline]
    return Sheet(
        name,
        tuple(answer for sheet in sheets for answer in sheet.given()),
        tuple(tag for sheet in sheets for tag in sheet.tags),
        tuple(title for sheet in sheets if sheet.given() for title in sheet.titles),
        tuple(text for sheet in sheets for text in sheet.remarks),
        doubts=(*(doubt for sheet in sheets for doubt in sheet.doubts), *map(_unread, unread)),
        asides=(
            *(text for sheet in sheets for text in sheet.asides),
            *(f"the attached file {shown(file, 60)}" for file in beside),
        ),
    )


def _mail_text(name: str, mail: Mail, codes: Codes) -> Sheet:
    """Return the answers of a mail's text: of its web page if that has the same, without the breaks of lines."""
    plain, page = (
        answers_of_text(name, text, codes, mail.subject, is_cover=bool(mail.forms)) for text in (mail.text, mail.page)
    )
    is_as_clear = not (page.remarks or page.doubts) or bool(plain.remarks or plain.doubts)
    has_same = _compared(plain) == _compared(page) or not plain.given()
    return page if page.given() and has_same and is_as_clear else plain


def _compared(sheet: Sheet) -> list[tuple[Code, str]]:
    """Return the answers as those of the two texts of a mail are compared: without blanks and marks of bold text."""
    return [(answer.code, re.sub(r"[\s*_]", "", answer.text)) for answer in sheet.given()]


def _can_be_form(file: Attached) -> bool:
    """Return whether an attached file that csg does not read can hold other answers than the mail."""
    is_text = file.name.casefold().endswith((".txt", ".md", ".html", ".htm"))
    has_codes = is_text and has_question(file.content.decode("utf-8", "replace"))
    return file.name.casefold().endswith(_OTHER_FORMS) or has_codes or file.content.startswith(b"PK")


def _unread(file: str) -> tuple[str, str]:
    message = Sentence("csg does not read the attached file {file}", file=shown(file, 60))
    return message, Sentence("Send the answers in the form or in the mail.")


def _text(name: str, content: bytes) -> str:
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refused(name, "this text is not UTF-8", "Save it as UTF-8.") from None
