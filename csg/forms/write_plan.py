"""Write a plan that was read from a file as a new file of the workspace."""

from bisect import bisect_right
from collections.abc import Mapping

from csg.editing.change import FileChange, create
from csg.editing.next_year import plan_data, plan_text
from csg.model.workplan import Workplan
from csg.problem import Problem, Refused, shown
from csg.workspace import Workspace
from csg.workspace.files import exists


def plan_file(name: str) -> str:
    """Return the file of a plan by the plan's name."""
    return f"data/workplan-{name}.yaml"


def check_is_new(workspace: Workspace, name: str) -> None:
    """Raise Refused if the workspace has this plan already."""
    if exists(workspace.root, plan_file(name)):
        hint = "An import never overwrites a plan. Choose another name with --as."
        raise Refused(Problem("CSG406", "the file exists already", plan_file(name), hint=hint))


def write_plan(
    workspace: Workspace, plan: Workplan, source: str, positions: Mapping[str, str], *, dry_run: bool
) -> FileChange:
    """Create the file of a plan. ``positions`` has the position of each activity in the file ``source``.

    Raises Refused, with nothing written, if the plan exists or has errors. They name the position in ``source``.
    """
    file, text = plan_file(plan.workplan), plan_text(plan)
    try:
        return create(workspace, file, text, plan_data(plan), dry_run=dry_run)
    except Refused as refused:
        lines = _lines(workspace, file, text)
        raise Refused(*(_at_source(each, file, source, lines, positions) for each in refused.problems)) from None


def _lines(workspace: Workspace, file: str, text: str) -> list[tuple[int, str]]:
    """Return the line on which each activity of the new file begins, and the activity's id."""
    record = workspace.with_text(file, text).load(file).record
    if not isinstance(record, Workplan):
        return []
    return [(activity.source["line"], activity.id) for activity in record.activities() if activity.source]


def _at_source(
    problem: Problem, file: str, source: str, lines: list[tuple[int, str]], positions: Mapping[str, str]
) -> Problem:
    """Return a problem of the new file, which nobody has, as a problem of the file that was read."""
    if problem.file != file or problem.code == "CSG406":
        return problem
    index = bisect_right([line for line, _ in lines], problem.line) - 1
    message = problem.message
    if problem.line and index >= 0:
        name = lines[index][1]
        message = f"{positions[name]} (activity {name}): {message}"
    return problem._replace(message=message, file=shown(source), line=0, column=0)
