"""``csg report``: the documents."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.display import Column, joined, note, show
from csg.cli.options import DryRunOption, FormatOption, complete_report

if TYPE_CHECKING:
    from csg.reports.output import Difference
    from csg.workspace import Workspace

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
    from csg.reports.render import reports

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
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a report is not what the data makes now.")
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Render the reports of the plan into reports/.

    What is already as the data makes it is left alone. A page that csg made and the data no longer makes is removed.
    The last plan's reports are at the top, an earlier plan's in a folder of its name.
    """
    from csg.checks import check as check_data
    from csg.problem import Refused, counted
    from csg.reports.documents import convert
    from csg.reports.output import differences, settle
    from csg.workspace.files import locked

    place = workspace()
    if errors := [problem for problem in check_data(place.snapshot()) if problem.severity == "error"]:
        raise Refused(*errors)
    texts = _every_year(place, list(names or ()))
    made = {path: text.encode("utf-8") for path, text in texts.items()} if to == "markdown" else convert(texts, to)
    root, folder = (output.absolute().resolve(), "") if output else (place.root, "reports/")
    with nullcontext() if check or dry_run else locked(place.root):
        every = not names and to == "markdown" and output is None and place.plan_name is None
        found = differences(root, folder, made, every=every)
        if found and not check and not dry_run:
            settle(root, folder, made, found)
    if not found:
        print(f"nothing to do: {counted(len(made), 'report')} {'is' if len(made) == 1 else 'are'} current")
    elif dry_run and to == "markdown":
        _print_diff(root, folder, made, found)
    else:
        for what, files in (("new", found.missing), ("changed", found.changed), ("gone", found.stale)):
            for file in files:
                print(f"{what}  {file}")
    if found and check:
        note("these reports are not what the data makes: run csg report render and commit what it writes")
        raise typer.Exit(1)


def _every_year(place: "Workspace", names: list[str]) -> dict[str, str]:
    """The reports of the plan that was asked for; of every year's where none was."""
    from csg.reports.render import render_reports

    years = [place] if place.plan_name else [place.other(name) for name in place.plan_files]
    return {path: text for year in years for path, text in render_reports(year, names).items()}


def _print_diff(root: Path, folder: str, made: dict[str, bytes], found: "Difference") -> None:
    from csg.problem import visible
    from csg.workspace.change import unified
    from csg.workspace.files import read_bytes

    for file in (*found.missing, *found.changed, *found.stale):
        before = "" if file in found.missing else read_bytes(root, file).decode("utf-8", "replace")
        after = made[file.removeprefix(folder)].decode("utf-8") if file not in found.stale else ""
        print(visible(unified(file, before, after)), end="")
