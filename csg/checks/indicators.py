"""Rules for indicators, the values of indicators in reports, and meetings."""

from collections.abc import Iterator

from csg.checks.rules import rule
from csg.model.workplan import Meeting
from csg.problem import Problem, Suggestions, shown, some
from csg.workspace import Snapshot


@rule("CSG227")
def values_have_an_indicator(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each value of a report to be for an indicator of its activity."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            if not any(report.values for report in activity.progress):
                continue
            indicator_ids = {indicator.id: None for indicator in activity.indicators}
            suggestions = Suggestions(indicator_ids)
            otherwise = (
                f"The indicators are {some(indicator_ids)}."
                if indicator_ids
                else "Add it to the indicators of the activity."
            )
            for report in activity.progress:
                for name in report.values:
                    if name not in indicator_ids:
                        message = f"unknown indicator '{shown(name)}' in the report by {report.by} on {activity.id}"
                        yield report.problem(message, ("values", name), suggestions.hint(name, otherwise))


@rule("CSG228")
def meetings_differ(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the meetings of a plan to differ in their date or their title."""
    for plan in snapshot.plans:
        seen: set[tuple[str, str]] = set()
        for meeting in plan.meetings:
            name = _name(meeting)
            if name in seen:
                message = f"the meeting '{shown(meeting.title)}' of {meeting.date} is listed twice"
                yield meeting.problem(message, ("title",), "Delete one of them, or change its title.")
            seen.add(name)


def _name(meeting: Meeting) -> tuple[str, str]:
    return meeting.date.isoformat(), meeting.title.casefold()
