"""``csg progress add``: ask for the missing values of a new progress report, and write it."""

from collections.abc import Iterable
from datetime import date as day
from typing import Any, NamedTuple

from csg.cli.asking import ask, interactive, need
from csg.cli.changing import answer_checker, finish, page_of
from csg.cli.report_author import ask_activity, confirm_author
from csg.cli.report_target import target_of
from csg.cli.second_report import agrees_to_another, is_follow_up, require_first_report, warn_of_far_date
from csg.cli.values import answered_values, new_values
from csg.editing import edits
from csg.model.names import STATUSES, TROUBLED, status_meant
from csg.model.reporting import current_period
from csg.model.workplan import Progress
from csg.source.data_edits import Edit
from csg.view.display import joined, note
from csg.workspace import Workspace
from csg.workspace.plans import find_activity, find_period
from csg.workspace.schema import validated


class NewReport(NamedTuple):
    """The values of a new report on the command line; None for a value that is not given."""

    period: str | None
    by: str | None
    status: str | None
    summary: str | None
    needs: str | None
    next_steps: str | None
    evidence: list[str] | None
    value: list[str] | None
    date: str | None


def run_add(workspace: Workspace, name: str | None, values: NewReport, *, another: bool, dry_run: bool) -> None:
    """Add a progress report to an activity. Ask for the values that are missing."""
    period, by, status, summary, needs, next_steps, evidence, value, date = values
    plan, directory = workspace.plan, workspace.directory
    activity = find_activity(workspace, name) if name else ask_activity(workspace)
    current = current_period(plan, directory, day.today(), workspace.group.secretariat)
    periods = [part.id for part in plan.periods]
    required = {"period": period, "by": by, "status": status, "summary": summary}
    need(required, period=", ".join(periods), by=", ".join(activity.leads), status=", ".join(STATUSES))
    # Check the given values before the first question, so that no person types answers for nothing.
    leads = activity.leads
    sample: dict[str, Any] = {
        "period": periods[0] if periods else "-",
        "by": leads[0] if leads else next(iter(directory), "-"),
        "date": day.today(),
        "status": STATUSES[0],
        "summary": "-",
    }
    given = {"status": status, "date": date, "evidence": evidence, "values": new_values(value or (), activity)}
    validated(Progress, {**sample, **{key: value for key, value in given.items() if value}})

    def period_of(text: str) -> str:
        return find_period(workspace, text).id

    for text, read in ((period, period_of), (by, directory.resolve)):
        if text is not None:
            read(text)
    asking = interactive() and None in required.values()
    if asking:
        note(f"{activity.id}  {activity.title} ({joined(leads)})")
        given |= {"summary": summary, "needs": needs, "next_steps": next_steps}
        sample |= {key: value for key, value in given.items() if value}

    def write(fresh: Workspace, fields: dict[str, Any]) -> Iterable[Edit]:
        return edits.add_report(fresh.plan, activity.id, validated(Progress, fields))

    checked = answer_checker(workspace, write, sample, asking=asking)
    now, nothing = current.id if current else None, None if asking else ""
    in_period = ask(
        "period",
        period,
        label="Reporting period",
        kind="choice",
        choices=periods,
        default=now,
        read=checked("period", period_of),
    )
    target, activity = target_of(workspace, activity, plan.period(in_period))
    if target is not workspace:
        workspace, leads = target, activity.leads
        checked = answer_checker(workspace, write, {**sample, "period": in_period}, asking=asking)
    only = leads[0] if len(leads) == 1 else None
    author = ask(
        "by",
        by,
        label="Reported by",
        kind="choice",
        choices=leads,
        words=tuple(directory),
        default=only,
        read=checked("by", directory.resolve),
    )
    confirm_author(workspace, activity, author)
    another = (
        another
        or agrees_to_another(workspace, activity.id, in_period, author)
        or is_follow_up(workspace, activity.id, in_period, author, date)
    )
    how = ask(
        "status", status, label="The status", kind="choice", choices=STATUSES, read=checked("status", status_meant)
    )
    indicators = [f"{indicator.id}=" for indicator in activity.indicators]
    report = {
        "period": in_period,
        "by": author,
        "date": date or day.today(),
        "status": how,
        "summary": ask(
            "summary", summary, label="What was done (summary)", kind="text", editor=True, read=checked("summary")
        ),
        "needs": ask(
            "needs",
            needs if needs is not None or (asking and how in TROUBLED) else "",
            label="The decision or help that is needed, and from whom (Enter for none)",
            kind="text",
            optional=True,
            read=checked("needs"),
        ),
        "next_steps": ask(
            "next steps",
            nothing if next_steps is None else next_steps,
            label="Next steps (Enter for none)",
            kind="text",
            optional=True,
            read=checked("next_steps"),
        ),
        "evidence": evidence
        or ask(
            "evidence",
            nothing,
            label="Web links that show the work, separated by spaces (Enter for none)",
            kind="short",
            optional=True,
            split=str.split,
            read=checked("evidence", str.split),
        ),
        "values": new_values(value or (), activity)
        or ask(
            "value",
            nothing if indicators else "",
            label=f"Totals since the plan began: {'N '.join(indicators)}N (Enter for none)",
            kind="short",
            words=indicators,
            optional=True,
            split=str.split,
            read=checked("values", lambda text: answered_values(text, activity)),
        ),
    }

    def write_first(fresh: Workspace) -> Iterable[Edit]:
        if not another:
            require_first_report(fresh, activity.id, report)
        return write(fresh, report)

    finish(workspace, write_first, page_of(activity.id), dry_run=dry_run)
    warn_of_far_date(workspace, date)
