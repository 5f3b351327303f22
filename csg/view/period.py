"""The summary of a period: as a page for a terminal, as data, and as a row for each objective."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from csg.model.earlier import EarlierDebts
from csg.model.names import STATUSES, UNREPORTED, status_text
from csg.model.reporting import Debt, PeriodStatus
from csg.model.summary import ObjectiveSummary, Standing, Summary, Totals
from csg.model.words import debt_text, differing_text, standing_text
from csg.model.workplan import Period, Workplan
from csg.problem import counted
from csg.view.display import Column, Row, page

BAR = 20
"""The width of an objective's bar, in characters."""
MOST_DUE_NEXT = 5
"""The number of activities that are listed as due next."""


_NUMBERS = {
    "activities": "Activities",
    "asked": "Asked",
    "reported": "Reported",
    "not_asked": "Not asked",
    "owed": "Reports owed",
    "overdue": "Overdue",
    "troubled": "Needs attention",
    "differing": "Authors differ",
}
"""The numbers of an objective, with their headings."""


def objective_columns() -> tuple[Column, ...]:
    """Return the columns of a table of objectives: every number, and the activities by status."""
    return (
        Column("Objective", lambda row: f"{row['id']} {row['title']}".strip(), wraps=True),
        *(_number_column(key, heading) for key, heading in _NUMBERS.items()),
        *(_status_column(status) for status in (*STATUSES, UNREPORTED)),
    )


def _number_column(key: str, heading: str) -> Column:
    return Column(heading, lambda row: str(row[key]))


def _status_column(status: str) -> Column:
    return Column(status_text(status), lambda row: str(row["statuses"].get(status, 0)))


def total_row(summary: Summary) -> Row:
    """Return the numbers of the whole plan, as a row below the objectives."""
    return {"id": "", "title": "Total", **_numbers(summary.totals, tuple(summary.standings))}


def _numbers(totals: Totals, standings: tuple[Standing, ...]) -> Row:
    return {
        "activities": totals.activities,
        "reported": totals.reported,
        "asked": totals.asked,
        "not_asked": totals.not_asked,
        "owed": sum(len(standing.owed) for standing in standings),
        "overdue": sum(standing.overdue for standing in standings),
        "troubled": sum(standing.troubled for standing in standings),
        "differing": sum(bool(standing.differing) for standing in standings),
        "statuses": totals.statuses,
    }


def objective_rows(summary: Summary) -> list[Row]:
    """Return the numbers of each objective as plain data."""
    return [
        {
            "id": part.objective.id,
            "title": part.objective.title,
            **_numbers(part.totals, part.standings),
        }
        for part in summary.objectives
    ]


def period_data(summary: Summary, earlier: Sequence[EarlierDebts] = ()) -> Row:
    """Return the summary as plain data, for JSON and YAML, with the reports that are still owed before."""
    totals = summary.totals
    return {
        "plan": summary.plan.workplan,
        "title": summary.plan.title,
        "period": summary.period.plain(),
        "today": summary.day.isoformat() if summary.day else None,
        "reports": {
            "activities": totals.activities,
            "asked": totals.asked,
            "in": totals.reported,
            "not_asked": totals.not_asked + totals.without_lead,
            "owed": len(summary.debts),
            "overdue": summary.reports_overdue,
        },
        "statuses": totals.statuses,
        "owed": _owed_data(summary.owed),
        "earlier": [
            {
                "plan": debts.plan.workplan,
                "title": debts.plan.title,
                "period": debts.period.plain(),
                "reports": debts.reports,
                "owed": _owed_data(debts.owed),
            }
            for debts in earlier
        ],
        "not_asked": [
            {**_brief(standing), "reason": "no lead" if standing.without_lead else standing.known_status}
            for standing in summary.standings
            if not standing.asked
        ],
        "differing": [_brief(standing) for standing in summary.differing],
        "troubled": [_brief(standing) for standing in summary.troubled],
        "overdue": [_brief(standing) for standing in summary.overdue],
        "due_next": [_brief(standing) for standing in summary.due_next[:MOST_DUE_NEXT]],
        "objectives": objective_rows(summary),
        "source": summary.plan.source,
    }


def _owed_data(owed: Mapping[str, tuple[Debt, ...]]) -> list[dict[str, Any]]:
    return [
        {
            "lead": lead,
            "activities": [debt.activity.id for debt in debts],
            "shared": [debt.activity.id for debt in debts if debt.shared_with],
        }
        for lead, debts in owed.items()
    ]


