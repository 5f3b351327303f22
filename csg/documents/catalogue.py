"""The documents of a workspace: those of csg, and those of the workspace's templates."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from csg.documents.content import Document
from csg.documents.context import Plain
from csg.documents.pages.index import index_page
from csg.documents.pages.lead import lead_page
from csg.documents.pages.meeting import meeting_page
from csg.documents.pages.members import members_page
from csg.documents.pages.progress import progress_page
from csg.documents.pages.review import review_page
from csg.documents.pages.workplan import workplan_page
from csg.documents.period import lead_context, period_context
from csg.documents.review_context import review_context
from csg.documents.source import Source, page_names
from csg.documents.templates import ENDING, own_templates
from csg.language import Language
from csg.model.review import Review
from csg.model.workplan import Workplan
from csg.problem import Problem, Refused, nearest, shown
from csg.workspace import Workspace

DATA_FILES = {"workbook": "xlsx", "slides": "pptx", "calendar": "ics"}
"""The reports that are not pages, with the endings of their files."""
ONLY_NAMED = frozenset({"meeting", *DATA_FILES})
"""The reports that are rendered only by name."""
OF_EVERY_PLAN = frozenset({"README", "members", "review"})
"""The reports about all plans, which are rendered with the last plan."""


class Entry(NamedTuple):
    """A document that can be rendered: its report, its path without an ending, and how it is made.

    ``template`` is the workspace's template, with its variables; empty for a document of csg.
    """

    report: str
    path: str
    page: Callable[[], Document] | None
    template: str = ""
    context: Callable[[], Plain] = dict


class Report(NamedTuple):
    """A report: its name, the file of the workspace's template if it has one, and the paths of its documents."""

    name: str
    template: str
    documents: list[str]


class Catalogue:
    """The documents of a plan; with the last plan, also those about all plans."""

    def __init__(
        self, workspace: Workspace, language: Language | None = None, on: date | None = None, since: date | None = None
    ) -> None:
        self.workspace, self._since = workspace, since
        self.language = language or Language(workspace.group.language)
        self._on = on
        self.source = self._source(workspace)
        self.templates, self.template_files = own_templates(workspace)
        self.is_last = workspace.plan_file == list(workspace.plan_files.values())[-1]
        self.reviews: dict[str, Review] = {}
        if self.is_last:
            reviews = {review.review: review for review in workspace.reviews}
            self.reviews = {f"reviews/{page}": reviews[name] for name, page in page_names(reviews).items()}
        self.earlier = tuple(self._source(workspace.with_plan(name)) for name in self._earlier_names())

    def _source(self, workspace: Workspace) -> Source:
        return Source(workspace.plan, workspace.directory, workspace.group, self.language, self._on)

    def _earlier_names(self) -> list[str]:
        return list(self.workspace.plan_files)[:-1] if self.is_last else []

    def entries(self) -> list[Entry]:
        """Return every document, by the names of the reports."""
        entries = [entry for entry in self._built_in() if self.is_last or entry.report not in OF_EVERY_PLAN]
        entries = [self._with_own_template(entry) for entry in entries]
        names = [name.removesuffix(ENDING) for name in self.templates if not name.startswith("_")]
        folder = self.source.plan.workplan
        new = [Entry(name, f"{folder}/{name}", None, f"{name}{ENDING}") for name in names if name not in _ORDER]
        return sorted((*entries, *new), key=_order)

    def _built_in(self) -> Iterator[Entry]:
        source, plan = self.source, self.source.plan
        titles = {page: review.title for page, review in self.reviews.items()}
        yield Entry("README", "README", lambda: index_page(source, self.earlier, titles))
        for name, page in source.lead_pages.items():
            page_of_lead = partial(lead_page, source, name, self.earlier)
            yield Entry("lead", page, page_of_lead, context=partial(lead_context, source, name))
        yield Entry("meeting", f"{plan.workplan}/meeting", partial(meeting_page, source, self._since))
        yield Entry("workbook", f"{plan.workplan}/workbook", None)
        yield Entry("slides", f"{plan.workplan}/slides", None)
        yield Entry("calendar", f"{plan.workplan}/calendar", None)
        yield Entry("members", "members", partial(members_page, source))
        for index, period in enumerate(plan.periods):
            page = source.period_pages[period.id]
            context = partial(period_context, source, index)
            yield Entry("progress", page, partial(progress_page, source, index), context=context)
        for page, review in self.reviews.items():
            make = partial(self._review_page, review, page)
            yield Entry("review", page, make, context=partial(self._review_context, review, page))
        yield Entry("workplan", f"{plan.workplan}/workplan", partial(workplan_page, source))

    def _review_page(self, review: Review, page: str) -> Document:
        return review_page(self.source, review, page, self.workspace.country_list, self._plans())

    def _review_context(self, review: Review, page: str) -> Plain:
        return review_context(review, self._plans(), self.workspace.country_list, page.rpartition("/")[2])

    def _plans(self) -> dict[str, Workplan]:
        return {name: self.workspace.with_plan(name).plan for name in self.workspace.plan_files}

    def _with_own_template(self, entry: Entry) -> Entry:
        name = f"{entry.report}{ENDING}"
        return entry._replace(template=name) if name in self.templates else entry

    def chosen(self, names: list[str]) -> list[Entry]:
        """Return the named documents (``progress``, ``progress-mid``, ``INPUD``), or all documents without a name.

        Raise Refused if no document has the name.
        """
        entries = self.entries()
        if not names:
            return [entry for entry in entries if entry.report not in ONLY_NAMED]
        paths = {path for name in names for path in self._paths(name, entries)}
        return [entry for entry in entries if entry.path in paths]

    def _paths(self, name: str, entries: list[Entry]) -> set[str]:
        wanted = name.casefold()
        singular = {"reviews": "review", "leads": "lead"}.get(wanted, name)
        paths = {entry.path for entry in entries if singular == entry.report}
        if paths or singular != name:
            return paths  # without a review yet
        paths = {page for lead, page in self.source.lead_pages.items() if lead.casefold() == wanted}
        paths = paths or {
            entry.path for entry in entries if wanted in (part.casefold() for part in _names_of(entry.path))
        }
        if not paths:
            known = [
                *dict.fromkeys(entry.report for entry in entries),
                *(_names_of(entry.path)[-1] for entry in entries),
            ]
            hint = nearest(name, known, "Run `csg report list` to see them all.")
            raise Refused(Problem("CSG603", f"no report '{shown(name)}'", hint=hint))
        return paths


_ORDER = ("README", "workplan", "progress", "lead", "members", "review", "meeting", "workbook", "slides", "calendar")


def _order(entry: Entry) -> tuple[int, str]:
    """Return the rank of a document among all. The reports of csg come first."""
    return (_ORDER.index(entry.report), "") if entry.report in _ORDER else (len(_ORDER), entry.report)


def _names_of(path: str) -> tuple[str, ...]:
    """Return the names by which a document can be called: its path, the path in its plan's folder, its last part."""
    return (path, f"{path}.md", path.partition("/")[2], path.rpartition("/")[2])


def reports(workspace: Workspace) -> list[Report]:
    """Return every report of a workspace, by name."""
    catalogue = Catalogue(workspace)
    by_name: dict[str, list[Entry]] = {}
    for entry in catalogue.entries():
        by_name.setdefault(entry.report, []).append(entry)
    return [
        Report(
            name,
            catalogue.template_files.get(entries[0].template, ""),
            [f"{entry.path}.{DATA_FILES.get(name, 'md')}" for entry in entries],
        )
        for name, entries in by_name.items()
    ]
