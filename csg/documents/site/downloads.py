"""The files that the site offers for download, each made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from csg.documents.catalogue import DATA_FILES
from csg.documents.content import Document, plain_text
from csg.documents.marks import marked as with_mark
from csg.documents.render import Format, Wanted, data_files, document_files, has_extra
from csg.documents.site.addresses import short
from csg.documents.site.edition import Edition
from csg.documents.site.navigation import Download

_MOST_ROWS = 300
"""The rows of a document that is offered as Word and PDF: a longer one takes minutes, and its page can be printed."""
_DATA_TITLES = {"csv": "CSV", "json": "JSON"}


class Offer(NamedTuple):
    """The downloads of a plan: how each file is made, those of each page, and the documents that are too long.

    ``left_out`` has the title of each document that is too long for Word and PDF, by the path of its page.
    """

    files: dict[str, Callable[[], bytes]]
    pages: dict[str, list[Download]]
    left_out: dict[str, str]

    def of_page(self, path: str) -> tuple[Download, ...]:
        """Return the downloads of a page."""
        return tuple(self.pages.get(path, ()))


NOTHING = Offer({}, {}, {})
"""The offer of a site without downloads."""


def downloads_of(
    edition: Edition, documents: Mapping[str, Document], folder: str, tables: Mapping[tuple[str, str], bytes]
) -> Offer:
    """Return the downloads of a plan in a language. ``folder`` is that of the language."""
    offer = Offer({}, {}, {})
    here = f"{folder}{edition.folder}/downloads/"
    plan_pages = [f"{edition.folder}/index", *(["index"] if edition.catalogue.is_last else [])]
    printed = _formats("pdf", "docx")
    for path, document in _printed(edition, documents):
        if printed and _rows(document) > _MOST_ROWS:
            offer.left_out[path] = plain_text(document.title)
            continue
        for to in printed:
            make = partial(_document, edition, document, to)
            file = f"{here}{short(document.file)}.{to}"
            _add(offer, file, make, to.upper(), [path])
    names = {ending: name for name, ending in DATA_FILES.items()}
    for to in _formats("xlsx", "pptx", "ics"):
        name = names[to]
        file = f"{here}{edition.source.file_name(f'{edition.folder}-{name}')}.{to}"
        pages = [*plan_pages, *(offer.left_out if to == "xlsx" else ())]
        _add(offer, file, partial(_data, edition, to, None), _title(edition, to), pages)
    if has_extra("ics"):
        for name, page in edition.source.lead_pages.items():
            file = f"{here}{short(page.rpartition('/')[2])}.ics"
            _add(offer, file, partial(_data, edition, "ics", name), _title(edition, "ics"), [page])
    for (plan, ending), content in tables.items():
        if plan == edition.folder:
            file = f"{plan}/downloads/{edition.source.file_name(f'{plan}-activities')}.{ending}"
            pages = [*plan_pages, *(offer.left_out if ending == "csv" else ())]
            _add(offer, file, partial(bytes, content), _DATA_TITLES[ending], pages)
    return offer


def _add(offer: Offer, file: str, make: Callable[[], bytes], title: str, pages: list[str]) -> None:
    offer.files[file] = make
    for page in pages:
        offer.pages.setdefault(page, []).append(Download(title, file))


def _formats(*formats: Format) -> list[Format]:
    return [to for to in formats if has_extra(to)]


def _printed(edition: Edition, documents: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """Yield the documents that people print or send: the plan, the reports, the brief, the reviews, the members."""
    folder = edition.folder
    paths = [f"{folder}/workplan", *edition.source.period_pages.values(), f"{folder}/meeting"]
    if edition.catalogue.is_last:
        paths += ["members", *edition.catalogue.reviews]
    for path in paths:
        if path in documents:
            yield path, documents[path]


def _rows(document: Document) -> int:
    return sum(len(block.rows) for block in document.blocks if block.kind == "table")


def _title(edition: Edition, to: Format) -> str:
    _ = edition.source.language.gettext
    return {"xlsx": _("Workbook (Excel)"), "pptx": _("Slides"), "ics": _("Calendar (ICS)")}[to]


def _document(edition: Edition, document: Document, to: Format) -> bytes:
    (content,) = document_files([document], to, edition.catalogue.workspace).files.values()
    return with_mark(f"x.{to}", content)


def _data(edition: Edition, to: Format, lead: str | None) -> bytes:
    (content,) = data_files([edition.catalogue], to, Wanted(lead=lead)).files.values()
    return with_mark(f"x.{to}", content)
