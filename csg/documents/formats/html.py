"""Documents as web pages. Each is one file with its style, which loads nothing else and runs no code."""

import os
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from csg.documents.charts import NARROW, WIDTH, svg
from csg.documents.content import Cell, Chart, Column, Document, plain_text
from csg.documents.palette import LOOKS
from csg.documents.templates import built_in
from csg.language import Language, text_direction

if TYPE_CHECKING:
    from csg.documents.site.blocks import Shell

_LONG_WORD = 24
"""The letters of a word from which it can break anywhere, so that it does not make its table wider than the page."""
_LONG_TITLE = 120
"""The letters of a title from which it is set smaller."""
SITE_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'"
"""The policy of each page of the site: nothing but its own style and script."""
_STEP, _SHORT_SHARE = 5, 8
"""The step of the shares of columns, and the share of a short column or a number, in percent."""


def pages(documents: list[Document], names: dict[str, str]) -> dict[str, bytes]:
    """Return the web page of each document by the name of its file. ``names`` has the file of each document's path."""
    return {names[document.path]: page(document, documents, names).encode("utf-8") for document in documents}


def page(document: Document, documents: list[Document], names: dict[str, str]) -> str:
    """Return a document as a web page. It links to the ``documents`` about the whole plan, or about all plans."""
    language = Language(document.language)
    style_text = style()
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style_text)}'; base-uri 'none'; form-action 'none'"
    here = names[document.path]
    navigation = [
        {"title": plain_text(other.title), "target": address(names[other.path], here), "here": other is document}
        for other in documents
        if other is document or not other.path.partition("/")[2].startswith("leads/")
    ]
    context = {
        **_shared(document),
        "policy": policy,
        "style": _markup(style_text),
        "navigation": navigation,
        "links": {},
        "words_for": {
            "skip": language.gettext("Skip to the content"),
            "navigation": language.gettext("Documents"),
        },
        "names": names,
    }
    text: str = _environment().get_template("document.html.j2").render(context)
    return text.lstrip()


def site_page(document: Document, shell: "Shell", names: dict[str, str]) -> str:
    """Return a document as a page of the site, in its frame. It loads the style and the script of the site alone."""
    context = {
        **_shared(document),
        "policy": SITE_POLICY,
        "shell": shell,
        "links": shell.links,
        "words_for": {"skip": shell.words["skip"]},
        "names": names,
    }
    text: str = _environment().get_template("site.html.j2").render(context)
    return text.lstrip()


def _shared(document: Document) -> dict[str, object]:
    title = " · ".join(filter(None, (plain_text(document.title), plain_text(document.subtitle))))
    return {"document": document, "title": title}


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
    from markupsafe import Markup, escape

    @pass_context
    def target(context: Any, path: str) -> str:
        names, here = context["names"], context["document"].path
        return address(names[path], names[here]) if path in names else ""

    @pass_context
    def spoken(context: Any, text: str) -> Markup:
        """Return the attributes of a text from the data: its language and direction, if they differ from the page's."""
        document = context["document"]
        parts = []
        if document.data_language != document.language and any(map(str.isalpha, text)):
            parts.append(f' lang="{escape(document.data_language)}"')
        direction = text_direction(text) if _has_direction(text) else document.direction
        if direction != document.direction:
            parts.append(f' dir="{direction}"')
        return Markup("".join(parts))  # noqa: S704

    @pass_context
    def picture(context: Any, chart: Chart, full: int = WIDTH) -> Markup:
        right_to_left = context["document"].direction == "rtl"
        return Markup(svg(chart, font="inherit", right_to_left=right_to_left, full=full))  # noqa: S704

    environment = Environment(
        loader=FileSystemLoader(built_in("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["narrow"] = NARROW
    environment.filters |= {
        "target": target,
        "spoken": spoken,
        "picture": picture,
        "symbol": lambda status: LOOKS[status].symbol,
        "has_words": _has_words,
        "has_long_word": _has_long_word,
        "is_long": lambda line: len(plain_text(line)) > _LONG_TITLE,
        "shares": _shares,
    }
    return environment


def _shares(columns: tuple[Column, ...]) -> list[int]:
    """Return the share of the width of each column in steps of 5 percent; 0 means as much as its words need."""
    texts = [column for column in columns if column.content == "text"]
    rest = 100 - _SHORT_SHARE * (len(columns) - len(texts))
    weights = sum(column.weight for column in texts)
    return [
        _STEP * round(rest * column.weight / weights / _STEP) if column.content == "text" and rest > 0 else 0
        for column in columns
    ]


def _has_direction(text: str) -> bool:
    """Return whether the order of a text depends on its direction: it has letters, or numbers with signs (2021-22)."""
    return any(map(str.isalpha, text)) or (any(map(str.isdigit, text)) and not text.isdigit())


def _has_words(cell: Cell) -> bool:
    return any(plain_text(line) for line in cell)


def _has_long_word(cell: Cell) -> bool:
    return any(len(word) > _LONG_WORD for line in cell for word in plain_text(line).split())


@cache
def style() -> str:
    """Return the style of a page, with the looks of the statuses."""
    looks = "".join(
        f".s-{name}{{background:{look.ground};color:{look.text}}}" for name, look in LOOKS.items() if look.symbol
    )
    shares = "".join(f".w{share}{{width:{share}%}}" for share in range(_STEP, 101, _STEP)) + ".w0{width:1%}"
    return (built_in("templates") / "document.css").read_text("utf-8") + looks + shares


@cache
def _digest(style: str) -> str:
    return b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")


def address(target: str, here: str) -> str:
    """Return the address of a file from another."""
    return _from_folder(target, os.path.dirname(here) or ".")  # noqa: PTH120


@lru_cache(maxsize=4096)
def _from_folder(target: str, folder: str) -> str:
    from urllib.parse import quote

    return quote(os.path.relpath(target, folder).replace(os.sep, "/"))


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704
