"""``csg progress collect``: read progress reports from filled forms and replies."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command
from csg.cli.options import DryRunOption, YesOption, day_meant
from csg.cli.progress import DateOption, app
from csg.view.display import note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csg.forms.answers.sheet import Answer
    from csg.forms.collect import Collected
    from csg.forms.home import Tags
    from csg.workspace import Workspace


@command(app, "collect")
def collect_reports(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Filled forms (.docx, .xlsx), mails (.eml), texts (.txt), issues (.md), or folders."
        ),
    ],
    date: DateOption = None,
    replies: Annotated[
        Path | None,
        typer.Option(
            "--replies", metavar="DIR", help="Write a letter in this folder for each file that needs a correction."
        ),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Read filled forms and replies, and add their answers to the plan as progress reports.

    csg shows the answers beside the plan, and writes them after you confirm. It takes all answers of a file or none.
    It asks about unclear answers at a terminal. Without a terminal, it lists them, and leaves the file out.
    """
    from csg.cli.asking import confirm
    from csg.forms.answers.read import answer_files
    from csg.forms.home import Tags
    from csg.problem import counted, visible
    from csg.view.collected import collected_text

    current = chosen_workspace()
    tags = Tags(current)
    collected = _read(current, tags, answer_files(files), date, asking=not yes)
    for result in collected:
        if result.reports or result.known:
            print(visible(collected_text(current, tags.plans, result)))
    number = sum(len(result.reports) for result in collected)
    _note_problems(collected)
    if replies and any(result.problems for result in collected):
        _write_replies(current, collected, replies, dry_run=dry_run)
    if not number:
        if any(result.problems for result in collected):
            raise typer.Exit(1)
        note("Nothing to write: the files have no new answers.")
        return
    if not dry_run:
        confirm(f"Add {counted(number, 'progress report')} to the plan?", yes)
    _write(current, collected, dry_run=dry_run)


def _read(
    current: "Workspace", tags: "Tags", files: list[Path], date: str | None, *, asking: bool
) -> "list[Collected]":
    """Return the result of each file, with the contradictions between files and the reports that have errors."""
    import datetime

    from csg.cli.asking import interactive
    from csg.forms.acceptable import without_refused
    from csg.forms.answers.read import read_sheets
    from csg.forms.collect import Collected, collect
    from csg.forms.contradictions import contradictions
    from csg.forms.questions import Codes
    from csg.problem import Refused
    from csg.view.progress_bar import progress_bar

    codes = Codes(activity for plan in tags.plans.values() for activity in plan.activities())
    day = day_meant(date) if date else datetime.date.today()
    ask = _ask_status if asking and interactive() else _nobody
    collected = []
    with progress_bar("Reading") as done:
        for path in files:
            for sheet in read_sheets(path, codes):
                if isinstance(sheet, Refused):
                    collected.append(Collected(path.name, "", (), (), sheet.problems))
                else:
                    collected.append(collect(current, tags, sheet, day, ask))
            done()
    return without_refused(current, contradictions(collected))


def _nobody(question: str, answer: "Answer") -> None:
    """Return no status, without asking."""


def _ask_status(question: str, answer: "Answer") -> str | None:  # noqa: ARG001
    """Ask a person at the terminal for the status. Return None to leave the file out."""
    from csg.cli.asking import ask
    from csg.model.names import STATUSES, status_meant
    from csg.problem import visible

    label = f"{visible(question)}. Its status (Enter to leave the file out)"
    chosen = ask("status", None, label=label, kind="choice", choices=STATUSES, optional=True, read=status_meant)
    return str(chosen) if chosen else None


def _note_problems(collected: "Iterable[Collected]") -> None:
    from csg.problem import visible

    for result in collected:
        for problem in result.problems:
            note(visible(str(problem), keep=""))
        if result.reports:
            for aside in result.asides:
                note(visible(f"{result.file}: not taken: {aside}", keep=""))
        if not (result.reports or result.known or result.problems):
            note(visible(f"{result.file}: no answers", keep=""))
        elif result.known and not result.reports and not result.problems:
            note(visible(f"{result.file}: the plan has these answers already", keep=""))


def _write(current: "Workspace", collected: "list[Collected]", *, dry_run: bool) -> None:
    """Write the reports of all files in one step. Raise Refused if the plan cannot take them."""
    from csg.editing.change import change_files
    from csg.forms.acceptable import report_edits
    from csg.problem import counted, visible

    wanted = [result for result in collected if result.reports]
    reports = [new for result in wanted for new in result.reports]
    changes = change_files(current, partial(report_edits, reports=reports), dry_run=dry_run)
    if dry_run:
        for change in changes:
            print(visible(change.diff()), end="")
    for warning in dict.fromkeys(warning for change in changes for warning in change.warnings):
        note(str(warning))
    number = counted(len(reports), "progress report")
    note(f"{'Would add' if dry_run else 'Added'} {number} from {counted(len(wanted), 'file')}.")


def _write_replies(current: "Workspace", collected: "list[Collected]", folder: Path, *, dry_run: bool) -> None:
    """Write a letter for each file with problems, which says what to fix."""
    from csg.forms.replies import reply_files
    from csg.problem import counted
    from csg.workspace.contacts import read_contacts
    from csg.workspace.files import write_files
    from csg.workspace.output_folder import output_folder

    root, prefix = output_folder(current.root, folder)
    files = reply_files(current, collected, read_contacts(current.root))
    if not dry_run:
        write_files(root, {f"{prefix}{name}": content for name, content in files.items()})
    letters = counted(len(files) // 2, "reply letter")  # each as a mail and as a text
    note(f"{'Would write' if dry_run else 'Written'}: {letters} in {folder}.")
