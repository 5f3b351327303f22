"""Documents as Markdown, as hosting sites show it: a page for each document, and a picture for each chart."""

import os
import re
from functools import cache
from typing import Any

from csg.documents.charts import svg
from csg.documents.content import Cell, Document, Inline, Line, Text, own_marks, pictures
from csg.documents.markdown import address, escaped
from csg.documents.palette import LOOKS
from csg.documents.templates import built_in
from csg.language import RIGHT_TO_LEFT_MARK
from csg.problem import visible


def pages(documents: list[Document]) -> dict[str, str]:
    """Return the text of each document, and of its pictures, by path."""
    texts: dict[str, str] = {}
    for document in documents:
        texts[f"{document.path}.md"] = _page(document)
        folder = document.path.rpartition("/")[0]
        for name, chart in pictures(document).items():
            path = f"{folder}/{name}.svg" if folder else f"{name}.svg"
            texts[path] = svg(chart, right_to_left=document.direction == "rtl", ground="#ffffff") + "\n"
    return texts


def _page(document: Document) -> str:
    text: str = _environment().get_template("_document.md.j2").render(document=document, here=document.path)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
    from markupsafe import Markup

    @pass_context
    def line(context: Any, parts: Line) -> Markup:
        return Markup(_line(parts, context["here"]))  # noqa: S704

    @pass_context
    def cell(context: Any, lines: Cell) -> Markup:
        return Markup("<br>".join(_line(parts, context["here"]) for parts in lines))  # noqa: S704

    def finalize(value: object) -> object:
        """Escape what the template prints, unless a filter has written it as Markdown."""
        if isinstance(value, Markup):
            return value
        return Markup(_escaped("" if value is None else str(value)))  # noqa: S704

    environment = Environment(
        loader=FileSystemLoader(built_in("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": line,
        "cell": cell,
        "address": lambda name: Markup(address(name)),  # noqa: S704
        "code": lambda text: Markup(re.sub(r"[\s`]+", " ", text)),  # noqa: S704
    }
    return environment


def _line(parts: Line, page: str) -> str:
    """Return a line as Markdown. ``page`` is the page of the line, from which links are relative."""
    return "".join(_inline(part, page) for part in _merged(parts)).strip()


def _merged(parts: Line) -> list[Inline]:
    """Join neighbours with the same look in a line, because marks of Markdown must not touch each other."""
    merged: list[Inline] = []
    for given in parts:
        part = given._replace(text=visible(given.text, keep=f"\n{own_marks(given)}"))
        before = merged[-1] if merged else None
        if part.kind == "text" and before and before.kind == "text" and _look(before) == _look(part):
            merged[-1] = before._replace(text=before.text + part.text)
        else:
            merged.append(part)
    return merged


def _look(text: Text) -> tuple[bool, bool]:
    return text.strong, text.emphasis


def _inline(part: Inline, page: str) -> str:
    if part.kind == "link":
        return f"[{_escaped(part.text)}]({address(part.url)})"
    if part.kind == "page":
        target = os.path.relpath(f"{part.page}.md", os.path.dirname(page) or ".")  # noqa: PTH120
        return f"[{_escaped(part.text)}]({address(target)})"
    if part.kind == "status":
        return f"**{LOOKS[part.status].symbol} {_escaped(part.text)}**"
    before, text, after = _trimmed(part.text)
    text = _escaped(text)
    if part.strong and text:
        text = f"**{text}**"
    elif part.emphasis and text:
        text = f"*{text}*"
    return f"{before}{text}{after}"


def _escaped(text: str) -> str:
    """Escape a text of a merged line, in which only csg's own words still have invisible characters."""
    return escaped(text, RIGHT_TO_LEFT_MARK)


def _trimmed(text: str) -> tuple[str, str, str]:
    """Return the blanks before a text, the text, and the blanks after it: marks of Markdown must touch the text."""
    stripped = text.strip()
    start = text.find(stripped) if stripped else len(text)
    return " " if start else "", stripped, " " if text[start + len(stripped) :] else ""
