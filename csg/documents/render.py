"""Render documents in a format: those of csg from their content, and those of templates from their Markdown."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple, get_args

from csg.documents.catalogue import DATA_FILES, Catalogue, Entry
from csg.documents.content import Document
from csg.documents.context import context
from csg.documents.marks import MARK
from csg.documents.sandbox import Job, render
from csg.documents.source import page_name
from csg.language import Language
from csg.problem import Problem, Refused
from csg.workspace import Workspace
from csg.workspace.files import exists, read_bytes

Format = Literal["markdown", "html", "docx", "pdf", "xlsx", "pptx", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)
_PAGE_FORMATS: tuple[Format, ...] = ("markdown", "html", "docx", "pdf")
_FORMATS_OF: dict[str, tuple[Format, ...]] = {
    "readme": ("markdown", "html"),
    "workbook": ("xlsx",),
    "slides": ("pptx",),
    "calendar": ("ics",),
}
"""The formats of reports that are not pages, and of the page of links, which is not for print."""
_EXTRA_MODULES = {
    "docx": ("docx", "typst"),
    "pdf": ("typst",),
    "xlsx": ("xlsxwriter",),
    "pptx": ("pptx", "typst"),
    "ics": ("icalendar",),
}
"""The modules of the extra ``documents`` that a format needs."""


class Rendered(NamedTuple):
    """Files by path, with the characters that are shown as codes because no font has them."""

    files: dict[str, bytes]
    without_font: dict[str, list[str]]


class Wanted(NamedTuple):
    """The wanted documents: their names (none for all), the day of the report, and the day from which changes count."""

    names: tuple[str, ...] = ()
    on: date | None = None
    since: date | None = None
    language: str | None = None
    lead: str | None = None


Step = Callable[[], None]
"""A function that is called after each document."""


def no_step() -> None:
    """Do nothing after a document."""


def render_documents(plans: list[Workspace], wanted: Wanted, to: Format, done: Step = no_step) -> Rendered:
    """Return documents of the plans in a format. The group's data is the same in each plan's workspace.

    Raise Refused if the data or a template has an error, no report has a name, or an extra is missing.
    """
    _require_extra(to)
    language = Language(wanted.language) if wanted.language else None
    catalogues = [Catalogue(plan, language, wanted.on, wanted.since) for plan in plans]
    if to in DATA_FILES.values():
        return data_files(catalogues, to, wanted, done)
    chosen = [(catalogue, entry) for catalogue in catalogues for entry in catalogue.chosen(list(wanted.names))]
    chosen = [(catalogue, entry) for catalogue, entry in chosen if to in formats_of(entry.report)]
    texts = {path: text for catalogue in catalogues for path, text in own_texts(catalogue, chosen).items()}
    if to == "markdown":
        return _markdown([entry for _, entry in chosen], texts, done)
    documents = [document_for(catalogue, entry, texts) for catalogue, entry in chosen]
    return document_files(documents, to, catalogues[-1].workspace, done)


def formats_of(name: str) -> tuple[Format, ...]:
    """Return the formats of a report, by its name."""
    return _FORMATS_OF.get(name.casefold(), _PAGE_FORMATS)


def has_extra(to: Format) -> bool:
    """Return whether the modules that a format needs are installed."""
    from importlib.util import find_spec

    return all(find_spec(module) is not None for module in _EXTRA_MODULES.get(to, ()))


def _require_extra(to: Format) -> None:
    if not has_extra(to):
        hint = 'Install it: python -m pip install "csg[documents]".'
        raise Refused(Problem("CSG604", f"{to} needs the extra `documents` of csg", hint=hint))


def own_texts(catalogue: Catalogue, chosen: list[tuple[Catalogue, Entry]]) -> dict[str, str]:
    """Return the Markdown of the documents from the workspace's templates, by path."""
    jobs = [
        Job(entry.path, entry.template, entry.context())
        for owner, entry in chosen
        if owner is catalogue and entry.template
    ]
    if not jobs:
        return {}
    titles = {page: review.title for page, review in catalogue.reviews.items()}
    shared = context(catalogue.source, catalogue.earlier, titles)
    return render(catalogue.templates, jobs, catalogue.template_files, shared)


