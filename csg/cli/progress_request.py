"""``csg progress request``: a letter and a form for each lead that owes a report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import chosen_workspace, command
from csg.cli.completion import complete_lead
from csg.cli.options import DryRunOption, PeriodOption
from csg.cli.progress import app
from csg.problem import listed
from csg.view.display import Column, note, show

if TYPE_CHECKING:
    from csg.forms.request import Form
    from csg.workspace import Workspace

COLUMNS = (
    Column("Lead", lambda row: row["lead"]),
    Column("Activities", lambda row: ", ".join(row["activities"])),
    Column("Language", lambda row: row["language"]),
    Column("Recipient", lambda row: row["recipient"]),
)


@command(app, "request")
def request_reports(
    period: PeriodOption = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead", metavar="NAME", autocompletion=complete_lead, help="Write only to this lead. Can be repeated."
        ),
    ] = None,
    to: Annotated[Literal["docx", "xlsx"], typer.Option("--to", help="The kind of form.")] = "docx",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="The folder [default: documents/letters]"),
    ] = None,
    reminder: Annotated[
        bool, typer.Option("--reminder", help="Write reminders to the leads that still owe a report.")
    ] = False,
    with_groups: Annotated[
        bool,
        typer.Option("--with-groups", help="Add the reports that a member's groups owe to its letter, as optional."),
    ] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="CODE", help="The language [default: the lead's first language]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace letters and forms that differ.")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write a letter and a form for each lead that owes a report.

    Each letter is a draft for a mail program (.eml), with the form attached, and a text to paste (.txt). The lead
    answers in the form or in a reply, and `csg progress collect` reads both. Addresses come from
    private/contacts.yaml, which git ignores: INPUD: office@example.org.
    """
    from csg.cli.languages import chosen_language
    from csg.forms.request import forms_for
    from csg.view.standing import summary_today

    current = chosen_workspace()
    summary = summary_today(current, period)
    leads = [current.directory.entry(name).id for name in lead or ()]
    forms = forms_for(
        summary,
        current.directory,
        current.group,
        leads=leads,
        language=chosen_language(current.group, lang),
        with_groups=with_groups,
        is_reminder=reminder,
    )
    if not forms:
        note(f"Nothing to do: no report of {summary.period.name} is owed{' by ' + listed(leads) if leads else ''}.")
        return
    _write(current, forms, to, output, force=force, dry_run=dry_run)


def _write(
    current: "Workspace", forms: "list[Form]", to: str, output: Path | None, *, force: bool, dry_run: bool
) -> None:
    """Write the letters and forms, and show a table of them. Raise Refused if a file exists with other content."""
    from csg.forms.letter_files import is_own_draft, letter_files
    from csg.problem import Problem, Refused, counted, visible
    from csg.workspace.contacts import CONTACTS, read_contacts, unknown_contacts
    from csg.workspace.files import exists, read_bytes, write_files
    from csg.workspace.output_folder import output_folder

    _refuse_tracked(current.root)
    contacts = read_contacts(current.root)
    root, folder = output_folder(current.root, output) if output else (current.root, "documents/letters/")
    rows: list[dict[str, object]] = []
    files: dict[str, bytes] = {}
    drafts: dict[str, Form] = {}
    for form in forms:
        addresses = contacts.get(form.lead.casefold(), ())
        lead_files = letter_files(form, to, addresses)
        files |= {f"{folder}{name}": content for name, content in lead_files.items()}
        drafts |= {f"{folder}{name}": form for name in lead_files if name.endswith(".eml")}
        rows.append({
            "lead": form.lead,
            "activities": [asked.activity.id for asked in form.activities],
            "language": form.language.code,
            "recipient": ", ".join(addresses) or "none",
        })  # fmt: skip
    if output is None:
        files["documents/.gitignore"] = b"*\n"
    differing = [name for name, content in files.items() if exists(root, name) and read_bytes(root, name) != content]
    differing = [name for name in differing if not name.endswith(".gitignore")]
    kept = [name for name in differing if name not in drafts or not is_own_draft(drafts[name], read_bytes(root, name))]
    if kept and not force:
        hint = "A form can have answers in it. Choose another folder with --output, or replace it with --force."
        message = "this file exists already, and it differs"
        if len(kept) > 1:
            message = f"this file and {counted(len(kept) - 1, 'other file')} exist already, and differ"
        raise Refused(Problem("CSG605", message, kept[0], hint=hint))
    new = {name: content for name, content in files.items() if not exists(root, name) or name in differing}
    if not dry_run:
        write_files(root, dict(new))
    show(rows, COLUMNS, "table")
    if not contacts:
        note(f"The letters have no recipient, because there is no {CONTACTS}.")
    for text in unknown_contacts(contacts, current.directory):
        note(visible(text, keep=""))
    where = f"in {folder or root}"
    verb = "Would write" if dry_run else "Written"
    written, every = (sum(not name.endswith(".gitignore") for name in names) for names in (new, files))
    note(visible(f"{verb}: {counted(written, 'file')} {where}; {every - written} are up to date."))


def _refuse_tracked(root: Path) -> None:
    """Raise Refused if the addresses are under version control."""
    from csg.history.git import is_tracked
    from csg.problem import Problem, Refused
    from csg.workspace.contacts import CONTACTS
    from csg.workspace.files import exists

    if exists(root, CONTACTS) and is_tracked(root, CONTACTS):
        hint = f"Run `git rm --cached {CONTACTS}`, and commit. The addresses are in the history until it is rewritten."
        raise Refused(Problem("CSG804", "git tracks this file of addresses", CONTACTS, hint=hint))
