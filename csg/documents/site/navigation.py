"""The frame of each page of the site: the menu, the way up, the neighbours, the languages and the downloads."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from csg.documents.content import Document, Heading, Panel, plain_text, shortened
from csg.documents.formats.html import address
from csg.documents.site.blocks import Anchor, Shell
from csg.documents.site.edition import Edition
from csg.language import Language

_LONGEST_TITLE = 60
"""The letters of the title of another page that a link of the frame shows."""


_LISTED_LEVEL, _FEWEST_HEADINGS = 2, 4
"""The level of the headings that a page lists, and their number from which it does."""


class Download(NamedTuple):
    """A file to download: its title, and its path from the top folder."""

    title: str
    file: str


class Place(NamedTuple):
    """The place of a page in the site: its plan, its entry of the menu, the pages above it, and its neighbours.

    ``edition`` is the plan that the page is about, or the last one. A page that is ``too_long`` has no Word and PDF.
    """

    edition: Edition
    section: str
    above: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    downloads: tuple[Download, ...] = ()
    too_long: bool = False


class Site(NamedTuple):
    """The documents of a language by path, with their files, and the folder of each other language."""

    language: Language
    folders: Mapping[str, str]
    documents: Mapping[str, Document]
    files: Mapping[str, str]
    current: Edition
    menus: Mapping[str, Sequence[tuple[str, str]]]
    """The path and the title of each entry of the menu of a plan, by the plan's name."""
    words: Mapping[str, str]


def shell(site: Site, document: Document, place: Place) -> Shell:
    """Return the frame of a page."""
    _, here = site.language.gettext, site.files[document.path]
    profile, current = site.current.source.profile, site.current

    def link(path: str, title: str = "", **more: object) -> Anchor:
        words = title or shortened(plain_text(site.documents[path].title), _LONGEST_TITLE)
        return Anchor(words, address(site.files[path], here), **more)  # type: ignore[arg-type]

    titles = dict(site.menus[place.edition.folder])
    neighbours = [(place.before, "prev", _("Previous")), (place.after, "next", _("Next"))]
    return Shell(
        root="../" * here.count("/"),
        brand=profile.short or profile.group or current.plan.title,
        home=link("index"),
        search=address(site.files["search"], here),
        menu=tuple(
            link(path, title, here=path == document.path, within=path == place.section)
            for path, title in site.menus[place.edition.folder]
        ),
        crumbs=tuple(link(path, titles.get(path, "")) for path in place.above),
        languages=tuple(_languages(site, document.path)),
        contents=contents(document),
        around=tuple(link(path, side=side, label=label) for path, side, label in neighbours if path),
        downloads=tuple(Anchor(entry.title, address(entry.file, here)) for entry in place.downloads),
        too_long=place.too_long,
        earlier=place.edition is not current,
        words=site.words,
        links=place.edition.activity_pages,
    )


def contents(document: Document) -> tuple[Anchor, ...]:
    """Return the second-level headings of a page, as links; none if they are few."""
    named: list[tuple[str, object]] = []
    for number, block in enumerate(document.blocks, 1):
        inner = block.blocks if isinstance(block, Panel) else ()
        named += [(f"b{number}", block), *((f"b{number}-{index}", part) for index, part in enumerate(inner, 1))]
    found = [
        Anchor(shortened(plain_text(block.line), _LONGEST_TITLE), f"#{name}")
        for name, block in named
        if isinstance(block, Heading) and block.level == _LISTED_LEVEL
    ]
    return tuple(found) if len(found) >= _FEWEST_HEADINGS else ()


def menu(edition: Edition, documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """Yield the path and the title of each entry of the menu: those of the page's plan, then those of all plans."""
    _, source = edition.source.language.gettext, edition.source
    yield "index", _("Overview")
    yield f"{edition.folder}/index", _("Activities")
    yield f"{edition.folder}/workplan", _("Workplan")
    for period in edition.plan.periods:
        yield source.period_pages[period.id], period.name
    if source.leads:
        yield f"{edition.folder}/leads/index", edition.source.language.pgettext("people", "Leads")
    yield f"{edition.folder}/meeting", _("Meetings")
    for path in own_reports(edition):
        yield path, shortened(plain_text(documents[path].title), _LONGEST_TITLE)
    if "reviews" in documents:
        yield "reviews", _("Reviews")
    yield "members", _("Members")
    if "years" in documents:
        yield "years", _("Years")


def own_reports(edition: Edition) -> list[str]:
    """Return the paths of the reports that only the templates of the workspace make."""
    return [entry.path for entry in edition.catalogue.entries() if entry.page is None and entry.template]


def _languages(site: Site, path: str) -> Iterator[Anchor]:
    here = site.files[path]
    own = site.folders[site.language.code]
    for code, folder in site.folders.items():
        name = Language(code).locale.get_display_name(code) or code
        target = f"{folder}{here.removeprefix(own)}"
        yield Anchor(name[:1].upper() + name[1:], address(target, here), here=code == site.language.code, code=code)


def words(language: Language) -> dict[str, str]:
    """Return the words of the frame, and of the script, which replaces %1 and %2."""
    _ = language.gettext
    return {
        "skip": _("Skip to the content"),
        "menu": _("Pages"),
        "crumbs": _("The way to this page"),
        "languages": _("Languages"),
        "around": _("Next pages"),
        "search": _("Search"),
        "go": _("Find"),
        "downloads": _("Downloads"),
        "too_long": _(
            "This page is too long to offer as Word or PDF. You can print it, or save it as PDF when you print."
        ),
        "contents": _("On this page"),
        "earlier": _("This page is about an earlier plan. The current plan:"),
        "top": _("Back to the top"),
        "filter": _("Show only rows with"),
        "status": _("Status"),
        "all": _("All"),
        "shown": _("{shown} of {number} rows are shown.", shown="%1", number="%2"),
        "sort": _("Sort by {column}", column="%1"),
    }
