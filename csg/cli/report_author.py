"""The activity of a new report, and an author who does not lead it: a person at a terminal is asked."""

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
    """Return the activity that a person at a terminal names. Raises Wrong where nobody can be asked."""
    if not interactive():
        raise Wrong("missing the activity's ID. Give it, or run this at a terminal to be asked.")
    ids = tuple(activity.id for activity in workspace.plan.activities())
    label = f"Activity: {ids[0]} to {ids[-1]}" if ids else "Activity"
    activity: Activity = ask("id", None, label=label, kind="choice", words=ids, read=partial(find_activity, workspace))
    name_argument("--id", activity.id)
    return activity


def confirm_author(workspace: "Workspace", activity: Activity, author: str) -> None:
    """Ask whether a report by somebody who does not lead the activity is meant. Raises Abort for a no.

    Without a terminal nobody is asked: the report is saved with a warning.
    """
    from csg.checks.people import can_report

    if not interactive() or can_report(workspace.directory, activity, author, workspace.group.secretariat):
        return
    leads = f" (lead: {some(activity.leads)})" if activity.leads else ""
    effect = "The status will count" + (", but not as the report of a lead." if activity.leads else ".")
    confirm(f"{author} does not lead activity {activity.id}{leads}. {effect} Add the report?", sure=False)
