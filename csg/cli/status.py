"""``csg status``: the state of the plan today, and what needs doing."""

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import FormatOption, PeriodOption
from csg.problem import counted, visible
from csg.view.display import note, show, show_data

app = noun("Show the state of the plan today, and what needs doing.")


@command(app, "status")
def status(period: PeriodOption = None, format: FormatOption = "table") -> None:
    """Show the state of the plan today: reports, owed reports, overdue and off-track activities, next due dates."""
    from csg.checks import check
    from csg.view.period import objective_columns, objective_rows, period_data, period_page, total_row
    from csg.view.standing import owed_earlier, summary_today

    workspace = chosen_workspace()
    summary = summary_today(workspace, period)
    earlier = owed_earlier(workspace, summary.period)
    if format == "table":
        print(visible(period_page(summary, earlier)))
    elif format in ("json", "yaml"):
        show_data(period_data(summary, earlier), format)
    else:
        show([*objective_rows(summary), total_row(summary)], objective_columns(), format)
    errors = sum(problem.severity == "error" for problem in check(workspace.snapshot()))
    if errors:
        note(f"The data has {counted(errors, 'error')}. Run csg check to see them and how to fix them.")
