"""The letter that asks a lead for its reports: as text to paste, and as a mail that opens as a draft."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import PurePosixPath

from csg.forms.own_words import (
    ANSWER_BY,
    DEAR,
    FILL_IN,
    GROUPS_ONLY,
    KEEP_CODES,
    PUBLIC,
    REMINDER,
    REPLY,
    TWO_WAYS,
    asks_for,
)
from csg.forms.questions import END
from csg.forms.request import AskedActivity, Form
from csg.language import RIGHT_TO_LEFT_MARK
from csg.problem import Problem, Refused, shown, visible

TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_RULE = "_" * 40


def letter_text(form: Form) -> str:
    """Return the letter to a lead: what is asked, by when, the ways to answer, and the questions with their codes."""
    _ = form.language.gettext
    required = sum(1 for asked in form.activities if not asked.optional)
    lines = [_(DEAR, name=form.lead_name), ""]
    if form.is_reminder:
        lines += [_(REMINDER), ""]
    if required:
        group = form.group or _("The group")
        lines.append(asks_for(form.language, required, group, form.period, form.plan_title))
    else:
        lines.append(_(GROUPS_ONLY, plan=form.plan_title))
    if form.due:
        lines.append(_(ANSWER_BY, date=form.language.date(form.due)))
    lines += [
        "",
        _(TWO_WAYS),
        "- " + _(FILL_IN),
        "- " + _(REPLY),
        _(KEEP_CODES),
        form.needed_words,
        "",
        _(PUBLIC),
        "",
        _RULE,
        form.tag,
        form.status_words,
        form.status_meanings,
    ]
    for asked in form.activities:
        lines += ["", *_activity_lines(form, asked)]
    return "\n".join([*map(_one_line, lines), "", END, ""])


def _activity_lines(form: Form, asked: AskedActivity) -> list[str]:
    lines = [f"[{asked.activity.id}] {asked.activity.title}"]
    lines += asked.notes(form.language)
    for question in asked.questions:
        lines += [f"{question.code} {question.label}{form.language.colon}".rstrip(), ""]
    return lines


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()) if "\n" in text else text, keep=RIGHT_TO_LEFT_MARK)


def mail(form: Form, addresses: tuple[str, ...], attachment: tuple[str, bytes] | None) -> bytes:
    """Return the letter as a mail that mail programs open as a draft, with the form attached.

    Raise Refused if a name has characters that a header does not allow.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = header_text(f"{form.tag} {form.title}".replace("\N{NO-BREAK SPACE}", " "))
    if addresses:
        message["To"] = ", ".join(header_text(address) for address in addresses)
    message["X-Unsent"] = "1"
    message["Content-Language"] = form.language.code
    message.set_content(letter_text(form), cte="quoted-printable")
    if attachment:
        name, content = attachment
        main, sub = TYPES[PurePosixPath(name).suffix]
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
        # A random boundary would make each mail different from the last.
        message.set_boundary(f"csg-{sha256(content).hexdigest()[:32]}")
    return message.as_bytes()


def header_text(text: str) -> str:
    """Return a text for a header of a mail. Raise Refused if it could write another header."""
    if "=?" in text or not text.isprintable():
        hint = "Correct the name in data/ or the address in private/contacts.yaml."
        raise Refused(Problem("CSG802", f"'{shown(text)}' cannot be in the header of a mail", hint=hint))
    return text
