"""Which reports there are, and their text."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from csg.documents.context import Plain, PlanData, context, leads, page_name, pages, plan_data
from csg.documents.period import lead_context, period_context
from csg.documents.reviews import pictures, review_context
from csg.documents.sandbox import Job, render
from csg.model.review import Review
from csg.model.workplan import Workplan
from csg.problem import Problem, Refused, nearest, shown
from csg.source.text import decode
from csg.workspace import Workspace
from csg.workspace.files import listed, read_bytes

ENDING = ".md.j2"
MARK = "<!-- csg report render made this page from the data folder; a change made here is lost. -->\n"
"""The first line of every rendered report: a file without it is somebody's own, and is never touched."""


class Report(NamedTuple):
    """A report: its name, its template, whether that is the workspace's own, and the documents it makes."""

    name: str
    template: str
    own: bool
    documents: list[str]


def built_in(name: str) -> Path:
    """A folder that comes with csg: beside the modules where it is installed, beside the package in a checkout."""
    package = Path(str(resources.files("csg")))
    return package / name if (package / name).is_dir() else package.parent / name


def templates(workspace: Workspace) -> tuple[dict[str, str], dict[str, str]]:
    """The text of every template by name, the workspace's own before csg's, and where each is from."""
    texts, places = {}, {}
    for path in sorted(built_in("templates").glob(f"*{ENDING}")):
        texts[path.name], places[path.name] = path.read_text("utf-8"), f"csg:templates/{path.name}"
    for file in listed(workspace.root, f"templates/*{ENDING}"):
        name = file.removeprefix("templates/")
        texts[name], places[name] = decode(read_bytes(workspace.root, file), file), file
    return texts, places


def reports(workspace: Workspace) -> list[Report]:
    """Every report of the workspace, by name. A template whose name begins with _ is part of others."""
    _, places = templates(workspace)
    return [
        Report(name, template, not places[template].startswith("csg:"), [path for path, _ in documents])
        for name, template, documents in _all(workspace, places)
    ]


Besides = Callable[[PlanData], Plain]
"""Returns what one document's template is given besides what all are given."""


def _all(workspace: Workspace, places: dict[str, str]) -> Iterator[tuple[str, str, list[tuple[str, Besides]]]]:
    """Each report's name, its template, and its documents with what each is given besides."""
    plan, directory = workspace.plan, workspace.directory
    periods, named = pages(period.id for period in plan.periods), pages(leads(plan, directory))
    several: dict[str, list[tuple[str, Besides]]] = {
        "progress": [
            (f"progress-{periods[period.id]}.md", partial(period_context, index=index))
            for index, period in enumerate(plan.periods)
        ],
        "lead": [(f"leads/{page}.md", partial(lead_context, name=lead)) for lead, page in named.items()],
        "review": [
            (f"reviews/{page}.md", partial(_review, review=review, workspace=workspace, page=page))
            for page, review in _reviews(workspace).items()
        ],
    }
    for template in sorted(places):
        if not template.startswith("_"):
            name = template.removesuffix(ENDING)
            documents = several.get(name, [(f"{name}.md", _nothing)])
            if documents:  # there may be no review yet
                yield name, template, documents


def _nothing(_: PlanData) -> Plain:
    return {}


def _review(_: PlanData, review: Review, workspace: Workspace, page: str) -> Plain:
    return review_context(review, _plans(workspace), workspace.country_list, page)


def _plans(workspace: Workspace) -> dict[str, Workplan]:
    return {name: workspace.other(name).plan for name in workspace.plan_files}


def _reviews(workspace: Workspace) -> dict[str, Review]:
    """The reviews by their pages. They belong to no year: their reports stand beside those of the last plan."""
    if workspace.plan_file != list(workspace.plan_files.values())[-1]:
        return {}
    reviews = {review.review: review for review in workspace.reviews}
    return {page: reviews[name] for name, page in pages(reviews).items()}


def render_reports(workspace: Workspace, names: list[str], on: date | None = None) -> dict[str, str]:
    """Return the Markdown of reports by path, and their pictures: of those named (``progress``, ``INPUD``) or of all.

    The last plan's are at the top, an earlier plan's in a folder of its name. An activity is late after the day ``on``,
    or after the due date of a period. Raises Refused if the data or a template has an error, or no report has the name.
    """
    texts, places = templates(workspace)
    every = list(_all(workspace, places))
    groups = {name: [path for path, _ in documents] for name, _, documents in every}
    chosen = {path for name in names or groups for path in _chosen(name, groups)}
    plan, earlier = workspace.plan, list(workspace.plan_files)[:-1]
    years = [workspace.other(name).plan for name in earlier] if plan.workplan not in earlier else []
    reviews = _reviews(workspace)
    data = plan_data(plan, workspace.directory, on, workspace.group.secretariat)
    shared = context(data, workspace.group, years, {page: review.title for page, review in reviews.items()})
    folder = f"{plan.workplan}/" if plan.workplan in earlier else ""
    jobs = [
        Job(folder + path, template, besides(data))
        for _, template, documents in every
        for path, besides in documents
        if path in chosen
    ]
    made = render(texts, jobs, places, shared)
    for page, review in reviews.items():
        if f"reviews/{page}.md" in made:
            made |= {f"reviews/{name}": picture for name, picture in pictures(review, page).items()}
    return {path: MARK + text for path, text in made.items()}


def _chosen(name: str, groups: dict[str, list[str]]) -> list[str]:
    every = [path for paths in groups.values() for path in paths]
    known = (
        name.casefold(),
        f"{name}.md".casefold(),
        f"leads/{page_name(name)}.md".casefold(),
        f"reviews/{page_name(name)}.md".casefold(),
    )
    paths = groups.get(name) or [path for path in every if path.casefold() in known]
    if not paths:
        hint = nearest(name, groups, f"there are {', '.join(groups)}, and each lead's page by its name")
        raise Refused(Problem("CSG603", f"no report '{shown(name)}'", hint=hint))
    return paths
