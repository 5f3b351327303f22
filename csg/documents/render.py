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
    """Yield each report's name, its template, and its documents with what each is given besides.

    The README, the members and the reviews are about every plan, and are rendered with the last one. All other
    documents are in a folder of their plan's name, so that their addresses stay the same for ever.
    """
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
            if name not in OF_EVERY_PLAN:
                documents = [(f"{plan.workplan}/{path}", besides) for path, besides in documents]
            elif not _is_last(workspace):
                continue
            if documents:  # there may be no review yet
                yield name, template, documents


OF_EVERY_PLAN = frozenset({"README", "members", "review"})
"""Reports at the top of the folder, which are about every plan."""


def _is_last(workspace: Workspace) -> bool:
    return workspace.plan_file == list(workspace.plan_files.values())[-1]


def _nothing(_: PlanData) -> Plain:
    return {}


def _review(_: PlanData, review: Review, workspace: Workspace, page: str) -> Plain:
    return review_context(review, _plans(workspace), workspace.country_list, page)


def _plans(workspace: Workspace) -> dict[str, Workplan]:
    return {name: workspace.other(name).plan for name in workspace.plan_files}


def _reviews(workspace: Workspace) -> dict[str, Review]:
    """Return the reviews by their pages; none for an earlier plan, since they belong to no plan."""
    if not _is_last(workspace):
        return {}
    reviews = {review.review: review for review in workspace.reviews}
    return {page: reviews[name] for name, page in pages(reviews).items()}


def render_reports(workspace: Workspace, names: list[str], on: date | None = None) -> dict[str, str]:
    """Return the Markdown of reports by path, and their pictures: of those named (``progress``, ``INPUD``) or of all.

    An activity is late after the day ``on``,
    or after the due date of a period. Raises Refused if the data or a template has an error, or no report has the name.
    """
    texts, places = templates(workspace)
    every = list(_all(workspace, places))
    groups = {name: [path for path, _ in documents] for name, _, documents in every}
    chosen = {path for name in names or groups for path in _chosen(name, groups)}
    plan = workspace.plan
    earlier = list(workspace.plan_files)[:-1] if _is_last(workspace) else []
    years = [workspace.other(name).plan for name in earlier]
    reviews = _reviews(workspace)
    data = plan_data(plan, workspace.directory, on, workspace.group.secretariat)
    shared = context(data, workspace.group, years, {page: review.title for page, review in reviews.items()})
    jobs = [
        Job(path, template, besides(data))
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
    page = page_name(name)
    known = {f"{name}.md", f"{page}.md", f"leads/{page}.md", f"reviews/{page}.md"}
    wanted = {path.casefold() for path in known}
    paths = groups.get(name) or [
        path for path in every if {path.casefold(), path.partition("/")[2].casefold()} & wanted
    ]
    if not paths:
        hint = nearest(name, groups, f"there are {', '.join(groups)}, and each lead's page by its name")
        raise Refused(Problem("CSG603", f"no report '{shown(name)}'", hint=hint))
    return paths
