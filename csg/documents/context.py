"""The plan and its members as plain data for templates, with all sums."""

from collections.abc import Iterable, Mapping
from typing import Any

from csg.documents.source import Source
from csg.model.fields import FieldView, field_text, fields_of
from csg.model.names import UNREPORTED, status_text
from csg.model.words import differing_text, standing_text
from csg.model.workplan import Activity

Plain = dict[str, Any]


def context(source: Source, earlier: Iterable[Source], reviews: Mapping[str, str]) -> Plain:
    """Return the variables of every template.

    ``earlier`` are the plans before this one, ``reviews`` the titles of the reviews by their page.
    """
    plan, directory, profile = source.plan, source.directory, source.profile
    columns = _columns(source)
    return {
        "group": {"name": profile.group, "partner": profile.partner},
        "columns": [column.label for column in columns],
        "plan": {
            "id": plan.workplan,
            "title": plan.title,
            "page": f"{plan.workplan}/workplan.md",
            "periods": _period_pages(source),
        },
        "objectives": [
            {
                "id": objective.id,
                "title": objective.title,
                "activities": [
                    _with_cells(activity_row(source, activity), columns) for activity in objective.activities
                ],
            }
            for objective in plan.objectives
        ],
        "members": [
            {**member.plain(), "leads": [activity.id for activity in source.led.get(member.id, [])]}
            for member in directory.members
        ],
        "membership_types": [kind.plain() for kind in directory.membership_types],
        "groups": [group.plain() for group in directory.leads],
        "sections": [section.plain() for section in directory.unodc],
        "leads": [{"id": name, "page": f"{page}.md"} for name, page in source.lead_pages.items()],
        "reviews": [{"page": f"{page}.md", "title": title} for page, title in reviews.items()],
        "years": [
            {
                "id": year.plan.workplan,
                "title": year.plan.title,
                "page": f"{year.plan.workplan}/workplan.md",
                "periods": _period_pages(year),
            }
            for year in earlier
        ],
    }


def _period_pages(source: Source) -> list[Plain]:
    """Return a plan's periods, each with its page."""
    return [{**period.plain(), "page": f"{source.period_pages[period.id]}.md"} for period in source.plan.periods]


def _columns(source: Source) -> list[FieldView]:
    """Return the fields that are columns of the workplan's table."""
    model = source.plan.activity_model
    return [view for view in fields_of(model, source.profile) if view.key in source.column_keys]


def _with_cells(row: Plain, columns: list[FieldView]) -> Plain:
    nothing = {"unodc_lead": "n/a", "cso_lead": "n/a"}
    return {**row, "cells": [field_text(row[view.key], nothing.get(view.key, "")) for view in columns]}


def activity_row(source: Source, activity: Activity) -> Plain:
    """Return an activity as plain data, with its status in each period up to the last with reports."""
    names = {period.id: period.name for period in source.plan.periods}
    standings = source.standings.get(activity.id, [])
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
