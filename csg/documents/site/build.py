"""All files of the site: its pages in each language, and what they offer for download."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from csg.documents.catalogue import Catalogue, Entry
from csg.documents.content import Document
from csg.documents.formats.html import site_page
from csg.documents.render import Step, document_for, no_step, own_texts
from csg.documents.site.activity import activity_page
from csg.documents.site.addresses import short
from csg.documents.site.assets import assets, marked_page
from csg.documents.site.downloads import NOTHING, downloads_of
from csg.documents.site.edition import Edition, Event
from csg.documents.site.lists import leads_page, reviews_page
from csg.documents.site.meetings import meeting_links, meeting_page_of
from csg.documents.site.navigation import Place, Site, menu, shell, words
from csg.documents.site.objective import activities_page, objective_page
from csg.documents.site.overview import overview_page
from csg.documents.site.search import search_page
from csg.documents.site.years import years_page
from csg.documents.templates import ENDING
from csg.language import Language
from csg.problem import Problem, Refused
from csg.workspace import Workspace

_SITE_REPORTS = frozenset({"README", "workbook", "slides", "calendar"})
"""The reports that are no page of the site: the overview replaces the first, the others are downloads."""


class Material(NamedTuple):
    """The parts of the site that do not come from the records: the changes of commits, and the tables of each plan.

    ``tables`` has the content of a file for each plan and ending: ``("2021-22", "csv")``. Without ``downloads``, the
    site is the pages alone. ``on`` is the day for what is late.
    """

    events: Sequence[Event] = ()
    whole_history: bool = True
    tables: Mapping[tuple[str, str], bytes] = {}
    downloads: bool = True
    on: date | None = None


class Built(NamedTuple):
    """The files of the site by path. A download is made when it is asked for."""

    pages: dict[str, bytes]
    downloads: dict[str, Callable[[], bytes]]
    left_out: tuple[str, ...]
    """The documents that are too long to be made as Word and PDF."""


def build_site(workspace: Workspace, languages: Sequence[str], material: Material, done: Step = no_step) -> Built:
    """Return the files of the site. The first language is at the top, each other one in a folder.

    Raise Refused if the data or a template has an error.
    """
    plans = [workspace.with_plan(name) for name in workspace.plan_files]
    folders = _language_folders(languages, workspace.plan_files)
    pages: dict[str, bytes] = dict(assets())
    downloads: dict[str, Callable[[], bytes]] = {}
    left_out: list[str] = []
    for code, folder in folders.items():
        editions = [
            Edition(Catalogue(plan, Language(code), material.on), material.events, whole_history=material.whole_history)
            for plan in plans
        ]
        for edition in editions:
            edition.others = {other.folder: other for other in editions}
        documents, places = _documents(editions)
        offered = {
            edition.folder: downloads_of(edition, documents, folder, material.tables) if material.downloads else NOTHING
            for edition in editions
        }
        downloads |= {file: make for offer in offered.values() for file, make in offer.files.items()}
        left_out += [title for offer in offered.values() for title in offer.left_out.values()]
        files = {path: f"{folder}{short(path)}.html" for path in documents}
        menus = {edition.folder: list(menu(edition, documents)) for edition in editions}
        site = Site(Language(code), folders, documents, files, editions[-1], menus, words(Language(code)))
        for path, document in documents.items():
            place = places[path]
            offer = offered[place.edition.folder]
            place = place._replace(downloads=offer.of_page(path), too_long=path in offer.left_out)
            pages[files[path]] = marked_page(site_page(document, shell(site, document, place), files))
            done()
    return Built(pages, downloads, tuple(dict.fromkeys(left_out)))


def _language_folders(languages: Sequence[str], plans: Mapping[str, str]) -> dict[str, str]:
    """Return the folder of each language, which is not that of a plan. The first language is at the top."""
    taken = {name.casefold() for name in plans}
    return {
        code: "" if not index else f"{code}-pages/" if code.casefold() in taken else f"{code}/"
        for index, code in enumerate(languages)
    }


def _documents(editions: Sequence[Edition]) -> tuple[dict[str, Document], dict[str, Place]]:
    """Return the pages of a language by path, and the place of each."""
    documents: dict[str, Document] = {}
    places: dict[str, Place] = {}
    current = editions[-1]
    taken: set[str] = set()
    for document, place in _pages(editions):
        _take(document.path, taken)
        documents[document.path], places[document.path] = document, place
    kinds = _kinds(editions, documents)
    documents["search"] = search_page(current, list(documents.values()), kinds)
    places["search"] = Place(current, "search", ("index",))
    return documents, places


def _take(path: str, taken: set[str]) -> None:
    """Remember the path of a page. Raise Refused for the path of another page: only a report of a template can have it.

    Case is ignored, as on Windows and macOS.
    """
    if path.casefold() in taken:
        name = path.rpartition("/")[2]
        hint = f"Give the template another name than '{name}{ENDING}'."
        raise Refused(Problem("CSG605", f"the site has another page '{path}'", f"templates/{name}{ENDING}", hint=hint))
    taken.add(path.casefold())


def _pages(editions: Sequence[Edition]) -> Iterator[tuple[Document, Place]]:
    yield overview_page(editions[-1]), Place(editions[-1], "index")
    for edition in reversed(editions):
        yield from _plan_pages(edition)
    if len(editions) > 1:
        yield years_page(editions), Place(editions[-1], "years", ("index",))


def _plan_pages(edition: Edition) -> Iterator[tuple[Document, Place]]:
    """Yield the pages of a plan; with the last plan, also those about all plans."""
    activities = f"{edition.folder}/index"
    yield activities_page(edition), Place(edition, activities, ("index",))
    yield from _in_a_row(
        ((objective_page(edition, objective), ("index", activities)) for objective in edition.plan.objectives),
        edition,
        activities,
    )
    yield from _in_a_row(
        (
            (activity_page(edition, activity), ("index", activities, edition.objective_page_of(activity)))
            for activity in edition.plan.activities()
        ),
        edition,
        activities,
    )
    leads = f"{edition.folder}/leads/index"
    if edition.source.leads:
        yield leads_page(edition), Place(edition, leads, ("index",))
    if edition.catalogue.reviews:
        yield reviews_page(edition), Place(edition, "reviews", ("index",))
    sections = dict.fromkeys(edition.source.lead_pages.values(), leads) | dict.fromkeys(
        edition.catalogue.reviews, "reviews"
    )
    for document in _report_pages(edition):
        section = sections.get(document.path)
        yield document, Place(edition, section or document.path, ("index", *([section] if section else [])))
    meeting = f"{edition.folder}/meeting"
    for held, path in edition.meetings:
        yield meeting_page_of(edition, held, path), Place(edition, meeting, ("index", meeting))


def _in_a_row(
    pages: Iterator[tuple[Document, tuple[str, ...]]], edition: Edition, section: str
) -> Iterator[tuple[Document, Place]]:
    """Yield pages that follow each other, with the page before and after each."""
    row = list(pages)
    for index, (document, above) in enumerate(row):
        before = row[index - 1][0].path if index else ""
        after = row[index + 1][0].path if index + 1 < len(row) else ""
        yield document, Place(edition, section, above, before, after)


def _report_pages(edition: Edition) -> Iterator[Document]:
    """Yield the documents of the catalogue, also those of the workspace's templates."""
    catalogue = edition.catalogue
    chosen: list[tuple[Catalogue, Entry]] = [
        (catalogue, entry) for entry in catalogue.entries() if entry.report not in _SITE_REPORTS
    ]
    texts = own_texts(catalogue, chosen)
    for _catalogue, entry in chosen:
        document = document_for(catalogue, entry, texts)
        if entry.report == "meeting":
            document = document._replace(blocks=(*document.blocks, *meeting_links(edition)))
        yield document


def _kinds(editions: Sequence[Edition], documents: Mapping[str, Document]) -> dict[str, str]:
    """Return the kind of each page in words, for the list of all pages."""
    _ = editions[-1].source.language.gettext
    kinds: dict[str, str] = dict.fromkeys(documents, _("Report"))
    for edition in editions:
        kinds |= dict.fromkeys(edition.objective_pages.values(), _("Objective"))
        kinds |= dict.fromkeys(edition.activity_pages.values(), _("Activity"))
        kinds |= dict.fromkeys(edition.source.lead_pages.values(), _("Lead"))
        kinds |= {path: _("Meeting") for _meeting, path in edition.meetings}
        kinds |= {path: _("Review") for path in documents if path.startswith("reviews/")}
    return kinds
