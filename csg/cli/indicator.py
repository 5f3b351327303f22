"""``csg indicator``: the numbers that show the progress of an activity."""

from typing import Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.completion import complete_activity, complete_indicator
from csg.cli.options import DryRunOption, FormatOption, PeriodOption, YesOption
from csg.view.display import show

app = noun("The indicators of activities: what is counted, the target, and the values so far.")

IndicatorArgument = Annotated[
    str, typer.Argument(metavar="INDICATOR", autocompletion=complete_indicator, help="The id of the indicator: places")
]
ActivityOfIndicator = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=complete_activity, help="The id of the activity: 2.4")
]


@command(app, "list")
def list_indicators(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", autocompletion=complete_activity, help="The id of an activity [default: all]"),
    ] = None,
    period: PeriodOption = None,
    format: FormatOption = "table",
) -> None:
    """List the indicators with the newest value of each lead, up to a period [default: the last period]."""
    from csg.model.indicators import indicators_in
    from csg.view.indicators import INDICATOR_COLUMNS, indicator_rows
    from csg.workspace.plans import find_activity, find_period

    current = chosen_workspace()
    plan = current.plan
    activity = find_activity(current, name).id if name else None
    periods = (find_period(current, period),) if period else plan.periods[-1:]
    progress = (entry for until in periods for entry in indicators_in(plan, until))
    rows = indicator_rows(plan, (entry for entry in progress if activity in (None, entry.activity.id)))
    show(rows, INDICATOR_COLUMNS, format)


@command(app, "add")
def add_indicator(
    name: ActivityOfIndicator,
    indicator: IndicatorArgument,
    title: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The things that are counted.")] = None,
    baseline: Annotated[str | None, typer.Option("--baseline", metavar="N", help="The number at the start.")] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="N", help="The number to reach.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="TEXT", help="The unit: places, people, %.")] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an indicator to an activity. csg asks for its name if it is not given."""
    from csg.cli.asking import ask, need
    from csg.cli.changing import finish, page_of
    from csg.editing.records import add_indicator as added
    from csg.model.workplan import Indicator
    from csg.workspace.plans import find_activity
    from csg.workspace.schema import validated

    current = chosen_workspace()
    find_activity(current, name)
    fields = {"id": indicator, "name": title or "-", "baseline": baseline, "target": target, "unit": unit}
    need({"name": title})
    validated(Indicator, fields)
    new = validated(Indicator, {**fields, "name": ask("name", title, label="The things that are counted")})
    finish(current, lambda fresh: added(fresh.plan, name, new), page_of(name), dry_run=dry_run)


@command(app, "set")
def set_indicator(
    name: ActivityOfIndicator,
    indicator: IndicatorArgument,
    settings: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="target=8 sets a field; unit= empties it.")
    ],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of an indicator: name, baseline, target, unit. A new id changes the values of reports too."""
    from csg.cli.asking import parse_settings
    from csg.cli.changing import finish, page_of
    from csg.editing.records import set_indicator as changed
    from csg.workspace.plans import find_activity

    current, given = chosen_workspace(), parse_settings(settings)
    find_activity(current, name)
    finish(current, lambda fresh: changed(fresh.plan, name, indicator, given), page_of(name), dry_run=dry_run)


@command(app, "remove")
def remove_indicator(
    name: ActivityOfIndicator, indicator: IndicatorArgument, yes: YesOption = False, dry_run: DryRunOption = False
) -> None:
    """Remove an indicator that no report has a value for."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish, page_of
    from csg.editing.records import remove_indicator as removed
    from csg.workspace.plans import find_activity

    current = chosen_workspace()
    find_activity(current, name)
    confirm(f"Remove the indicator {indicator} of activity {name}?", yes or dry_run)
    finish(current, lambda fresh: removed(fresh.plan, name, indicator), page_of(name), dry_run=dry_run)
