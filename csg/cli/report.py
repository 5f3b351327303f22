"""``csg report``: the documents."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.display import Column, joined, note, show
from csg.cli.options import DryRunOption, FormatOption

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
            "documents": [job.path for job in report.jobs],
        }
        for report in reports(workspace())
    ]
    show(rows, REPORT_COLUMNS, format)


@command(app, "render")
def render_reports(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]…", help="workplan, progress-mid … [default: all]")
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
    """
    from csg.reports.documents import convert
    from csg.reports.output import differences, settle
    from csg.reports.render import render_reports

    place = workspace()
    texts = render_reports(place, list(names or ()))
    made = {path: text.encode("utf-8") for path, text in texts.items()} if to == "markdown" else convert(texts, to)
    root, folder = (output.absolute().resolve(), "") if output else (place.root, "reports/")
    found = differences(root, folder, made, every=not names and to == "markdown")
    if not found:
        print(f"nothing to do: {len(made)} reports are current")
        return
    for what, files in (("new", found.missing), ("changed", found.changed), ("gone", found.stale)):
        for file in files:
            print(f"{what}  {file}")
    if check:
        note("these reports are not what the data makes: run csg report render and commit what it writes")
        raise typer.Exit(1)
    if not dry_run:
        settle(root, folder, made, found)
