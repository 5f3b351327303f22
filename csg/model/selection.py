"""The selection of activities: a query over a plan, and the order of its results."""

from collections.abc import Mapping
from typing import NamedTuple

from csg.model.members import Directory, without_contact
from csg.model.names import UNREPORTED
from csg.model.summary import Standing
from csg.model.workplan import Activity, Workplan, natural


class Wanted(NamedTuple):
    """The conditions of a query. None, an empty text or False means no condition."""

    lead: str | None = None
    with_groups: bool = False
    unodc_lead: str | None = None
    objective: str | None = None
    status: tuple[str, ...] = ()
    period: str | None = None
    search: str | None = None
    trouble: bool = False
    sort: str = "plan"


def select(
    plan: Workplan, directory: Directory, wanted: Wanted, standings: Mapping[str, Standing] | None = None
) -> list[Activity]:
    """Return the plan's activities that meet the conditions. Names must be ids as the directory writes them.

    ``standings`` has the activities, by id, in the wanted period or in the current period.
    """
    in_period = standings or {}
    groups = directory.groups_of(wanted.lead) if wanted.lead and wanted.with_groups else frozenset()
    names = {name for name in (wanted.lead, *groups) if name}
    selected = [
        activity
        for objective in plan.objectives
        if wanted.objective in (None, objective.id)
        for activity in objective.activities
        if (not names or led_by(activity, names))
        and (wanted.unodc_lead is None or wanted.unodc_lead in map(without_contact, activity.unodc_lead))
        and (not wanted.status or _status(activity, in_period) in wanted.status)
        and (wanted.period is None or wanted.status or activity.latest(wanted.period))
        and (wanted.search is None or _mentions(activity, wanted.search.casefold()))
        and (not wanted.trouble or (activity.id in in_period and in_period[activity.id].troubled))
    ]
    return (
        selected if wanted.sort == "plan" else sorted(selected, key=lambda activity: _key(activity, wanted, in_period))
    )


def with_earlier_status(
    plan: Workplan, directory: Directory, wanted: Wanted, standings: Mapping[str, Standing]
) -> list[str]:
    """Return the ids of the activities that have no report in the period, but had a wanted status before."""
    if not wanted.status or UNREPORTED in wanted.status:
        return []
    unreported = select(plan, directory, wanted._replace(status=(UNREPORTED,)), standings)
    last = {activity.id: standings[activity.id].last for activity in unreported if activity.id in standings}
    return [name for name, last_status in last.items() if last_status and last_status.status in wanted.status]


def led_by(activity: Activity, names: set[str]) -> bool:
    """Return whether one of ``names`` is in a lead column of the activity."""
    return any(without_contact(lead) in names or lead in names for lead in (*activity.cso_lead, *activity.unodc_lead))


def shared_through_groups(plan: Workplan, directory: Directory, lead: str) -> dict[str, int]:
    """Return the number of activities of each group of ``lead`` that do not name ``lead`` itself."""
    shared: dict[str, int] = {}
    for activity in plan.activities():
        if not led_by(activity, {lead}):
            for group in sorted(directory.groups_of(lead).intersection(activity.cso_lead)):
                shared[group] = shared.get(group, 0) + 1
                break
    return shared


def _mentions(activity: Activity, words: str) -> bool:
    reports = (text for report in activity.progress for text in (report.summary, report.needs, report.next_steps))
    return any(words in text.casefold() for text in (activity.title, activity.comments, *reports))


def _status(activity: Activity, standings: Mapping[str, Standing]) -> str:
    return standings[activity.id].status if activity.id in standings else UNREPORTED


def _key(activity: Activity, wanted: Wanted, standings: Mapping[str, Standing]) -> tuple[object, ...]:
    latest = activity.latest(wanted.period)
    keys: dict[str, object] = {
        "id": "",
        "title": activity.title.casefold(),
        "lead": ", ".join(activity.leads).casefold(),
        "status": _RANK.index(_status(activity, standings)),
        "due": activity.due.isoformat() if activity.due else "9999",
        "reported": latest.date.isoformat() if latest else "0000",
    }
    return (keys[wanted.sort], natural(activity.id))


_RANK = ("off-track", "at-risk", "unreported", "not-started", "on-track", "completed", "cancelled")
"""Statuses in the order in which they need attention."""
