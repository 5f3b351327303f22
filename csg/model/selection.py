"""Which activities a person asks for, and in what order: a query over a plan."""

from typing import NamedTuple

from csg.model.members import Directory, without_contact
from csg.model.workplan import Activity, Workplan, natural


class Wanted(NamedTuple):
    """What is asked for; None, empty or False where it does not matter."""

    lead: str | None = None
    with_groups: bool = False
    unodc_lead: str | None = None
    objective: str | None = None
    status: tuple[str, ...] = ()
    period: str | None = None
    search: str | None = None
    sort: str = "plan"


def select(plan: Workplan, directory: Directory, wanted: Wanted) -> list[Activity]:
    """The plan's activities that are as wanted. Names are ids of the directory, written as there."""
    groups = directory.groups_of(wanted.lead) if wanted.lead and wanted.with_groups else frozenset()
    names = {name for name in (wanted.lead, *groups) if name}
    found = [
        activity
        for objective in plan.objectives
        if wanted.objective in (None, objective.id)
        for activity in objective.activities
        if (not names or led_by(activity, names))
        and (wanted.unodc_lead is None or wanted.unodc_lead in map(without_contact, activity.unodc_lead))
        and (not wanted.status or activity.status(wanted.period) in wanted.status)
        and (wanted.period is None or wanted.status or activity.latest(wanted.period))
        and (wanted.search is None or _mentions(activity, wanted.search.casefold()))
    ]
    return found if wanted.sort == "plan" else sorted(found, key=lambda activity: _key(activity, wanted))


def led_by(activity: Activity, names: set[str]) -> bool:
    """Whether one of ``names`` stands in a lead column of the activity."""
    return any(without_contact(lead) in names or lead in names for lead in (*activity.cso_lead, *activity.unodc_lead))


def shared_through_groups(plan: Workplan, directory: Directory, lead: str) -> dict[str, int]:
    """How many activities that do not name ``lead`` each of its groups leads."""
    shared: dict[str, int] = {}
    for activity in plan.activities():
        if not led_by(activity, {lead}):
            for group in sorted(directory.groups_of(lead).intersection(activity.cso_lead)):
                shared[group] = shared.get(group, 0) + 1
                break
    return shared


def _mentions(activity: Activity, words: str) -> bool:
    reports = (text for report in activity.progress for text in (report.summary, report.next_steps))
    return any(words in text.casefold() for text in (activity.title, activity.comments, *reports))


def _key(activity: Activity, wanted: Wanted) -> tuple[object, ...]:
    latest = activity.latest(wanted.period)
    keys: dict[str, object] = {
        "id": "",
        "title": activity.title.casefold(),
        "lead": ", ".join(activity.leads).casefold(),
        "status": _RANK.index(activity.status(wanted.period)),
        "due": activity.due.isoformat() if activity.due else "9999",
        "reported": latest.date.isoformat() if latest else "0000",
    }
    return (keys[wanted.sort], natural(activity.id))


_RANK = ("off-track", "at-risk", "unreported", "not-started", "on-track", "completed", "cancelled")
"""Statuses in the order in which somebody has to look at them."""
