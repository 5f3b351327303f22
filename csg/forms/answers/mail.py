"""The answers in a reply by mail: between the quoted lines, above or below them, or in the attached form."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from html.parser import HTMLParser
from typing import NamedTuple
from unicodedata import category

from csg.forms.answers.sheet import Answer, Sheet, tidy
from csg.forms.questions import END, Code, Codes, plain_tag, tags_in
from csg.problem import Problem, Refused

_MOST_PARTS = 500
"""The most parts of a mail that are looked at."""
_QUOTE = re.compile(r"[>|\s]*")
_SIGNATURE = "-- "
_FORMS = (".docx", ".xlsx")


class Mail(NamedTuple):
    """A mail: its subject, its text, and the attached files by name and content."""

    subject: str
    text: str
    forms: tuple[tuple[str, bytes], ...]


def read_mail(file: str, content: bytes) -> Mail:
    """Return a mail. Raise Refused if it is damaged, or nested without end."""
    try:
        message = BytesParser(policy=default).parsebytes(content)
        parts = list(_parts(message))
        subject = str(message.get("Subject", ""))
    except (RecursionError, LookupError, ValueError, IndexError, AttributeError, TypeError):
        hint = "Save the mail again as .eml, or copy its text into a .txt file."
        raise Refused(Problem("CSG801", "this mail is damaged", file, hint=hint)) from None
    plain = [_decoded(part) for part in parts if part.get_content_type() == "text/plain" and not _name(part)]
    html = [
        _text_of_html(_decoded(part)) for part in parts if part.get_content_type() == "text/html" and not _name(part)
    ]
    forms = []
    for part in parts:
        name = _name(part)
        if name.casefold().endswith(_FORMS):
            payload = part.get_payload(decode=True)
            forms.append((name, payload if isinstance(payload, bytes) else b""))
    return Mail(subject, "\n".join(text for text in (plain or html) if text), tuple(forms))


def _parts(message: object) -> Iterator[EmailMessage]:
    """Yield the parts of a mail that are no containers."""
    stack, seen = [message], 0
    while stack:
        part = stack.pop()
        seen += 1
        if seen > _MOST_PARTS or not isinstance(part, EmailMessage):
            return
        if part.is_multipart():
            stack.extend(reversed(part.get_payload()))  # type: ignore[arg-type]
        else:
            yield part


def _name(part: EmailMessage) -> str:
    """Return the name of an attached file, without any folder; empty for a part that is not attached."""
    name = part.get_filename() or ""
    return re.split(r"[\\/]", name)[-1]


def _decoded(part: EmailMessage) -> str:
    """Return the text of a part. An unknown encoding is read as UTF-8."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


class _Text(HTMLParser):
    """Collects the text of a web page, with a line for each block and a sign before quoted text."""

    _BLOCKS = frozenset(
        {"p", "div", "br", "li", "tr", "table", "blockquote", "h1", "h2", "h3", "hr", "ul", "ol", "pre"}
    )
    _SILENT = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in self._SILENT:
            self._silent += 1
        if tag == "blockquote":
            self._quotes += 1
        if tag in self._BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        if tag in self._BLOCKS and tag != "br":
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        self.pieces.append("\n" + "> " * min(self._quotes, 3))


def _text_of_html(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


def answers_of_text(file: str, text: str, codes: Codes, subject: str = "") -> Sheet:
    """Return the answers of a text with the codes of a form: each is below its question, or after it on the line."""
    answers: list[Answer] = []
    titles: list[tuple[str, str]] = []
    remarks: list[str] = []
    tags = tags_in(subject)
    current: tuple[Code, int, int] | None = None  # the question, its depth of quotes, and its line
    lines: list[str] = []
    ended = False

    def close() -> None:
        nonlocal current, lines
        if current and current[0].field:
            answers.append(Answer(current[0], tidy("\n".join(lines)), f"line {current[2]}"))
        current, lines = None, []

    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        bare = "".join(letter for letter in line if category(letter) != "Cf" or letter in "\u200c\u200d")
        mark = _QUOTE.match(bare)
        prefix = mark[0] if mark else ""
        depth = sum(prefix.count(sign) for sign in ">|")
        content = bare[len(prefix) :]
        found = codes.find(content) if content.startswith("[") or content[:3].count("[") else None
        if found and found[1] <= 2:
            close()
            code, _, end = found
            after = content[end:]
            current = (code, depth, number)
            if not code.field:
                titles.append((code.activity, after.strip()))
            elif answer := codes.answer_on_line(code, after):
                lines.append(answer)
        elif plain_tag(content) == plain_tag(END):
            close()
            ended = True
        elif current and current[0].field:
            if line.rstrip("\n") == _SIGNATURE:
                close()
                ended = True
            else:
                lines.append(_unquoted(bare, current[1]))
        else:
            tags += tags_in(content)
            if not ended and depth == 0 and _is_prose(content) and not titles:
                remarks.append(content.strip())
    if current and current[0].field and "\n\n" in tidy("\n".join(lines)) and not ended:
        remarks.append(f"the end mark {END} is missing: see if the last answer has words that do not belong to it")
    close()
    return Sheet(file, tuple(answers), tuple(tags), tuple(titles), tuple(remarks))


def _unquoted(line: str, depth: int) -> str:
    """Return a line without as many quote signs as its question has."""
    rest = line
    for _ in range(depth):
        stripped = rest.lstrip()
        if stripped[:1] not in (">", "|"):
            break
        rest = stripped[1:].removeprefix(" ")
    return rest


def _is_prose(text: str) -> bool:
    """Return whether a line before the form could be an answer: it names a number such as 2.4."""
    return bool(re.search(r"\b\w{1,3}\.\d{1,3}\b", text))
