"""Ask a person at a terminal for the activity of a new report, and about an author who does not lead it."""

from functools import partial
from typing import TYPE_CHECKING

from csg.cli.asking import Wrong, ask, confirm, interactive
from csg.cli.typed import name_argument
from csg.model.workplan import Activity
from csg.problem import some
from csg.workspace.plans import find_activity

if TYPE_CHECKING:
    from csg.workspace import Workspace


def ask_activity(workspace: "Workspace") -> Activity:
    """Ask a person at a terminal for an activity, and return it. Raise Wrong if no person can be asked."""
    if not interactive():
        raise Wrong("missing the activity's ID. Give it, or run the command at a terminal to be asked.")
    ids = tuple(activity.id for activity in workspace.plan.activities())
    label = f"Activity: {ids[0]} to {ids[-1]}" if ids else "Activity"
    activity: Activity = ask("id", None, label=label, kind="choice", words=ids, read=partial(find_activity, workspace))
    name_argument("--id", activity.id)
    return activity


def confirm_author(workspace: "Workspace", activity: Activity, author: str) -> None:
    """Ask for confirmation if the author does not lead the activity. Raise Abort for a no.

    Without a terminal, do not ask: the command saves the report with a warning.
    """
    from csg.checks.people import can_report

    if not interactive() or can_report(workspace.directory, activity, author, workspace.group.secretariat):
        return
    leads = f" (lead: {some(activity.leads)})" if activity.leads else ""
    effect = "The status will count" + (", but not as the report of a lead." if activity.leads else ".")
    confirm(f"{author} does not lead activity {activity.id}{leads}. {effect} Add the report?", sure=False)
