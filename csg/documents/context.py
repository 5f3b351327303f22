"""What templates are given: the plan and its people as plain data, with every sum already done."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from csg.model.fields import FieldView, field_text, fields_of
from csg.model.group import GroupProfile
from csg.model.members import Directory, without_contact
from csg.model.names import FINAL, STATUSES, TROUBLED, UNREPORTED
from csg.model.reporting import Debt, debts, is_closed
from csg.model.selection import led_by
from csg.model.workplan import Activity, Objective, Period, Workplan

Plain = dict[str, Any]


def page_name(name: str) -> str:
    """The file name of an id's page: its letters, digits and dashes, which no system takes for anything else."""
    return re.sub(r"[^\w]+", "-", name).strip("-") or "page"


def pages(names: Iterable[str]) -> dict[str, str]:
    """A page for each name; where two would have one, whatever the case, the later gets a number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        page, number = page_name(name), 1
        while page.casefold() in taken:
            number += 1
            page = f"{page_name(name)}-{number}"
        taken.add(page.casefold())
        found[name] = page
    return found


def context(
    plan: Workplan,
    directory: Directory,
    profile: GroupProfile,
    years: Iterable[Workplan],
    reviews: Mapping[str, str] | None = None,
) -> Plain:
    """Return what every template is given.

    ``years`` are the earlier plans, whose reports are in folders of their names. ``reviews`` has the titles of those
    whose reports are beside this plan's, by their pages.
    """
    columns = _columns(plan, directory, profile)
    periods = pages(period.id for period in plan.periods)
    return {
        "group": {"name": profile.group, "partner": profile.partner},
        "columns": [column.label for column in columns],
        "plan": {
            "id": plan.workplan,
            "title": plan.title,
            "periods": [{**each.plain(), "page": f"progress-{periods[each.id]}.md"} for each in plan.periods],
        },
        "objectives": [
            {"id": each.id, "title": each.title, "activities": [_row(plan, one, columns) for one in each.activities]}
            for each in plan.objectives
        ],
        "members": [{**member.plain(), "leads": _led(plan, member.id)} for member in directory.members],
        "membership_types": [kind.plain() for kind in directory.membership_types],
        "groups": [group.plain() for group in directory.leads],
        "sections": [section.plain() for section in directory.unodc],
        "leads": [{"id": name, "page": f"leads/{page}.md"} for name, page in pages(leads(plan, directory)).items()],
        "reviews": [{"page": f"reviews/{page}.md", "title": title} for page, title in (reviews or {}).items()],
        "years": [{"id": each.workplan, "title": each.title, "page": f"{each.workplan}/README.md"} for each in years],
    }


def _columns(plan: Workplan, directory: Directory, profile: GroupProfile) -> list[FieldView]:
    """Return the fields that are columns of the workplan's table: the leads, the comments, the group's own fields."""
    has_partner = profile.partner is not None or bool(directory.unodc)
    keys = (*(("unodc_lead",) if has_partner else ()), "cso_lead", "comments", *plan.activity_model.own_fields)
    return [view for view in fields_of(plan.activity_model, profile) if view.key in keys]


def _row(plan: Workplan, activity: Activity, columns: list[FieldView]) -> Plain:
    plain = _activity(plan, activity)
    nothing = {"unodc_lead": "n/a", "cso_lead": "n/a"}
    return {**plain, "cells": [field_text(plain[view.key], nothing.get(view.key, "")) for view in columns]}


def leads(plan: Workplan, directory: Directory) -> list[str]:
    """Every name that stands in a lead column of the plan, in the order of the directory."""
    named = {without_contact(lead) for each in plan.activities() for lead in (*each.cso_lead, *each.unodc_lead)}
    return [name for name in directory if name in named]


def _led(plan: Workplan, name: str) -> list[str]:
    return [activity.id for activity in plan.activities() if led_by(activity, {name})]


def _activity(plan: Workplan, activity: Activity) -> Plain:
    names = {period.id: period.name for period in plan.periods}
    plain = activity.plain()
    reports = [{**report, "period_name": names.get(report["period"], report["period"])} for report in plain["progress"]]
    return {**plain, "progress": reports, "status": activity.status()}


def period_context(plan: Workplan, directory: Directory, period: Period) -> Plain:
    """What the report on a period is given besides: each objective's activities by how they stand in it."""
    objectives = [_objective_in(plan, each, period) for each in plan.objectives]
    every = [activity for each in objectives for activity in each["activities"]]
    owed = [debt for debt in debts(plan, directory, period.id) if not debt.shared_with]
    by_lead = {name: [debt.activity.id for debt in owed if debt.lead == name] for name in (debt.lead for debt in owed)}
    return {
        "period": period.plain(),
        "objectives": objectives,
        "counts": _counts(every),
        "reported": sum(each["reported"] for each in objectives),
        "asked": sum(each["asked"] for each in objectives),
        "owed": [{"lead": lead, "activities": ids} for lead, ids in by_lead.items()],
    }


