"""``csg report``: documents from the data."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.completion import complete_lead, complete_report
from csg.cli.options import DryRunOption, FormatOption, OnOption, day_meant
from csg.problem import counted, shown, visible
from csg.view.display import Column, joined, note, show

if TYPE_CHECKING:
    from csg.documents.output import Outcome
    from csg.documents.render import Format

app = noun("Documents: the workplan table, the progress reports, a page for each lead, the members.")

REPORT_COLUMNS = (
    Column("Report", lambda row: row["report"]),
    Column("Template", lambda row: row["template"]),
    Column("Documents", lambda row: joined(row["documents"]), wraps=True),
)


@command(app, "list")
def list_reports(format: FormatOption = "table") -> None:
    """List the reports that csg can render, with their templates and documents."""
    from csg.documents.catalogue import reports

    rows = [
        {
            "report": report.name,
            "template": report.template or "comes with csg",
            "documents": report.documents,
        }
        for report in reports(chosen_workspace())
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
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT,…",
            help="markdown, html, docx, pdf, xlsx (workbook), pptx (slides), ics (calendar); separate several with"
            " commas [default: markdown]",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="The folder [default: reports/ for markdown, otherwise documents/]"
        ),
    ] = None,
    on: OnOption = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since",
            metavar="DATE",
            parser=day_meant,
            help="For the report meeting: show changes from this day on [default: the last meeting]",
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="CODE", help="The language [default: the language of the data]")
    ] = None,
    lead: Annotated[
        str | None,
        typer.Option(
            "--lead",
            metavar="NAME",
            autocompletion=complete_lead,
            help="For the calendar: only the dates of this lead.",
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing. Fail if a report is out of date.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also replace files that csg did not make.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing and exit 1 if no font has a character.")
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Render the documents of the plans: Markdown into reports/, other formats into documents/.

    The documents of each plan are in a folder with the plan's name. Without a NAME, csg renders the documents of all
    plans. A NAME is a document of the last plan, or of the plan that --plan chooses. Documents that are up to date are
    not written. csg removes its pages that the data no longer has. It replaces a file that it did not make only with
    --force.
    """
    from csg.checks import errors_in
    from csg.cli.languages import chosen_language
    from csg.documents.output import render_to
    from csg.documents.render import Wanted
    from csg.problem import Refused
    from csg.view.progress_bar import progress_bar

    current = chosen_workspace()
    formats = _formats(to, names or [])
    for option, value, report in (("--lead", lead, "calendar"), ("--since", since, "meeting")):
        if value and report not in map(str.casefold, names or ()):
            raise typer.BadParameter(f"only the report {report} has this option.", param_hint=option)
    if errors := errors_in(current.snapshot()):
        raise Refused(*errors)
    wanted = Wanted(tuple(names or ()), on, since, lead=lead)
    language = chosen_language(current.group, lang)
    wanted = wanted._replace(language=language.code if language else None)
    with progress_bar("Rendering") as done:
        outcomes = render_to(
            current, wanted, formats, output, write=not (check or dry_run), force=force, strict=strict, done=done
        )
    _print_outcomes(outcomes, dry_run=dry_run)
    if check and any(outcome.differences for outcome in outcomes):
        note("These reports are out of date. Run `csg report render`, and commit the files that it writes.")
        raise typer.Exit(1)


def _formats(to: str | None, names: Sequence[str]) -> list["Format"]:
    """Return the formats of --to; without it, the first format of each report that is named, or Markdown.

    Raise BadParameter for an unknown format, or one that a report does not have.
    """
    from csg.documents.render import FORMATS, formats_of

    if to is None:
        return list(dict.fromkeys(formats_of(name)[0] for name in names)) or ["markdown"]
    wanted = [name.strip().casefold() for name in to.split(",") if name.strip()]
    formats = [name for name in FORMATS if name in wanted]
    if not wanted or set(wanted) - set(FORMATS):
        unknown = ", ".join(sorted(set(wanted) - set(FORMATS))) or to
        raise typer.BadParameter(f"no format '{shown(unknown)}'. Choose from {', '.join(FORMATS)}.", param_hint="--to")
    for name in names:
        if missing := [wanted_format for wanted_format in formats if wanted_format not in formats_of(name)]:
            message = f"{shown(name)} has no format {missing[0]}. Choose from {', '.join(formats_of(name))}."
            raise typer.BadParameter(message, param_hint="--to")
    return formats


def _print_outcomes(outcomes: "list[Outcome]", *, dry_run: bool) -> None:
    """Print the files that differ, and the characters that are printed as codes."""
    from csg.documents.output import codes_of

    for outcome in outcomes:
        for file, characters in outcome.without_font.items():
            note(f"{file}: no font has these characters, so their codes are printed: {codes_of(characters)}")
        if dry_run and outcome.to == "markdown":
            _print_diff(outcome)
            continue
        for line in outcome.differences.lines():
            print(line)
    if not any(outcome.differences for outcome in outcomes):
        number = sum(len(outcome.files) for outcome in outcomes)
        print(f"Nothing to do: {counted(number, 'file')} {'is' if number == 1 else 'are'} up to date.")


def _print_diff(outcome: "Outcome") -> None:
    from csg.editing.change import unified
    from csg.workspace.files import read_bytes

    missing, changed, stale = outcome.differences
    for file in (*missing, *changed, *stale):
        before = "" if file in missing else read_bytes(outcome.root, file).decode("utf-8", "replace")
        after = "" if file in stale else outcome.files[file.removeprefix(outcome.folder)].decode("utf-8")
        print(visible(unified(file, before, after)), end="")
