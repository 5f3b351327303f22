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
    from csg.forms.collect import Collected, Tags
    from csg.model.workplan import Progress
    from csg.problem import Problem, Refused
    from csg.source.data_edits import Edit
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
    from csg.forms.collect import Tags
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
    """Return the result of each file, with the contradictions between files."""
    import datetime

    from csg.cli.asking import interactive
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
    return contradictions(collected)


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
    """Write the reports in one step, without those of files that are refused. Raise Refused if all are refused."""
    from csg.editing.change import change_files
    from csg.problem import Refused, counted, visible

    wanted = [result for result in collected if result.reports]
    refused: list[Problem] = []
    try:
        changes = change_files(current, partial(_edits, wanted=wanted), dry_run=dry_run)
    except Refused as refusal:
        wanted, refused = _without_refused(current, wanted, refusal)
        if not wanted:
            raise Refused(*refused) from None
        changes = change_files(current.refreshed(), partial(_edits, wanted=wanted), dry_run=dry_run)
    if dry_run:
        for change in changes:
            print(visible(change.diff()), end="")
    for warning in dict.fromkeys(warning for change in changes for warning in change.warnings):
        note(str(warning))
    for problem in refused:
        note(visible(str(problem), keep=""))
    number = counted(sum(len(result.reports) for result in wanted), "progress report")
    note(f"{'Would add' if dry_run else 'Added'} {number} from {counted(len(wanted), 'file')}.")


def _without_refused(
    current: "Workspace", wanted: "list[Collected]", refusal: "Refused"
) -> "tuple[list[Collected], list[Problem]]":
    """Return the files without those that are refused, and their problems. Halves are tried: most files are sound."""
    from csg.editing.change import change_files
    from csg.problem import Refused

    if len(wanted) == 1:
        return [], [problem._replace(file=wanted[0].file, line=0, column=0) for problem in refusal.problems]
    sound: list[Collected] = []
    refused: list[Problem] = []
    middle = len(wanted) // 2
    for half in (wanted[:middle], wanted[middle:]):
        try:
            change_files(current, partial(_edits, wanted=half), dry_run=True)
            sound += half
        except Refused as another:
            kept, problems = _without_refused(current, half, another)
            sound += kept
            refused += problems
    return sound, refused


def _edits(fresh: "Workspace", wanted: "list[Collected]") -> "dict[str, Iterable[Edit]]":
    from csg.editing import edits

    by_plan: dict[str, list[tuple[str, Progress]]] = {}
    for result in wanted:
        for new in result.reports:
            by_plan.setdefault(new.plan, []).append((new.activity, new.report))
    for reports in by_plan.values():  # in the order of the leads, whatever the names of the files
        reports.sort(key=lambda entry: entry[1].by.casefold())
    return {
        fresh.with_plan(name).plan_file: edits.add_reports(fresh.with_plan(name).plan, reports)
        for name, reports in by_plan.items()
    }


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
    note(f"{'Would write' if dry_run else 'Written'}: {counted(len(files), 'reply letter')} in {folder}.")
