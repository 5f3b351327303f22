"""Which reports there are, and their text."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from csg.problem import Problem, Refused, nearest
from csg.reports.context import context, lead_context, leads, page_name, period_context
from csg.reports.sandbox import Job, render
from csg.source.text import decode
from csg.workspace import Workspace
from csg.workspace.files import read_bytes

ENDING = ".md.j2"
MARK = "<!-- csg report render made this page from the data folder; a change made here is lost. -->\n"
"""The first line of every rendered report: a file without it is somebody's own, and is never touched."""


class Report(NamedTuple):
    """A report: its name, the template's place, and the documents it makes."""

    name: str
    template: str
    own: bool
    jobs: list[Job]


def built_in(name: str) -> Path:
    """A folder that comes with csg: beside the modules where it is installed, beside the package in a checkout."""
    package = Path(str(resources.files("csg")))
    return package / name if (package / name).is_dir() else package.parent / name


def templates(workspace: Workspace) -> tuple[dict[str, str], dict[str, str]]:
    """The text of every template by name, the workspace's own before csg's, and where each is from."""
    texts, places = {}, {}
    for path in sorted(built_in("templates").glob(f"*{ENDING}")):
        texts[path.name], places[path.name] = path.read_text("utf-8"), f"csg:templates/{path.name}"
    for path in sorted(workspace.root.glob(f"templates/*{ENDING}")):
        file = f"templates/{path.name}"
        texts[path.name], places[path.name] = decode(read_bytes(workspace.root, file), file), file
    return texts, places


def reports(workspace: Workspace) -> list[Report]:
    """Every report of the workspace, by name. A template whose name begins with _ is part of others."""
    _, places = templates(workspace)
    return [
        Report(name, template, not place.startswith("csg:"), list(_jobs(workspace, name, template)))
        for template, place in sorted(places.items())
        if not template.startswith("_")
        for name in [template.removesuffix(ENDING)]
    ]


def _jobs(workspace: Workspace, name: str, template: str) -> Iterator[Job]:
    plan, directory = workspace.plan, workspace.directory
    match name:
        case "progress":
            for period in plan.periods:
                yield Job(f"progress-{page_name(period.id)}.md", template, period_context(plan, directory, period))
        case "lead":
            for lead in leads(plan, directory):
                yield Job(f"leads/{page_name(lead)}.md", template, lead_context(plan, directory, lead))
        case _:
            yield Job(f"{name}.md", template, {})


def render_reports(workspace: Workspace, names: list[str]) -> dict[str, str]:
    """The text of reports by path, in Markdown: of those named (``progress``, ``progress-mid``, a path), or of all.

    Raises Refused where the data or a template is at fault, or no report has the name.
    """
    jobs = {job.path: job for report in reports(workspace) for job in report.jobs}
    groups = {report.name: [job.path for job in report.jobs] for report in reports(workspace)}
    chosen: dict[str, Job] = {}
    for name in names or groups:
        paths = groups.get(name) or [path for path in (name, f"{name}.md") if path in jobs]
        if not paths:
            hint = nearest(name, groups, f"there are {', '.join(groups)}")
            raise Refused(Problem("CSG603", f"no report '{name}'", hint=hint))
        chosen.update((path, jobs[path]) for path in paths)
    texts, places = templates(workspace)
    made = render(texts, context(workspace.plan, workspace.directory), list(chosen.values()), places)
    return {path: MARK + text for path, text in made.items()}
