"""The activities of each plan as tables for the site's downloads: the same as those of ``csg workplan list``."""

from datetime import date
from io import StringIO

from csg.documents.catalogue import Catalogue
from csg.view.activities import activity_columns, activity_rows
from csg.view.display import json_text, write_csv
from csg.workspace import Workspace


def site_tables(workspace: Workspace, on: date | None = None) -> dict[tuple[str, str], bytes]:
    """Return the activities as CSV and JSON, by the plan and the ending of the file.

    The statuses are those of the period that the site shows first: that of a day, or the last period with a report.
    """
    tables: dict[tuple[str, str], bytes] = {}
    for name in workspace.plan_files:
        one = workspace.with_plan(name)
        summary = Catalogue(one, on=on).source.current
        standings = {standing.activity.id: standing for standing in summary.standings} if summary else {}
        rows = activity_rows(one.plan, one.plan.activities())
        stream = StringIO()
        write_csv(stream, rows, activity_columns(one, standings))
        tables[one.plan.workplan, "csv"] = stream.getvalue().encode("utf-8")
        tables[one.plan.workplan, "json"] = f"{json_text(rows)}\n".encode()
    return tables
