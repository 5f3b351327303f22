"""The plain form of a period's summary, for the progress report and for the page of a lead."""

from csg.documents.context import Plain, activity_row
from csg.documents.source import Source
from csg.model.names import UNREPORTED, status_text
from csg.model.summary import ObjectiveSummary, Standing, Summary, Totals
from csg.model.words import debt_text, differing_text, last_known_text, standing_text


def period_context(source: Source, index: int) -> Plain:
    """Return more variables for the report on a period: numbers, and the activities of each objective by status."""
    summary = source.summaries[index]
    totals = summary.totals
    return {
        "period": summary.period.plain(),
        "as_of": summary.day.isoformat() if summary.day else None,
        "objectives": [_objective(source, part, summary.period.id) for part in summary.objectives],
        "counts": _counts(totals),
        "total": totals.activities,
        "reported": totals.reported,
        "asked": totals.asked,
        "not_asked": [_not_asked(standing) for standing in summary.not_asked],
        "owed": [
            {"lead": lead, "activities": [debt_text(debt) for debt in debts]} for lead, debts in summary.owed.items()
        ],
    }


def _objective(source: Source, part: ObjectiveSummary, period: str) -> Plain:
    activities = [_activity(standing, period, activity_row(source, standing.activity)) for standing in part.standings]
    pairs = list(zip(part.standings, activities, strict=True))
    return {
        "id": part.objective.id,
        "title": part.objective.title,
        "activities": activities,
        "counts": _counts(part.totals),
        "total": part.totals.activities,
        "reported": part.totals.reported,
        "asked": part.totals.asked,
        "done": [plain for standing, plain in pairs if standing.status == "completed"],
        "cancelled": [plain for standing, plain in pairs if standing.status == "cancelled"],
        "troubled": [plain for standing, plain in pairs if standing.troubled],
        "late": [plain for standing, plain in pairs if standing.overdue],
        "unreported": [plain for standing, plain in pairs if standing.status == UNREPORTED],
    }


def _activity(standing: Standing, period: str, row: Plain) -> Plain:
    """Return an activity in a period, with its reports of the period."""
    return {
        **row,
        "reports": [report for report in row["progress"] if report["period"] == period],
        "status": standing_text(standing),
        "authors": differing_text(standing.differing),
        "closed": standing.closed,
        "late": standing.overdue,
    }


def _not_asked(standing: Standing) -> str:
    """Return the id of an activity that needs no report, with the reason."""
    reported = ", reported on all the same" if standing.reports else ""
    return f"{standing.activity.id} ({last_known_text(standing.last)}{reported})"


def _counts(totals: Totals) -> list[Plain]:
    return [{"status": status_text(name), "number": number} for name, number in totals.statuses.items()]


def lead_context(source: Source, name: str) -> Plain:
    """Return more variables for the page of a lead: its activities, shared activities, and owed reports."""
    entry, groups = source.directory.find(name), sorted(source.directory.groups_of(name))
    return {
        "lead": {"id": name, "name": entry.name if entry else name, "groups": groups},
        "led": [activity_row(source, activity) for activity in source.led.get(name, [])],
        "shared": [activity_row(source, activity) for activity in source.shared(name)],
        "owed": [_owed(summary, name) for summary in source.summaries if name in summary.owed],
    }


def _owed(summary: Summary, lead: str) -> Plain:
    due = summary.period.due
    return {
        "period": summary.period.name,
        "due": due.isoformat() if due else None,
        "overdue": summary.reports_overdue,
        "activities": [debt_text(debt) for debt in summary.owed[lead]],
    }
