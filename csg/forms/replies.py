"""The letter to a lead whose answers could not be taken: it says what to fix."""

import re
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from email.policy import SMTP

from csg.forms.collect import Collected
from csg.forms.letters import header_text
from csg.forms.request import lead_language
from csg.language import Language
from csg.problem import visible
from csg.workspace import Workspace


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
        text = reply_text(found, language)
        message = EmailMessage(policy=SMTP)
        message["Subject"] = header_text(visible(language.gettext("Please send your answers again"), keep=""))
        if addresses := contacts.get(found.lead.casefold(), ()):
            message["To"] = ", ".join(map(header_text, addresses))
        message["X-Unsent"] = "1"
        message.set_content(text, cte="quoted-printable")
        files[f"{name}.txt"] = text.encode("utf-8")
        files[f"{name}.eml"] = message.as_bytes()
    return files


def reply_text(found: Collected, language: Language) -> str:
    """Return the letter: what could not be read, and what to do."""
    _ = language.gettext
    lines = [_("Thank you for your answers in {file}. We could not use them yet.", file=found.file), ""]
    lines += [f"- {visible(f'{problem.message}. {problem.hint}', keep='')}" for problem in found.problems]
    lines += ["", _("Please correct this and send the form or the letter again.")]
    return "\n".join(lines) + "\n"
