"""Content of a workbook that is beside its cells: comments, and what is drawn on the sheets."""

from collections.abc import Iterator

from csg.forms.packages import Package

_PICTURES = ("pic", "graphicFrame", "contentPart")
"""Pictures, charts and drawings on a sheet."""


def sheet_parts(package: Package) -> list[str]:
    """Return the parts of the sheets."""
    links = package.relations(package.main).values()
    return [link.part for link in links if link.type == "worksheet" and link.part in package]


def texts_beside(package: Package, sheet: str, picture: str) -> Iterator[str]:
    """Yield the comments of a sheet and the text in its drawings, and ``picture`` if it has pictures."""
    for link in package.relations(sheet).values():
        if link.type == "comments" and link.part in package:
            yield from _texts(package, link.part, "comment")
        elif link.type == "drawing" and link.part in package:
            yield from _texts(package, link.part, "txBody")
            if any(element.tag in _PICTURES for element in package.xml(link.part).iter()):
                yield picture


def _texts(package: Package, part: str, name: str) -> Iterator[str]:
    for element in package.xml(part).iter(name):
        if text := "".join(each.text or "" for each in element.iter("t")).strip():
            yield text


def number_shown(value: float, number_format: str) -> str:
    """Return a number without a point that it does not need, and as a percentage where the cell shows one."""
    if "%" in number_format:
        return f"{value * 100:.10g}%"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
