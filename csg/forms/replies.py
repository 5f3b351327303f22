"""The letter to a lead whose answers could not be taken: it says what to fix."""

import re
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from email.policy import SMTP

from csg.forms.collect import Collected
from csg.forms.letters import header_text
from csg.forms.own_words import DEAR
from csg.forms.request import lead_language
from csg.language import RIGHT_TO_LEFT_MARK, Language
from csg.problem import Problem, Sentence, visible
from csg.workspace import Workspace

UNKNOWN_LEAD = "Dear colleague,"
"""The greeting of a letter to nobody that csg knows. Its language is not known either, so it is not translated."""


def reply_files(
    workspace: Workspace, collected: Iterable[Collected], contacts: Mapping[str, tuple[str, ...]]
) -> dict[str, bytes]:
    """Return a mail and a text for each file with problems, by name."""
    files: dict[str, bytes] = {}
    for found in collected:
        if not found.problems:
            continue
        name = "reply-" + (re.sub(r"[^\w]+", "-", found.file).strip("-")[:80] or "file")
        known = bool(found.lead)
        language = lead_language(workspace.directory, workspace.group, found.lead) if known else Language()
        entry = workspace.directory.find(found.lead) if known else None
        text = reply_text(found, language, entry.name if entry else "", workspace.group.group or "")
        message = EmailMessage(policy=SMTP)
        message["Subject"] = header_text(visible(language.gettext("Please send your answers again"), keep=""))
        if addresses := contacts.get(found.lead.casefold(), ()):
            message["To"] = ", ".join(map(header_text, addresses))
        message["X-Unsent"] = "1"
        message.set_content(text, cte="quoted-printable")
        files[f"{name}.txt"] = text.encode("utf-8")
        files[f"{name}.eml"] = message.as_bytes()
    return files


def reply_text(found: Collected, language: Language, lead_name: str, group: str) -> str:
    """Return the letter: what could not be read, and what to do. ``lead_name`` is empty if the lead is not known."""
    _ = language.gettext
    lines = [_one_line(_(DEAR, name=lead_name)) if lead_name else UNKNOWN_LEAD, ""]
    lines += [_("Thank you for your answers in {file}. We could not use them yet.", file=found.file), ""]
    lines += [f"- {_sentences(problem, language)}" for problem in found.problems]
    lines += ["", _("Please correct this and send the form or the letter again.")]
    lines += ["", _one_line(group)] if group else []
    return "\n".join(lines) + "\n"


def _sentences(problem: Problem, language: Language) -> str:
    """Return what is wrong and how to fix it: in a language, if csg knows the sentences in it."""
    message, hint = _in(language, problem.message), _in(language, problem.hint)
    return visible(f"{message[:1].upper()}{message[1:]}. {hint}", keep=RIGHT_TO_LEFT_MARK)


def _in(language: Language, text: str) -> str:
    if not isinstance(text, Sentence):
        return text
    values = {name: _in(language, value) if isinstance(value, str) else value for name, value in text.values.items()}
    return language.gettext(text.template, **values)


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()), keep=RIGHT_TO_LEFT_MARK)
