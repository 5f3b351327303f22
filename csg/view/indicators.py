"""Indicators as lines of an activity's page, and as a table."""

from collections.abc import Iterable

from csg.model.indicators import IndicatorProgress, ReachedValue, indicators_of
from csg.model.workplan import Activity, Indicator, Workplan
from csg.view.display import Column, Row

INDICATOR_COLUMNS = (
    Column("Activity", lambda row: row["activity"]),
    Column("Indicator", lambda row: row["id"]),
    Column("Name", lambda row: row["name"], wraps=True),
    Column("Baseline", lambda row: _number_text(row["baseline"])),
    Column("Target", lambda row: _number_text(row["target"])),
    Column("Unit", lambda row: row["unit"] or ""),
    Column(
        "Reached",
        lambda row: "; ".join(f"{value['value']} ({value['by']}, {value['date']})" for value in row["values"]),
    ),
    Column("Objective", lambda row: row["objective"], whole=True),
    Column("Plan", lambda row: row["plan"], whole=True),
)


def indicator_rows(plan: Workplan, indicators: Iterable[IndicatorProgress]) -> list[Row]:
    """Return indicators as plain data, each with its activity and the newest value of each lead."""
    return [
        {
            "activity": progress.activity.id,
            **progress.indicator.plain(),
            "values": [_plain_value(reached) for reached in progress.values],
            "objective": plan.objective_of[progress.activity.id],
            "plan": plan.workplan,
            "source": progress.indicator.source,
        }
        for progress in indicators
    ]


def _plain_value(reached: ReachedValue) -> Row:
    return {
        "value": reached.value,
        "by": reached.by,
        "date": reached.date.isoformat(),
        "period": reached.period.id,
    }


def indicator_lines(plan: Workplan, activity: Activity) -> str:
    """Return the indicators of an activity with the newest value of each lead, on a line for each indicator."""
    if not activity.indicators or not plan.periods:
        return ""
    return "\n".join(map(_line, indicators_of(plan, activity, plan.periods[-1])))


def _line(progress: IndicatorProgress) -> str:
    reached = ", ".join(_reached_text(value) for value in progress.values) or "no value reported"
    return f"{progress.indicator.id}  {progress.indicator.name}: {reached}{_frame_text(progress.indicator)}"


def _reached_text(reached: ReachedValue) -> str:
    return f"{reached.value} by {reached.by} on {reached.date}"


def _frame_text(indicator: Indicator) -> str:
    """Return the baseline and the target in brackets, with the unit."""
    unit = f" {indicator.unit}" if indicator.unit else ""
    numbers = (("baseline", indicator.baseline), ("target", indicator.target))
    parts = [f"{name} {number}{unit}" for name, number in numbers if number is not None]
    return f" ({', '.join(parts)})" if parts else ""


def _number_text(number: float | None) -> str:
    return "" if number is None else str(number)
