"""The plan and its people as plain data for every template, with every sum already done."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from csg.model.fields import FieldView, field_text, fields_of
from csg.model.group import GroupProfile
from csg.model.members import Directory, without_contact
from csg.model.names import UNREPORTED, status_text
from csg.model.summary import Standing, Summary, summarize
from csg.model.words import differing_text, standing_text
from csg.model.workplan import Activity, Period, Workplan

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


class PlanData(NamedTuple):
    """A plan, the summaries of its periods, its activities as plain data by id, and the ids that each name leads."""

    plan: Workplan
    directory: Directory
    summaries: tuple[Summary, ...]
    rows: dict[str, Plain]
    led: dict[str, list[str]]


def plan_data(plan: Workplan, directory: Directory, on: date | None, secretariat: str | None) -> PlanData:
    """Return a plan as documents need it: one pass for each period.

    An activity is late after the due date of the period, or after the day ``on``. Documents never read the clock.
    """
    summaries = tuple(summarize(plan, directory, period, on or period.due, secretariat) for period in plan.periods)
    return PlanData(plan, directory, summaries, _activity_rows(plan, summaries), _ids_by_lead(plan))


def context(
    data: PlanData, profile: GroupProfile, years: Iterable[Workplan], reviews: Mapping[str, str] | None = None
) -> Plain:
    """Return what every template is given.

    ``years`` are the earlier plans. Every plan's pages are in a folder of its name. ``reviews`` has the titles of those
    whose reports are beside this plan's, by their pages.
    """
    plan, directory, rows, led = data.plan, data.directory, data.rows, data.led
    columns = _columns(plan, directory, profile)
    return {
        "group": {"name": profile.group, "partner": profile.partner},
        "columns": [column.label for column in columns],
        "plan": {
            "id": plan.workplan,
            "title": plan.title,
            "page": f"{plan.workplan}/workplan.md",
            "periods": _period_pages(plan),
        },
        "objectives": [
            {
                "id": objective.id,
                "title": objective.title,
                "activities": [_with_cells(rows[activity.id], columns) for activity in objective.activities],
            }
            for objective in plan.objectives
        ],
        "members": [{**member.plain(), "leads": led.get(member.id, [])} for member in directory.members],
        "membership_types": [kind.plain() for kind in directory.membership_types],
        "groups": [group.plain() for group in directory.leads],
        "sections": [section.plain() for section in directory.unodc],
        "leads": [
            {"id": name, "page": f"{plan.workplan}/leads/{page}.md"}
            for name, page in pages(leads(plan, directory)).items()
        ],
        "reviews": [{"page": f"reviews/{page}.md", "title": title} for page, title in (reviews or {}).items()],
        "years": [
            {
                "id": year.workplan,
                "title": year.title,
                "page": f"{year.workplan}/workplan.md",
                "periods": _period_pages(year),
            }
            for year in years
        ],
    }


def _period_pages(plan: Workplan) -> list[Plain]:
    """Return a plan's periods, each with its page."""
    names = pages(period.id for period in plan.periods)
    return [{**period.plain(), "page": f"{plan.workplan}/progress-{names[period.id]}.md"} for period in plan.periods]


def _columns(plan: Workplan, directory: Directory, profile: GroupProfile) -> list[FieldView]:
    """Return the fields that are columns of the workplan's table: the leads, the comments, the group's own fields."""
    has_partner = profile.partner is not None or bool(directory.unodc)
    keys = (*(("unodc_lead",) if has_partner else ()), "cso_lead", "comments", *plan.activity_model.own_fields)
    return [view for view in fields_of(plan.activity_model, profile) if view.key in keys]


def _with_cells(row: Plain, columns: list[FieldView]) -> Plain:
    nothing = {"unodc_lead": "n/a", "cso_lead": "n/a"}
    return {**row, "cells": [field_text(row[view.key], nothing.get(view.key, "")) for view in columns]}


def leads(plan: Workplan, directory: Directory) -> list[str]:
    """Return every name in a lead column of the plan, in the order of the directory."""
    led = _ids_by_lead(plan)
    return [name for name in directory if name in led]


def _ids_by_lead(plan: Workplan) -> dict[str, list[str]]:
    """Return the ids of the activities that each name leads, in the plan's order: one pass over the plan."""
    led: dict[str, list[str]] = {}
    for activity in plan.activities():
        for name in dict.fromkeys(map(without_contact, (*activity.cso_lead, *activity.unodc_lead))):
            led.setdefault(name, []).append(activity.id)
    return led


def _activity_rows(plan: Workplan, summaries: tuple[Summary, ...]) -> dict[str, Plain]:
    """Return each activity as plain data by its id, with its status in each period that anybody has reported on."""
    names = {period.id: period.name for period in plan.periods}
    reported = {report.period for activity in plan.activities() for report in activity.progress}
    last = max((index for index, name in enumerate(names) if name in reported), default=0)
    standings: dict[str, list[tuple[Period, Standing]]] = {}
    for summary in summaries[: last + 1]:
        for standing in summary.standings:
            standings.setdefault(standing.activity.id, []).append((summary.period, standing))
    return {activity.id: _activity(activity, names, standings.get(activity.id, [])) for activity in plan.activities()}


def _activity(activity: Activity, names: dict[str, str], standings: list[tuple[Period, Standing]]) -> Plain:
    plain = activity.plain()
    reports = [{**report, "period_name": names.get(report["period"], report["period"])} for report in plain["progress"]]
    known = [standing.status for _, standing in standings if standing.reports]
    return {
        **plain,
        "progress": reports,
        "status": status_text(known[-1] if known else UNREPORTED),
        "statuses": [
            {"period": period.name, "status": standing_text(standing), "authors": differing_text(standing.differing)}
            for period, standing in standings
        ],
    }
