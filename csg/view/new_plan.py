"""The sentences after a new plan is made: the reports that are still owed, and the plan that commands use."""

from collections.abc import Iterator

from csg.model.earlier import earlier_debts
from csg.view.reports_made import earlier_texts
from csg.workspace import Workspace


def new_plan_texts(workspace: Workspace, name: str) -> Iterator[str]:
    """Yield the reports that the workspace's plan still owes, and a warning if the new plan is not the last by name.

    ``workspace`` is the workspace before the new plan. Without a plan in it, yield nothing.
    """
    if not workspace.plan_files:
        return
    debts = list(earlier_debts([workspace.plan], workspace.directory, workspace.group.secretariat))
    yield from earlier_texts(reversed(debts))
    last = list(workspace.plan_files.values())[-1]
    if last > f"data/workplan-{name}.yaml":
        current = next(plan for plan, file in workspace.plan_files.items() if file == last)
        yield f"Commands still use {current}, because its name comes after {name}. Add --plan {name} for the new plan."
