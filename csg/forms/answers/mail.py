"""The text of a mail and the forms attached to it, whatever program sent it."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import PurePath
from typing import NamedTuple

from csg.forms.answers.html import text_of_html
from csg.forms.letters import TYPES
from csg.problem import Problem, Refused, shown

_MOST_PARTS = 500
"""The most parts of a mail that are looked at."""
_FORMS = (".docx", ".xlsx")
_NO_ANSWERS = (".ics", ".vcf", ".asc", ".p7s", ".sig")
"""The ends of the names of attached files in which no answer comes: invitations, addresses, signatures."""
_FORM_TYPES = frozenset(f"{main}/{sub}" for main, sub in TYPES.values())
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
          "shift_jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}  # fmt: skip
"""Encodings that programs use under the name of a smaller one."""
_OF_OTHER_BYTES = ("utf-7", "utf-16", "utf-32", "iso-2022", "hz")
"""Encodings in which the bytes of ASCII can be other letters."""


class Attached(NamedTuple):
    """A file that is attached to a mail, and whether it is a picture within the text."""

    name: str
    content: bytes
    is_inline: bool = False


class Mail(NamedTuple):
    """A mail: its subject, its text, the attached forms, and the other attached files.

    ``page`` is the text again, from the web page that the mail also has. ``is_automatic`` says that a program wrote it.
    """

    subject: str
    text: str
    page: str
    forms: tuple[Attached, ...]
    others: tuple[Attached, ...]
    is_automatic: bool


def read_mail(file: str, content: bytes) -> Mail:
    """Return a mail. Raise Refused if it is damaged, or nested without end."""
    try:
        message = BytesParser(policy=default).parsebytes(content)
        parts = list(_parts(message))
        subject = str(message.get("Subject", ""))
        is_automatic = _is_automatic(message)
    except (RecursionError, LookupError, ValueError, IndexError, AttributeError, TypeError):
        hint = "Save the mail again as .eml, or copy its text into a .txt file."
        raise Refused(Problem("CSG801", "this mail is damaged", file, hint=hint)) from None
    texts = [part for part in parts if not _is_attached(part)]
    plain = [_decoded(file, part) for part in texts if part.get_content_type() == "text/plain"]
    html = [text_of_html(_decoded(file, part)) for part in texts if part.get_content_type() == "text/html"]
    attached = [_attached(part) for part in parts if _is_attached(part)]
    forms = [file for file in attached if _is_form(file.name, file.content)]
    others = [file for file in attached if file not in forms and not file.name.casefold().endswith(_NO_ANSWERS)]
    body, page = ("\n".join(text for text in texts if text) for texts in (plain, html))
    has_body = bool(body.strip())
    return Mail(subject, body if has_body else page, page if has_body else "", tuple(forms), tuple(others),
                is_automatic)  # fmt: skip


def _is_automatic(message: EmailMessage) -> bool:
    """Return whether a program wrote a mail, such as the note of an absence or of a wrong address."""
    says_so = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().casefold() != "no"
    return says_so or "X-Autoreply" in message or message.get_content_type() == "multipart/report"


def _is_attached(part: EmailMessage) -> bool:
    """Return whether a part is a file, and not text of the mail. Some programs give no name to an attached form."""
    return bool(_name(part)) or part.get_content_maintype() not in ("text", "message")


def _attached(part: EmailMessage) -> Attached:
    is_inline = part.get_content_maintype() == "image" and "Content-ID" in part
    name = _name(part) or ("" if part.get_content_type() in _FORM_TYPES else part.get_content_type())
    return Attached(name, _content(part), is_inline)


def _is_form(name: str, content: bytes) -> bool:
    is_nameless = not PurePath(name).suffix and content.startswith(b"PK")
    return not name or name.casefold().endswith(_FORMS) or is_nameless


def _content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


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


def _decoded(file: str, part: EmailMessage) -> str:
    """Return the text of a part. Raise Refused if its letters cannot be read: they would be lost.

    Many programs name another encoding than the one they use, so UTF-8 is tried first.
    """
    content = _content(part)
    charset = (part.get_content_charset() or "utf-8").casefold()
    first = charset if charset.startswith(_OF_OTHER_BYTES) else "utf-8"
    for encoding in (first, _WIDER.get(charset, charset)):
        try:
            return _joined(part, content.decode(encoding))
        except (LookupError, UnicodeError):
            continue
    hint = "Save the mail again as .eml in UTF-8, or copy its text into a .txt file."
    raise Refused(Problem("CSG801", f"the letters of this mail cannot be read as {shown(charset)}", file, hint=hint))


def _joined(part: EmailMessage, text: str) -> str:
    """Return a text whose lines a mail program broke in a marked way (format=flowed), with these lines joined again."""
    if str(part.get_param("format", "")).casefold() != "flowed":
        return text
    deletes_blank = str(part.get_param("delsp", "")).casefold() == "yes"
    paragraphs: list[list[str]] = []
    before = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        signs = line[: len(line) - len(line.lstrip(">"))]
        words = line[len(signs) :].removeprefix(" ")
        last = paragraphs[-1][-1] if paragraphs else ""
        if before == signs and last.endswith(" ") and last.strip("> ") != "--":
            paragraphs[-1][-1] = last[:-1] if deletes_blank else last
            paragraphs[-1].append(words)
        else:
            paragraphs.append([f"{signs} {words}" if signs else words])
        before = signs
    return "\n".join(map("".join, paragraphs))
