"""The progress report that a command changes or removes. A person at a terminal is asked for missing values."""

from collections.abc import Callable

from csg.cli.asking import ask, interactive, need
from csg.cli.report_target import no_report
from csg.editing import edits
from csg.model.workplan import Progress
from csg.problem import Problem, Refused
from csg.workspace import Workspace
from csg.workspace.plans import find_activity, find_period


def pick_report(
    workspace: Workspace, name: str, period: str | None, by: str | None, number: int | None
) -> Callable[[Workspace], tuple[int, Progress]]:
    """Return a function that finds the report in a workspace: its index, and the report. Ask for missing values."""
    directory, activity = workspace.directory, find_activity(workspace, name)
    reports = activity.progress
    if not reports and interactive():
        missing = Problem(
            "CSG305", f"no report on {activity.id}", hint=f"Run `csg progress add {activity.id}` to add one."
        )
        raise no_report(workspace, activity, Refused(missing))
    periods = list(dict.fromkeys(report.period for report in reports))
    authors = list(dict.fromkeys(report.by for report in reports))
    need({"period": period, "by": by}, period=", ".join(periods), by=", ".join(authors))
    only_period, only_author = (names[0] if len(names) == 1 else None for names in (periods, authors))
    in_period = ask(
        "period",
        period,
        label="Reporting period",
        kind="choice",
        choices=periods,
        default=only_period,
        read=lambda text: find_period(workspace, text).id,
    )
    author = ask(
        "by",
        by,
        label="Reported by",
        kind="choice",
        choices=authors,
        default=only_author,
        read=directory.resolve,
    )

    def find(fresh: Workspace) -> tuple[int, Progress]:
        try:
            index = edits.pick_report(fresh.plan, name, in_period, author, number)
        except Refused as refused:
            raise no_report(fresh, activity, refused, in_period, author) from None
        return index, fresh.plan.find(name).progress[index]

    return find
