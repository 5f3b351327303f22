"""The files of a letter: a draft for a mail program, a text to paste, and the form."""

import re

from csg.forms.form_docx import docx_form
from csg.forms.form_xlsx import xlsx_form
from csg.forms.letters import letter_text, mail
from csg.forms.request import Form


def letter_files(form: Form, to: str, addresses: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files for one lead by name: ``CS-Group-2021-22-mid-INWUD.docx``, ``.eml`` and ``.txt``."""
    name = re.sub(r"[^\w]+", "-", form.tag).strip("-")
    letter = f"{name}-reminder" if form.is_reminder else name
    attached = (f"{letter}.{to}", docx_form(form) if to == "docx" else xlsx_form(form))
    text = letter_text(form)
    return {
        attached[0]: attached[1],
        f"{letter}.eml": mail(form, addresses, attached),
        f"{letter}.txt": text.encode("utf-8"),
    }
