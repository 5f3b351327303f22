"""Rename a member everywhere: the id, and every lead, author and group that names it."""

from collections.abc import Iterator

from csg.model.members import Directory, without_contact
from csg.model.workplan import Workplan
from csg.problem import Path
from csg.source.data_edits import Edit, Put
from csg.workspace import Workspace
from csg.workspace.names import GROUP, MEMBERS


def references(workspace: Workspace, member: str) -> dict[str, list[tuple[Path, str]]]:
    """Return the references to a member by file: the path of each value, and the value.

    Raise Refused if a file has errors.
    """
    by_file = {MEMBERS: list(_in_groups(workspace.directory, member))}
    if workspace.group.secretariat == member:
        by_file[GROUP] = [(("secretariat",), member)]
    for plan, file in workspace.plan_files.items():
        by_file[file] = list(_in_plan(workspace.with_plan(plan).plan, member))
    return {file: values for file, values in by_file.items() if values}


def reference_texts(workspace: Workspace, by_file: dict[str, list[tuple[Path, str]]]) -> list[str]:
    """Return the words for the references to a member: ``activity 2.4 in data/workplan-2021-22.yaml``."""
    plans = {file: workspace.with_plan(name).plan for name, file in workspace.plan_files.items()}
    groups = workspace.directory.leads
    texts = []
    for file, references_in_file in by_file.items():
        for path, _ in references_in_file:
            match path:
                case ("objectives", int(number), "activities", int(index), *_):
                    words = f"activity {plans[file].objectives[number].activities[index].id}"
                case ("leads", int(index), *_):
                    words = f"group {groups[index].id}"
                case _:
                    words = str(path[0])
            texts.append(f"{words} in {file}")
    return list(dict.fromkeys(texts))


def rename(workspace: Workspace, member: str, new: str) -> dict[str, list[Edit]]:
    """Return the edits, by file, that give each reference to a member the new id. A contact after it stays."""
    return {
        file: [Put(path, new + value[len(without_contact(value)) :]) for path, value in values]
        for file, values in references(workspace, member).items()
    }


def _in_groups(directory: Directory, member: str) -> Iterator[tuple[Path, str]]:
    for index, group in enumerate(directory.leads):
        if group.members != "all":
            for number, name in enumerate(group.members):
                if name == member:
                    yield ("leads", index, "members", number), name


def _in_plan(plan: Workplan, member: str) -> Iterator[tuple[Path, str]]:
    for number, objective in enumerate(plan.objectives):
        for index, activity in enumerate(objective.activities):
            path = ("objectives", number, "activities", index)
            for key in ("unodc_lead", "cso_lead"):
                for position, name in enumerate(getattr(activity, key)):
                    if without_contact(name) == member:
                        yield (*path, key, position), name
            for position, report in enumerate(activity.progress):
                if without_contact(report.by) == member:
                    yield (*path, "progress", position, "by"), report.by
