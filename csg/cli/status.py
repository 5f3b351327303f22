"""``csg status``: where the plan is today, and what needs doing."""

from csg.cli.app import command, noun, workspace
from csg.cli.options import FormatOption, PeriodOption
from csg.problem import counted, visible
from csg.view.display import note, show, show_data

app = noun("Where the plan is today, and what needs doing.")


@command(app, "status")
def status(period: PeriodOption = None, format: FormatOption = "table") -> None:
    """Show where the plan is today: what is overdue, reported, owed and by whom, off track, and due next."""
    from csg.checks import check
    from csg.view.period import objective_columns, objective_rows, period_data, period_page
    from csg.view.standing import owed_earlier, summary_today

    place = workspace()
    summary, earlier = summary_today(place, period), owed_earlier(place)
    if format == "table":
        print(visible(period_page(summary, earlier)))
    elif format in ("json", "yaml"):
        show_data(period_data(summary, earlier), format)
    else:
        show(objective_rows(summary), objective_columns(summary), format)
    errors = sum(problem.severity == "error" for problem in check(place.snapshot()))
    if errors:
        note(f"The data has {counted(errors, 'error')}. Run csg check to see them and how to fix them.")
