"""The letter that asks a lead for its reports: as text to paste, and as a mail that opens as a draft."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import PurePosixPath

from csg.forms.questions import END, status_choices
from csg.forms.request import AskedActivity, Form
from csg.problem import Problem, Refused, shown, visible

TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_RULE = "_" * 40


def letter_text(form: Form) -> str:
    """Return the letter to a lead: what is asked, by when, the ways to answer, and the questions with their codes."""
    _, ngettext = form.language.gettext, form.language.ngettext
    required = sum(1 for asked in form.activities if not asked.optional)
    lines = [_("Dear {name},", name=form.lead_name), ""]
    if form.is_reminder:
        lines += [_("This is a reminder. We have not received your answer yet."), ""]
    if required:
        lines.append(ngettext(
            "{group} asks you for your {period} report on {number} activity of {plan}.",
            "{group} asks you for your {period} report on {number} activities of {plan}.",
            required, group=form.group or _("The group"), period=form.period, plan=form.plan_title,
        ))  # fmt: skip
    else:
        lines.append(_("You can report on activities that your groups lead in {plan}.", plan=form.plan_title))
    if form.due:
        lines.append(_("Please answer by {date}.", date=form.language.date(form.due)))
    lines += [
        "",
        _("You can answer in two ways. One of them is enough:"),
        "- " + _("Fill in the attached form and send it back."),
        "- " + _("Reply to this letter and write each answer on a new line below its question."),
        _("Please keep the codes in brackets. You can leave an activity empty."),
        "",
        _("What you write is public. Do not write names of people, or anything that could lead to a person at risk."),
        "",
        _RULE,
        form.tag,
        _("Status can be: {words}.", words=", ".join(status_choices(form.language))),
    ]
    for asked in form.activities:
        lines += ["", *_activity_lines(form, asked)]
    return "\n".join([*map(_one_line, lines), "", END, ""])


def _activity_lines(form: Form, asked: AskedActivity) -> list[str]:
    lines = [f"[{asked.activity.id}] {asked.activity.title}"]
    lines += asked.notes(form.language)
    for question in asked.questions:
        lines += [f"{question.code} {question.label}:", ""]
    return lines


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()) if "\n" in text else text, keep="")


def mail(form: Form, addresses: tuple[str, ...], attachment: tuple[str, bytes] | None) -> bytes:
    """Return the letter as a mail that mail programs open as a draft, with the form attached.

    Raise Refused if a name has characters that a header does not allow.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = header_text(f"{form.tag} {form.title}")
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
