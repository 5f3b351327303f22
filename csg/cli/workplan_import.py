"""``csg workplan import``: a table from a file becomes a new plan, once it is shown what csg understood."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csg.cli.asking import Wrong, ask, confirm, interactive
from csg.cli.typed import forget_answers
from csg.editing.new_workspace import new_periods, plan_name
from csg.editing.next_year import carried_periods
from csg.forms.plan_import import (
    Answers,
    LeadReader,
    NearLead,
    ReportText,
    new_plan,
    report_of,
    report_texts,
    require_clear_leads,
    stated_status,
)
from csg.forms.plan_records import PlanRows
from csg.forms.plan_rows import plan_rows
from csg.forms.tables.read import read_tables
from csg.forms.tables.table import Remark
from csg.forms.write_plan import check_is_new, write_plan
from csg.model.fields import workplan_model
from csg.model.names import STATUSES
from csg.model.workplan import Period, Progress, Workplan
from csg.problem import Problem, Refused, counted, shown, visible
from csg.view.display import note
from csg.view.new_plan import new_plan_texts
from csg.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SHOWN = 300
"""Characters of a text that could not be placed that are shown."""


class Request(NamedTuple):
    """The import that the command line asks for."""

    file: Path
    name: str
    period: str | None


def run_import(workspace: Workspace, request: Request, *, yes: bool, dry_run: bool) -> None:
    """Import a plan. Raises Refused, with nothing written, if the file, the request or the workspace is at fault."""
    check_is_new(workspace, plan_name(request.name))
    model = workplan_model(workspace.group.fields)
    periods = carried_periods(workspace.plan) if workspace.plan_files else new_periods(("mid", "end"))
    period = _period(periods, request.period)
    rows = plan_rows(
        read_tables(request.file), workspace.group, model.activity_model, has_partner=workspace.has_partner
    )
    _show_counts(request.file, rows)
    leads = LeadReader(workspace.directory)
    known = _ask_for_leads(workspace, list(leads.near(rows)))
    reports = _ask_for_reports(workspace, report_texts(rows, leads, known), period) if period else {}
    plan, unplaced = new_plan(request.name, periods, rows, leads, Answers(known, reports), model)
    _show_unplaced((*unplaced, *rows.unplaced), period)
    positions = {activity.id: activity.position for activity in rows.activities()}
    change = write_plan(workspace, plan, request.file.name, positions, dry_run=True)
    if dry_run:
        print(visible(change.diff()), end="")
        return
    confirm(f"Write {change.file}?", yes)
    change = write_plan(workspace, plan, request.file.name, positions, dry_run=False)
    forget_answers()
    print(visible(f"new   {change.file}", keep=""))
    for text in new_plan_texts(workspace, request.name):
        note(text)


def _period(periods: Iterable[Period], name: str | None) -> str | None:
    if name is None:
        return None
    return Workplan(workplan="new", title="the new plan", periods=tuple(periods), objectives=()).period(name).id


def _show_counts(file: Path, rows: PlanRows) -> None:
    objectives, activities = len(rows.objectives), sum(1 for _ in rows.activities())
    note(f"{shown(file.name)}: {counted(objectives, 'objective')} and {counted(activities, 'activity')}")
    for decision in rows.decisions:
        note(f"  {decision.position}: {decision.text}")


def _show_unplaced(remarks: Iterable[Remark], period: str | None) -> None:
    """List the text of the file that is not in the plan, with its position; the same text in many positions once."""
    positions: dict[str, list[str]] = {}
    for remark in remarks:
        positions.setdefault(remark.text, []).append(remark.position)
    if not positions:
        return
    note("Not placed in the plan:")
    for text, found in positions.items():
        more = f" and {counted(len(found) - 1, 'other position')}" if len(found) > 1 else ""
        note(f"  {found[0]}{more}: {shown(text.replace(chr(10), ' / '), LONGEST_SHOWN)}")
    if period is None and any(text.startswith("progress report of ") for text in positions):
        note("To import progress reports too, add --period and the id of a period.")


def _ask_for_leads(workspace: Workspace, near: list[NearLead]) -> dict[str, str]:
    """Return the name that each unclear piece of a lead cell means, as a person says; empty to leave it out."""
    if not interactive():
        require_clear_leads(near)
    answers: dict[str, str] = {}
    for lead in near:
        note(f"{lead.position}: activity {lead.activity} has the unknown lead '{shown(lead.text)}'. {lead.hint}")
        answers[lead.text] = (
            ask(
                f"lead {lead.text}",
                None,
                label=f"Its name, or - to leave it out [{lead.id}]",
                kind="choice",
                words=tuple(workspace.directory),
                read=_name_or_nothing(workspace),
                optional=True,
            )
            or lead.id
        )
    return {text: "" if name == "-" else name for text, name in answers.items()}


def _name_or_nothing(workspace: Workspace) -> "Callable[[str], str]":
    return lambda text: text if text in ("", "-") else workspace.directory.resolve(text)


def _ask_for_reports(workspace: Workspace, texts: Iterable[ReportText], period: str) -> dict[str, Progress]:
    """Return the report that each text becomes: with the status that it states, or that a person gives."""
    reports: dict[str, Progress] = {}
    for text in texts:
        activity = text.activity
        stated = stated_status(text.text)
        if not interactive() and (stated is None or len(text.leads) != 1):
            missing = "status" if stated is None else "author"
            message = f"{activity.position}: the report on activity {activity.id} states no {missing}"
            raise Wrong(f"{message}. Run the command at a terminal to be asked, or leave --period out.")
        note(f"\n{activity.position}, activity {activity.id}: {text.text}")
        status = stated or _ask_for_status()
        if status == "-":
            continue
        author = text.leads[0] if len(text.leads) == 1 else _ask_for_author(workspace, text.leads)
        reports[activity.id] = report_of(text, period, author, status)
    return reports


def _ask_for_status() -> str:
    def status(text: str) -> str:
        from csg.model.names import status_meant

        meant = "-" if text == "-" else status_meant(text)
        if meant not in (*STATUSES, "-"):
            hint = f"Type {', '.join(STATUSES)}, or - to leave the report out."
            raise Refused(Problem("CSG123", f"status cannot be '{shown(text)}'", hint=hint))
        return meant

    label = "The status of this report, or - to leave it out"
    answer: str = ask("status", None, label=label, kind="choice", choices=STATUSES, read=status)
    return answer


def _ask_for_author(workspace: Workspace, leads: tuple[str, ...]) -> str:
    resolve, words = workspace.directory.resolve, tuple(workspace.directory)
    author: str = ask("by", None, label="Reported by", kind="choice", choices=leads, words=words, read=resolve)
    return author
