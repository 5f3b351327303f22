"""A new presentation, or the group's own, to write slides into."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from csg.problem import Problem, Refused, visible

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

REFERENCE = "templates/reference.pptx"
"""The presentation of the group with the layouts of slides."""
_WIDTH, _HEIGHT = 960, 540
"""The size of a slide without a reference, in points: 16 to 9."""
_FIXED_DATE = datetime(2000, 1, 1)
_MOST_PROPERTY = 255
"""The characters of a property of a file."""


def opened(reference: bytes | None) -> "Presentation":
    """Return a presentation without slides, with the layouts of the reference if there is one."""
    import pptx
    from pptx.util import Pt

    if reference is None:
        file = pptx.Presentation()
        wider = Pt(_WIDTH) / file.slide_width
        for owner in (file.slide_master, *file.slide_layouts):
            for shape in owner.placeholders:
                shape.left, shape.width = int(shape.left * wider), int(shape.width * wider)
        file.slide_width, file.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
        return file
    try:
        file = pptx.Presentation(BytesIO(reference))
        _use(file)
    except _faults() as error:
        hint = "Save it in PowerPoint as a .pptx presentation, or remove it."
        raise Refused(Problem("CSG606", "this is not a presentation", REFERENCE, hint=hint)) from error
    return file


def _faults() -> tuple[type[Exception], ...]:
    """Return the errors of python-pptx for a file that is damaged, or that is no presentation."""
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812

    from lxml.etree import LxmlError
    from pptx.exc import PythonPptxError

    lookups = (LookupError, ValueError, TypeError, AttributeError)
    return (BadZipFile, ZlibError, LxmlError, PythonPptxError, OSError, EOFError, RuntimeError, *lookups)


def _use(file: "Presentation") -> None:
    """Remove the slides, and use each part that slides need, because python-pptx reads a part when it is used.

    Raise one of the errors of ``_faults`` if a part is missing or damaged.
    """
    ids = file.slides._sldIdLst
    for element in list(ids):
        file.part.drop_rel(element.rId)
        ids.remove(element)
    set_properties(file, "", "", "")
    if not (file.slide_width and file.slide_height):
        raise ValueError
    for is_first in (True, False):
        file.slides.add_slide(layout_of(file, is_first=is_first))
    file.save(BytesIO())
    for element in list(ids):
        file.part.drop_rel(element.rId)
        ids.remove(element)


def layout_of(file: "Presentation", *, is_first: bool) -> "SlideLayout":
    """Return the layout for the title, or for another slide: one with a title and the fewest other placeholders.

    Some programs write no layout of the usual kind, or layouts without a placeholder. Then another layout serves.
    """
    from pptx.enum.shapes import PP_PLACEHOLDER

    first, second = PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.TITLE
    order = (first, second) if is_first else (second, first)
    layouts = list(file.slide_layouts)
    kinds = [[shape.placeholder_format.type for shape in layout.placeholders] for layout in layouts]
    ranks = [
        (next((rank for rank, title in enumerate(order) if title in kind), len(order)), len(kind), index)
        for index, kind in enumerate(kinds)
    ]
    return layouts[min(ranks)[2]]


def set_properties(file: "Presentation", title: str, author: str, language: str) -> None:
    """Set the properties of the file. The dates are fixed, so that the same data makes the same bytes."""
    properties = file.core_properties
    properties.title = visible(title, keep="")[:_MOST_PROPERTY]
    properties.author = visible(author, keep="")[:_MOST_PROPERTY]
    properties.language = language
    properties.created = properties.modified = _FIXED_DATE
