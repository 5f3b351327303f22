"""The files whose reports the plan can take: a report with an error is refused before a person confirms anything."""

from collections.abc import Iterable
from functools import partial

from csg.checks import errors_in
from csg.editing import edits
from csg.editing.change import change_files
from csg.forms.collect import Collected, NewReport
from csg.model.workplan import Progress
from csg.problem import Problem, Refused
from csg.source.data_edits import Edit
from csg.workspace import Workspace


def without_refused(workspace: Workspace, collected: Iterable[Collected]) -> list[Collected]:
    """Return the files again. A file with a report that the plan cannot take has the problems, and no report.

    Raise Refused if the plan has errors already.
    """
    files = list(collected)
    refused = {number for number, _ in enumerate(files)} - set(_sound(workspace, files, range(len(files))))
    if refused and (errors := errors_in(workspace.snapshot())):
        raise Refused(*errors)
    return [
        found._replace(reports=(), problems=(*found.problems, *_problems(workspace, found)))
        if number in refused
        else found
        for number, found in enumerate(files)
    ]


def report_edits(fresh: Workspace, reports: Iterable[NewReport]) -> dict[str, Iterable[Edit]]:
    """Return the edits that add reports, by the file of the plan."""
    by_plan: dict[str, list[tuple[str, Progress]]] = {}
    for new in reports:
        by_plan.setdefault(new.plan, []).append((new.activity, new.report))
    for entries in by_plan.values():  # in the order of the leads, whatever the names of the files
        entries.sort(key=lambda entry: entry[1].by.casefold())
    return {
        fresh.with_plan(name).plan_file: edits.add_reports(fresh.with_plan(name).plan, entries)
        for name, entries in by_plan.items()
    }


def _sound(workspace: Workspace, files: list[Collected], numbers: range) -> list[int]:
    """Return the numbers of the files that the plan can take. Halves are tried: most files are sound."""
    reports = [new for number in numbers for new in files[number].reports]
    if not _refusals(workspace, reports):
        return list(numbers)
    if len(numbers) == 1:
        return []
    middle = len(numbers) // 2
    return [*_sound(workspace, files, numbers[:middle]), *_sound(workspace, files, numbers[middle:])]


def _problems(workspace: Workspace, found: Collected) -> list[Problem]:
    """Return the problems of a file that is refused, each with the activity of its report."""
    problems = [
        problem._replace(message=f"the report on activity {new.activity}: {problem.message}")
        for new in found.reports
        for problem in _refusals(workspace, [new])
    ]
    every = problems or _refusals(workspace, found.reports)
    return [problem._replace(file=found.file, line=0, column=0) for problem in every]


def _refusals(workspace: Workspace, reports: Iterable[NewReport]) -> tuple[Problem, ...]:
    try:
        change_files(workspace, partial(report_edits, reports=tuple(reports)), dry_run=True)
    except Refused as refused:
        return refused.problems
    return ()