def _brief(standing: Standing) -> dict[str, Any]:
    activity = standing.activity
    return {
        "id": activity.id,
        "title": activity.title,
        "due": activity.due.isoformat() if activity.due else None,
        "status": standing.status,
        "last": _last(standing.last),
        "authors": [{"by": report.by, "status": report.status} for report in standing.authors],
        "leads": list(activity.leads),
    }


def _last(last: PeriodStatus | None) -> dict[str, str] | None:
    return {"status": last.status, "period": last.period.id} if last else None


def period_page(summary: Summary, earlier: Sequence[EarlierDebts] = ()) -> str:
    """Return the summary as a page. It begins with what is overdue, and ends with the reports that are owed before."""
    overdue = summary.overdue
    fields = (
        ("Overdue", _overdue_text(summary, len(overdue))),
        ("Reports", _reports_text(summary.totals)),
        ("Not asked", _not_asked_text(summary)),
        ("Statuses", ", ".join(f"{number} {status_text(name)}" for name, number in summary.totals.statuses.items())),
    )
    due_next = summary.due_next[:MOST_DUE_NEXT]
    bars = ["", *(_bar(part) for part in summary.objectives)]
    body = [
        *_section("Overdue", (_line(str(standing.activity.due), standing) for standing in overdue)),
        *bars,
        *_section("Needs attention", (_line(standing_text(standing), standing) for standing in summary.troubled)),
        *_section("The authors differ", map(_differing_line, summary.differing)),
        *_section("Due next", (_line(str(standing.activity.due), standing) for standing in due_next)),
        *_section("Reports owed", _owed_lines(summary.owed)),
        *_earlier_lines(earlier, summary.day),
    ]
    return page(_heading(summary.plan, summary.period, summary.day), fields, body)


def _heading(plan: Workplan, period: Period, day: date | None) -> str:
    return f"{plan.title}: {period.name}{_due_text(period.due, day)}"


def _due_text(due: date | None, day: date | None) -> str:
    if due is None:
        return ""
    is_past = day is not None and due < day
    return f", reports were due {due}" if is_past else f", reports due {due}"


def _overdue_text(summary: Summary, activities: int) -> str:
    reports = f"{counted(len(summary.debts), 'report')} since {summary.period.due}" if summary.reports_overdue else ""
    past_due = f"{counted(activities, 'activity')} past the due date" if activities else ""
    return ", ".join(text for text in (reports, past_due) if text)


def _reports_text(totals: Totals) -> str:
    missing = totals.asked - totals.reported
    return f"{totals.reported} of {counted(totals.asked, 'activity')} reported, {missing} not yet"


def _not_asked_text(summary: Summary) -> str:
    """Return the number of activities that need no report, with the reasons."""
    ended = [standing.last.status for standing in summary.not_asked if standing.last]
    reasons = [f"{ended.count(status)} {status} earlier" for status in ("completed", "cancelled") if status in ended]
    without_lead = summary.totals.without_lead
    reasons += [f"{without_lead} without a lead"] if without_lead else []
    return f"{counted(len(ended) + without_lead, 'activity')}: {', '.join(reasons)}" if reasons else ""


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    indented = [f"  {line}" for line in lines]
    return ["", heading, *indented] if indented else []


def _line(first: str, standing: Standing) -> str:
    activity = standing.activity
    return f"{first}  {activity.id} {activity.title} ({', '.join(activity.leads)})"


def _differing_line(standing: Standing) -> str:
    return f"{standing.status}  {standing.activity.id} {standing.activity.title} ({differing_text(standing.differing)})"


def _bar(part: ObjectiveSummary) -> str:
    totals = part.totals
    full = round(BAR * totals.reported / totals.asked) if totals.asked else BAR if totals.activities else 0
    number = f"{totals.reported}/{totals.asked}"
    return f"{'█' * full}{'░' * (BAR - full)} {number:>5}  {part.objective.id} {part.objective.title}"


def _owed_lines(owed: Mapping[str, tuple[Debt, ...]]) -> list[str]:
    longest = max(map(len, owed), default=0)
    return [f"{lead.ljust(longest)}  {', '.join(map(debt_text, debts))}" for lead, debts in owed.items()]


def _earlier_lines(earlier: Sequence[EarlierDebts], day: date | None) -> list[str]:
    """Return the reports owed in the last earlier period, by lead, and their numbers in the periods before it."""
    if not earlier:
        return []
    last, *older = earlier
    heading = f"Still owed in {_heading(last.plan, last.period, day)}"
    counts = (
        f"{debts.plan.workplan} {debts.period.name}  {counted(debts.reports, 'report')}:"
        f" csg progress due --plan {debts.plan.workplan} --period {debts.period.id}"
        for debts in older
    )
    return [*_section(heading, _owed_lines(last.owed)), *_section("Still owed before", counts)]
