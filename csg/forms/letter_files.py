"""The files of a letter: a draft for a mail program, a text to paste, and the form."""

import re

from csg.forms.form_docx import docx_form
from csg.forms.form_xlsx import xlsx_form
from csg.forms.letters import letter_text, mail
from csg.forms.request import Form


def letter_files(form: Form, to: str, addresses: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files for one lead by name: ``CS-Group-2021-22-mid-INWUD.docx``, ``.eml`` and ``.txt``."""
    attached = _attachment(form, to)
    letter = attached[0].removesuffix(f".{to}")
    text = letter_text(form)
    return {
        attached[0]: attached[1],
        f"{letter}.eml": mail(form, addresses, attached),
        f"{letter}.txt": text.encode("utf-8"),
    }


def is_own_draft(form: Form, content: bytes) -> bool:
    """Return whether a mail is the draft that csg writes for a form, whatever its recipients and its kind of form.

    Nobody has changed such a draft. It has no answers, so that it can be written again with other recipients.
    """
    draft = _without_recipients(content)
    return any(draft == _without_recipients(mail(form, (), _attachment(form, to))) for to in ("docx", "xlsx"))


def _attachment(form: Form, to: str) -> tuple[str, bytes]:
    name = re.sub(r"[^\w]+", "-", form.tag).strip("-")
    letter = f"{name}-reminder" if form.is_reminder else name
    return f"{letter}.{to}", docx_form(form) if to == "docx" else xlsx_form(form)


def _without_recipients(content: bytes) -> bytes:
    """Return a mail without the lines of the header `To`, which can be folded."""
    head, empty, body = content.partition(b"\r\n\r\n")
    lines = re.split(rb"\r\n(?![ \t])", head)
    return b"\r\n".join(line for line in lines if not line.startswith(b"To:")) + empty + body
