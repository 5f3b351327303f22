"""``csg report``: the documents."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.completion import complete_report
from csg.cli.options import DryRunOption, FormatOption
from csg.view.display import Column, joined, note, show

if TYPE_CHECKING:
    from csg.documents.output import Outcome

app = noun("The documents: the workplan table, the progress reports, a page for each lead, the members.")

REPORT_COLUMNS = (
    Column("Report", lambda row: row["report"]),
    Column("Template", lambda row: row["template"]),
    Column("Documents", lambda row: joined(row["documents"]), wraps=True),
)
To = Literal["markdown", "html", "docx", "pdf"]


@command(app, "list")
def list_reports(format: FormatOption = "table") -> None:
    """List the reports that can be rendered, the template of each and the documents it makes."""
    from csg.documents.render import reports

    rows = [
        {
            "report": report.name,
            "template": f"templates/{report.template}" if report.own else "comes with csg",
            "documents": report.documents,
        }
        for report in reports(workspace())
    ]
    show(rows, REPORT_COLUMNS, format)


@command(app, "render")
def render_reports(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]…", autocompletion=complete_report, help="workplan, progress-mid, INPUD … [default: all]"
        ),
    ] = None,
    to: Annotated[To, typer.Option("--to", help="What to make of it.")] = "markdown",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Where to write [default: reports/ of the workspace]"),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Show what is late on this day [default: on the due date of each period]",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a report is not what the data makes now.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that csg did not make, too.")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Render the reports of the plan into reports/.

    What is already as the data makes it is left alone. A page that csg made and the data no longer makes is removed.
    A file that csg did not make is replaced only with --force.
    The last plan's reports are at the top, an earlier plan's in a folder of its name; those that are named are of the
    last plan, or of the one that --plan chooses.
    """
    from csg.checks import check as check_data
    from csg.documents.output import render_to
    from csg.problem import Refused, counted, visible

    place = workspace()
    if errors := [problem for problem in check_data(place.snapshot()) if problem.severity == "error"]:
        raise Refused(*errors)
    day = on.date() if on else None
    outcome = render_to(place, list(names or ()), to, output, day, write=not (check or dry_run), force=force)
    for file, characters in outcome.without_font.items():
        codes = ", ".join(f"[U+{ord(character):04X}]" for character in characters)
        note(f"{file}: no font has these characters, so their codes are printed: {codes}")
    if not outcome.found:
        number = len(outcome.made)
        print(f"nothing to do: {counted(number, 'report')} {'is' if number == 1 else 'are'} current")
    elif dry_run and to == "markdown":
        _print_diff(outcome)
    else:
        for what, files in zip(("new", "changed", "gone"), outcome.found, strict=True):
            for file in files:
                print(visible(f"{what}  {file}", keep=""))
    if outcome.found and check:
        note("these reports are not what the data makes: run csg report render and commit what it writes")
        raise typer.Exit(1)


def _print_diff(outcome: "Outcome") -> None:
    from csg.editing.change import unified
    from csg.problem import visible
    from csg.workspace.files import read_bytes

    missing, changed, stale = outcome.found
    for file in (*missing, *changed, *stale):
        before = "" if file in missing else read_bytes(outcome.root, file).decode("utf-8", "replace")
        after = "" if file in stale else outcome.made[file.removeprefix(outcome.folder)].decode("utf-8")
        print(visible(unified(file, before, after)), end="")
