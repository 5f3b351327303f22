"""The page of the site that lists all pages, with the words by which the search box finds them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from csg.documents.content import Column, Document, Line, PageLink, Row, Table, Text, data, plain_text
from csg.documents.site.edition import Edition

_LONGEST_WORD = 40
"""The letters of the longest word that a search finds: longer ones are addresses."""
_SIGNS = ".,;:!?()[]{}'\"«»“”‘’،؛؟…*–"
"""The signs around a word."""


def search_page(edition: Edition, documents: Sequence[Document], kinds: Mapping[str, str]) -> Document:
    """Return the list of all pages, which the search box filters. ``kinds`` has the kind of each page by its path."""
    source, _ = edition.source, edition.source.language.gettext
    columns = (Column(_("Page"), 6), Column(_("Kind of page"), 1.5), Column(_("Plan"), 1.5))
    rows = tuple(
        Row(
            (
                ((PageLink(document.path, plain_text(document.title)),),),
                ((Text(kinds[document.path]),),),
                ((data(_plan(document)),),),
            ),
            words=" ".join(_words(document)),
        )
        for document in documents
        if document.path in kinds
    )
    table = Table(_("Search"), columns, rows)
    subtitle: Line = (Text(_("All pages of this site. Type a word to see only the pages that have it.")),)
    return source.document("search", "search", (Text(_("Search")),), subtitle, [table])


def _plan(document: Document) -> str:
    folder, slash, _rest = document.path.partition("/")
    return folder if slash and folder != "reviews" else ""


def _words(document: Document) -> list[str]:
    """Return each word of the content of a page once, in a fixed order."""
    words = {word.strip(_SIGNS).casefold() for text in _texts(document.blocks) for word in text.split()}
    return sorted(word for word in words if 1 < len(word) <= _LONGEST_WORD)


def _texts(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield the texts of blocks, also of those that only the site has."""
    for block in blocks:
        match block.kind:
            case "heading" | "paragraph" | "quote":
                yield plain_text(block.line)
            case "bullets":
                yield from map(plain_text, block.items)
            case "code":
                yield block.text
            case "table":
                yield from (plain_text(line) for row in block.rows for cell in row.cells for line in cell)
            case "panel":
                yield from _texts(block.blocks)
            case "facts":
                yield from (plain_text(line) for fact in block.facts for line in fact.cell)
