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
_FORM_TYPES = frozenset(f"{main}/{sub}" for main, sub in TYPES.values())
_DOCUMENTS = (
    ".doc", ".docm", ".odt", ".rtf", ".pages", ".xls", ".xlsm", ".ods", ".numbers", ".csv", ".zip", ".pdf", ".txt",
    ".jpg", ".jpeg", ".heic",
)  # fmt: skip
"""The ends of the names of files in which answers can come that csg does not read."""
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
          "shift_jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}  # fmt: skip
"""Encodings that programs use under the name of a smaller one."""
_OF_OTHER_BYTES = ("utf-7", "utf-16", "utf-32", "iso-2022", "hz")
"""Encodings in which the bytes of ASCII can be other letters."""


class Mail(NamedTuple):
    """A mail: its subject, its text, the attached forms by name and content, and the names of other documents."""

    subject: str
    text: str
    forms: tuple[tuple[str, bytes], ...]
    others: tuple[str, ...]


def read_mail(file: str, content: bytes) -> Mail:
    """Return a mail. Raise Refused if it is damaged, or nested without end."""
    try:
        message = BytesParser(policy=default).parsebytes(content)
        parts = list(_parts(message))
        subject = str(message.get("Subject", ""))
    except (RecursionError, LookupError, ValueError, IndexError, AttributeError, TypeError):
        hint = "Save the mail again as .eml, or copy its text into a .txt file."
        raise Refused(Problem("CSG801", "this mail is damaged", file, hint=hint)) from None
    texts = [part for part in parts if not _is_attached(part)]
    plain = [_decoded(file, part) for part in texts if part.get_content_type() == "text/plain"]
    html = [text_of_html(_decoded(file, part)) for part in texts if part.get_content_type() == "text/html"]
    attached = [(_name(part), _content(part)) for part in parts if _is_attached(part)]
    forms = [(name, content) for name, content in attached if _is_form(name, content)]
    others = [
        name for name, content in attached if name.casefold().endswith(_DOCUMENTS) and not _is_form(name, content)
    ]
    body = "\n".join(text for text in (plain if any(map(str.strip, plain)) else html) if text)
    return Mail(subject, body, tuple(forms), tuple(others))


def _is_attached(part: EmailMessage) -> bool:
    """Return whether a part is a file, and not text of the mail. Some programs give no name to an attached form."""
    return bool(_name(part)) or part.get_content_type() in _FORM_TYPES


def _is_form(name: str, content: bytes) -> bool:
    return name.casefold().endswith(_FORMS) or (not PurePath(name).suffix and content.startswith(b"PK"))


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
            return content.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    hint = "Save the mail again as .eml in UTF-8, or copy its text into a .txt file."
    raise Refused(Problem("CSG801", f"the letters of this mail cannot be read as {shown(charset)}", file, hint=hint))