def data_files(catalogues: list[Catalogue], to: Format, wanted: Wanted, done: Step = no_step) -> Rendered:
    """Return the workbook, the slides or the calendar of each plan."""
    files: dict[str, bytes] = {}
    for catalogue in catalogues:
        source = catalogue.source
        if to == "xlsx":
            from csg.documents.formats.workbook import workbook

            name = source.file_name(f"{source.plan.workplan}-workbook.xlsx")
            files[name] = workbook(source)
        elif to == "pptx":
            from csg.documents.fonts import Fonts
            from csg.documents.formats.slide_file import REFERENCE as SLIDES_REFERENCE
            from csg.documents.formats.slides import presentation
            from csg.documents.pages.slides import slides

            content = slides(source, catalogue.reviews.values(), catalogue.workspace.country_list)
            reference = _own_file(catalogue.workspace, SLIDES_REFERENCE)
            name = source.file_name(f"{source.plan.workplan}-slides.pptx")
            files[name] = presentation(source, content, Fonts(), reference)
        else:
            from csg.documents.formats.calendar import calendar

            lead = source.directory.entry(wanted.lead).id if wanted.lead else None
            part = f"-{page_name(lead)}" if lead else ""
            name = source.file_name(f"{source.plan.workplan}-calendar{part}.ics")
            files[name] = calendar(source, lead)
        done()
    return Rendered(files, {})


def _markdown(entries: list[Entry], texts: dict[str, str], done: Step) -> Rendered:
    from csg.documents.formats.markdown import pages

    markdown_files: dict[str, str] = {}
    for entry in entries:
        if entry.template:
            text = texts[entry.path]
            markdown_files |= _pictures_in(text, entry) | {f"{entry.path}.md": text}
        else:
            assert entry.page
            markdown_files |= pages([entry.page()])
        done()
    return Rendered({path: (MARK + text).encode("utf-8") for path, text in markdown_files.items()}, {})


def _pictures_in(text: str, entry: Entry) -> dict[str, str]:
    """Return the pictures of csg's own document that the text of a workspace's template shows, by path."""
    from csg.documents.formats.markdown import pages

    if entry.page is None or ".svg" not in text:
        return {}
    plain = text.replace("\\", "")  # a template escapes what it prints
    files = pages([entry.page()]).items()
    return {path: picture for path, picture in files if path.endswith(".svg") and path.rpartition("/")[2] in plain}


def document_for(catalogue: Catalogue, entry: Entry, texts: dict[str, str]) -> Document:
    """Return a document of csg, or of a workspace's template whose Markdown is in ``texts`` by path."""
    if not entry.template:
        assert entry.page
        return entry.page()
    from csg.documents.from_markdown import document_of

    return document_of(catalogue.source, entry.path, texts[entry.path])


def document_files(documents: list[Document], to: Format, workspace: Workspace, done: Step = no_step) -> Rendered:
    """Return documents as files of a format, by name."""
    names = file_names(documents, to)
    files: dict[str, bytes] = {}
    without_font: dict[str, list[str]] = {}
    if to == "html":
        from csg.documents.formats.html import page

        for document in documents:
            files[names[document.path]] = page(document, documents, names).encode("utf-8")
            done()
        return Rendered(files, {})
    from csg.documents.fonts import Fonts

    fonts = Fonts()
    reference = None
    if to == "docx":
        from csg.documents.formats.docx import REFERENCE

        reference = _own_file(workspace, REFERENCE)
    for document in documents:
        name = names[document.path]
        if to == "docx":
            from csg.documents.formats.docx import docx

            files[name] = docx(document, fonts, reference)
        else:
            from csg.documents.formats.pdf import pdf

            files[name], missing = pdf(document, fonts)
            if missing:
                without_font[name] = missing
        done()
    return Rendered(files, without_font)


def file_names(documents: Iterable[Document], to: str) -> dict[str, str]:
    """Return the name of each document's file by the document's path. The names differ, regardless of case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        name, number = document.file, 1
        while name.casefold() in taken:
            number += 1
            name = f"{document.file}-{number}"
        taken.add(name.casefold())
        names[document.path] = f"{name}.{to}"
    return names


def _own_file(workspace: Workspace, file: str) -> bytes | None:
    """Return the content of a file of the workspace, or None if the workspace has no such file."""
    return read_bytes(workspace.root, file) if exists(workspace.root, file) else None