def _objective_in(plan: Workplan, objective: Objective, period: Period) -> Plain:
    found = [_activity_in(plan, activity, period) for activity in objective.activities]
    asked = [each for each in found if not each["closed"]]
    return {
        "id": objective.id,
        "title": objective.title,
        "activities": found,
        "counts": _counts(found),
        "reported": sum(1 for each in asked if each["reports"]),
        "asked": len(asked),
        "done": [each for each in found if each["status"] in FINAL],
        "troubled": [each for each in found if each["status"] in TROUBLED],
        "late": [each for each in found if each["late"]],
        "unreported": [each for each in asked if not each["reports"]],
    }


def _activity_in(plan: Workplan, activity: Activity, period: Period) -> Plain:
    """An activity as it stands in a period: with its reports of the period, and the last status up to its end."""
    periods = [each.id for each in plan.periods]
    up_to = periods[: periods.index(period.id) + 1]
    known = [report for report in activity.progress if report.period in up_to]
    status = known[-1].status if known else UNREPORTED
    closed = is_closed(plan, activity, period.id)
    plain = _activity(plan, activity)
    reports = [report for report in plain["progress"] if report["period"] == period.id]
    day = _as_of(plan, period)
    late = bool(activity.due and day and activity.due < day and status not in FINAL)
    shown = status if reports or closed else UNREPORTED
    return {**plain, "reports": reports, "status": shown, "closed": closed, "late": late}


def _as_of(plan: Workplan, period: Period) -> date | None:
    """The day a period's report speaks of: its due date, or that of its last report. Never the clock's: the same data
    makes the same report.
    """
    days = [report.date for each in plan.activities() for report in each.progress if report.period == period.id]
    return period.due or max(days, default=None)


def _counts(activities: Iterable[Plain]) -> list[Plain]:
    every = [each["status"] for each in activities]
    return [{"status": name, "number": every.count(name)} for name in (*STATUSES, UNREPORTED) if name in every]


def lead_context(plan: Workplan, directory: Directory, name: str) -> Plain:
    """What a lead's page is given besides: what it leads, what it shares in, what it owes and by when."""
    entry = directory.find(name)
    groups = directory.groups_of(name)
    led = [each for each in plan.activities() if led_by(each, {name})]
    shared = [each for each in plan.activities() if each not in led and led_by(each, set(groups))] if groups else []
    owed = [
        {"period": period.name, "due": period.due.isoformat() if period.due else None, "activities": told}
        for period in plan.periods
        if (told := [_owed(debt) for debt in debts(plan, directory, period.id) if without_contact(debt.lead) == name])
    ]
    return {
        "lead": {"id": name, "name": entry.name if entry else name, "groups": sorted(groups)},
        "led": [_activity(plan, activity) for activity in led],
        "shared": [_activity(plan, activity) for activity in shared],
        "owed": owed,
    }


def _owed(debt: Debt) -> str:
    """An activity that is owed a report, and who of its leads has given one meanwhile."""
    return f"{debt.activity.id} ({', '.join(debt.shared_with)} has reported)" if debt.shared_with else debt.activity.id
